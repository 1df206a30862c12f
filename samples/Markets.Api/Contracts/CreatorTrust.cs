namespace Markets.Api.Contracts;

public sealed record CreatorTrust
{
    public required int CreatorId { get; init; }

    public required string Name { get; init; }

    public required string? Level { get; init; }
}
