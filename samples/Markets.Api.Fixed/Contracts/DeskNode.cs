namespace Markets.Api.Contracts;

public sealed record DeskNode
{
    public required int Id { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<DeskNode> Children { get; init; }
}
