namespace Markets.Api.Services;

/// <summary>The addresses under which people share markets.</summary>
public static class MarketLinks
{
    /// <summary>Where the application shows its markets to people.</summary>
    private const string Pages = "/markets";

    public static string To(int marketId) => $"{Pages}/{marketId}";
}
