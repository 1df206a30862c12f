namespace Markets.Api.Entities;

public class Outcome
{
    public int Id { get; set; }

    public int MarketId { get; set; }

    public required string Label { get; set; }

    public int PriceCents { get; set; }

    public int SortOrder { get; set; }

    public Market? Market { get; set; }
}
