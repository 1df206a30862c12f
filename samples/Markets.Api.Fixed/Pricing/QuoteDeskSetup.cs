using Microsoft.Extensions.Options;

namespace Markets.Api.Pricing;

public static class QuoteDeskSetup
{
    public static IServiceCollection AddQuoteDesk(this IServiceCollection services)
    {
        services.AddHttpClient<QuoteDesk>((provider, http) =>
            {
                http.BaseAddress = provider.GetRequiredService<IOptions<PriceFeedOptions>>().Value.BaseAddress;
                http.Timeout = TimeSpan.FromSeconds(10);
            })
            .ConfigurePrimaryHttpMessageHandler(provider =>
                provider.GetRequiredService<IOptions<PriceFeedOptions>>().Value.UseInProcessFeed
                    ? new InProcessPriceFeed()
                    : new SocketsHttpHandler());
        return services;
    }
}
