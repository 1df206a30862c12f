using Hangfire;
using Hangfire.InMemory;

namespace Markets.Api.Services;

public static class BackgroundWork
{
    public static void AddBackgroundWork(this IServiceCollection services)
    {
        services.AddSingleton<IBackgroundJobClient>(new BackgroundJobClient(new InMemoryStorage()));
        services.AddScoped<IReceiptService, ReceiptService>();
        services.AddScoped<ReceiptPrinter>();
        services.AddSingleton<SnapshotQueue>();
        services.AddHostedService<SnapshotWorker>();
    }
}
