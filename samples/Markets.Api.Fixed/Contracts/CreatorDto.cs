namespace Markets.Api.Contracts;

public sealed record CreatorDto
{
    public required int Id { get; init; }

    public required string Slug { get; init; }

    public required string Name { get; init; }

    public string? Bio { get; init; }

    public string? Website { get; init; }

    public required string Country { get; init; }

    public required bool IsVerified { get; init; }
}
