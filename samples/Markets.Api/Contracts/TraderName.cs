namespace Markets.Api.Contracts;

public sealed record TraderName
{
    public required string Handle { get; init; }

    public required string Country { get; init; }
}
