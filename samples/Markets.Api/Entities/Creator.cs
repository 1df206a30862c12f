namespace Markets.Api.Entities;

public class Creator
{
    public int Id { get; set; }

    public int UserId { get; set; }

    /// <summary>The desk that this one belongs to.</summary>
    public int? ParentId { get; set; }

    public required string Slug { get; set; }

    public required string Name { get; set; }

    public string? Bio { get; set; }

    public string? Website { get; set; }

    public string? AvatarUrl { get; set; }

    public required string Country { get; set; }

    public bool IsVerified { get; set; }

    public int FeeBasisPoints { get; set; }

    public required string PayoutAccount { get; set; }

    public DateTime CreatedAt { get; set; }

    public User? User { get; set; }

    public List<Market> Markets { get; } = [];
}
