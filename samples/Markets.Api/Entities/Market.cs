namespace Markets.Api.Entities;

public class Market
{
    public int Id { get; set; }

    public int CreatorId { get; set; }

    public int CategoryId { get; set; }

    public required string Slug { get; set; }

    public required string Title { get; set; }

    public required string Description { get; set; }

    public required string Rules { get; set; }

    public string? ResolutionSource { get; set; }

    public string? ImageUrl { get; set; }

    public MarketStatus Status { get; set; }

    public required string Currency { get; set; }

    public required string FeedSymbol { get; set; }

    public long LiquidityCents { get; set; }

    public long VolumeCents { get; set; }

    public int FeeBasisPoints { get; set; }

    public DateTime OpensAt { get; set; }

    public DateTime ClosesAt { get; set; }

    public DateTime? ResolvedAt { get; set; }

    public int? WinningOutcomeId { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime UpdatedAt { get; set; }

    public Creator? Creator { get; set; }

    public Category? Category { get; set; }

    public List<Outcome> Outcomes { get; } = [];
}
