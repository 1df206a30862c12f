namespace Markets.Api.Contracts;

public sealed record AddCategory
{
    public required string Slug { get; init; }

    public required string Name { get; init; }

    public int SortOrder { get; init; }
}
