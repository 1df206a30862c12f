namespace Markets.Api.Contracts;

public sealed record EditorialCategory(int Id, string Slug, string Name, int SortOrder);
