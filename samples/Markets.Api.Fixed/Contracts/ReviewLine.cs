namespace Markets.Api.Contracts;

public record ReviewLine
{
    public required string Title { get; init; }

    public required IReadOnlyList<string> Outcomes { get; init; }

    public required IReadOnlyList<string> OfSameCreator { get; init; }
}
