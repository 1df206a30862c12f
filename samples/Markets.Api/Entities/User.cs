namespace Markets.Api.Entities;

public class User
{
    public int Id { get; set; }

    public required string Handle { get; set; }

    public required string Email { get; set; }

    public required string PasswordHash { get; set; }

    public required string DisplayName { get; set; }

    public required string Role { get; set; }

    public string? Bio { get; set; }

    public string? AvatarUrl { get; set; }

    public required string Country { get; set; }

    public required string Locale { get; set; }

    public long BalanceCents { get; set; }

    public long ReservedCents { get; set; }

    public bool MarketingConsent { get; set; }

    public bool IsSuspended { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime? LastSeenAt { get; set; }

    public int Version { get; set; }
}
