namespace Markets.Api.Background;

public static class BackgroundSetup
{
    /// <summary>The workers run in one instance only: the one that says so in its settings.</summary>
    public static IServiceCollection AddBackgroundWorkers(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<StatementQueue>();
        if (!configuration.GetValue<bool>("BackgroundWorkers:Enabled"))
            return services;
        services.AddHostedService<OrderExpiryWorker>();
        services.AddHostedService<StatementWorker>();
        return services;
    }
}
