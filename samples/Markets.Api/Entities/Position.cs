namespace Markets.Api.Entities;

public class Position
{
    public int Id { get; set; }

    public int UserId { get; set; }

    public int MarketId { get; set; }

    public int OutcomeId { get; set; }

    public int Shares { get; set; }

    public int AveragePriceCents { get; set; }

    public long RealisedProfitCents { get; set; }

    public DateTime OpenedAt { get; set; }

    public DateTime UpdatedAt { get; set; }

    public User? User { get; set; }

    public Market? Market { get; set; }

    public Outcome? Outcome { get; set; }
}
