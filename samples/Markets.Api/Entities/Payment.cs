using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Markets.Api.Entities;

public class Payment
{
    private readonly ILazyLoader? _loader;
    private User? _user;

    public Payment()
    {
    }

    /// <summary>For payments that come from the database: the payer is loaded when it is first asked for.</summary>
    private Payment(ILazyLoader loader) => _loader = loader;

    public int Id { get; set; }

    public int UserId { get; set; }

    public required string ProviderReference { get; set; }

    public long AmountCents { get; set; }

    public DateTime ReceivedAt { get; set; }

    public User? User
    {
        get => _loader.Load(this, ref _user);
        set => _user = value;
    }
}
