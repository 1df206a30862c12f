using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Markets.Api.Pricing;

public static class PricingSetup
{
    public static IServiceCollection AddPricing(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<PriceFeedOptions>(configuration.GetSection("PriceFeed"));
        services.AddHttpClient<IPriceFeedClient, PriceFeedClient>((provider, http) =>
            {
                http.BaseAddress = provider.GetRequiredService<IOptions<PriceFeedOptions>>().Value.BaseAddress;
                http.Timeout = TimeSpan.FromSeconds(10);
            })
            .ConfigurePrimaryHttpMessageHandler(provider =>
                provider.GetRequiredService<IOptions<PriceFeedOptions>>().Value.UseInProcessFeed
                    ? new InProcessPriceFeed()
                    : new SocketsHttpHandler());
        services.AddHttpClient<TradingCalendarClient>((provider, http) => http.BaseAddress = provider.GetRequiredService<IOptions<PriceFeedOptions>>().Value.BaseAddress);
        if (configuration.GetConnectionString("Redis") is { } redis)
            services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(redis));
        services.AddScoped<IPriceService, PriceService>();
        services.AddHostedService<PriceRefreshWorker>();
        return services;
    }
}
