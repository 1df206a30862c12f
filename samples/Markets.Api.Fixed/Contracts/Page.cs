namespace Markets.Api.Contracts;

public sealed record Page<T>
{
    public required int Number { get; init; }

    public required int Size { get; init; }

    public required IReadOnlyList<T> Items { get; init; }
}
