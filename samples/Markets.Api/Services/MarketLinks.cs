using Markets.Api.Endpoints;

namespace Markets.Api.Services;

/// <summary>The addresses under which people share markets.</summary>
public static class MarketLinks
{
    public static string To(int marketId) => $"{MarketLinkEndpoints.Pages}/{marketId}";
}
