using Markets.Api.Entities;

namespace Markets.Api.Contracts;

public sealed record MarketDetails
{
    public required int Id { get; init; }

    public required string Slug { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required string Rules { get; init; }

    public required MarketStatus Status { get; init; }

    public required string Currency { get; init; }

    public required string Creator { get; init; }

    public required string Category { get; init; }

    public required DateTime ClosesAt { get; init; }

    public DateTime? ResolvedAt { get; init; }

    public int? WinningOutcomeId { get; init; }

    public required IReadOnlyList<OutcomePrice> Outcomes { get; init; }
}
