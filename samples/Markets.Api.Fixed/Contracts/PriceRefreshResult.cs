namespace Markets.Api.Contracts;

public sealed record PriceRefreshResult
{
    public required int Markets { get; init; }

    public required int Outcomes { get; init; }
}
