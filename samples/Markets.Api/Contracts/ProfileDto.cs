namespace Markets.Api.Contracts;

public sealed record ProfileDto
{
    public required string Handle { get; init; }

    public required string DisplayName { get; init; }

    public string? Bio { get; init; }

    public required string Country { get; init; }

    public required long BalanceCents { get; init; }
}
