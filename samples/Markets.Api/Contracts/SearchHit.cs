namespace Markets.Api.Contracts;

public sealed record SearchHit
{
    public required int Id { get; init; }

    public required string Name { get; init; }
}
