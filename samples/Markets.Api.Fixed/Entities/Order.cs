namespace Markets.Api.Entities;

public class Order
{
    public int Id { get; set; }

    public int MarketId { get; set; }

    public int OutcomeId { get; set; }

    public int UserId { get; set; }

    public OrderSide Side { get; set; }

    public OrderStatus Status { get; set; }

    public int Shares { get; set; }

    public int FilledShares { get; set; }

    public int LimitPriceCents { get; set; }

    public int FeeCents { get; set; }

    public string? ClientReference { get; set; }

    public required string Channel { get; set; }

    public DateTime PlacedAt { get; set; }

    public DateTime UpdatedAt { get; set; }

    public DateTime? CancelledAt { get; set; }

    public Market? Market { get; set; }

    public Outcome? Outcome { get; set; }

    public User? User { get; set; }
}
