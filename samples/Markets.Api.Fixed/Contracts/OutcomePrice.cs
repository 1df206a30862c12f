namespace Markets.Api.Contracts;

public sealed record OutcomePrice
{
    public required int Id { get; init; }

    public required string Label { get; init; }

    public required int PriceCents { get; init; }
}
