namespace Markets.Api.Contracts;

public sealed record CategoryDto
{
    public required int Id { get; init; }

    public required string Slug { get; init; }

    public required string Name { get; init; }

    public required int SortOrder { get; init; }
}
