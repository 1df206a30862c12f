namespace Markets.Api.Entities;

public class Payment
{
    public int Id { get; set; }

    public int UserId { get; set; }

    public required string ProviderReference { get; set; }

    public long AmountCents { get; set; }

    public DateTime ReceivedAt { get; set; }

    public User? User { get; set; }
}
