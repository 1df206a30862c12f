namespace Markets.Api.Pricing;

public sealed class PriceFeedOptions
{
    public required Uri BaseAddress { get; set; }

    /// <summary>Answers quotes inside this process instead of asking the network.</summary>
    public bool UseInProcessFeed { get; set; } = true;

    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromMinutes(1);
}
