using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>Code that nobody waits for: hosted services, scheduled jobs, message consumers.</summary>
public static class BackgroundWork
{
    private static readonly string[] Endings = ["Job", "Worker", "BackgroundService", "HostedService", "BackgroundTask", "ScheduledTask", "ScheduleTask", "Consumer", "Crawler", "Importer"];

    private static readonly HashSet<string> Contracts = new(StringComparer.Ordinal)
    {
        "IHostedService", "IJob", "IAsyncJob", "IInvocable", "IConsumer", "IHandleMessages", "IScheduledTask", "IScheduleTask", "IBackgroundTask", "IBackgroundJob", "IRecurringJob", "ITask",
    };

    /// <summary>True for a member of a type that is a background worker by its base class, an interface that schedulers and brokers call, or its name.</summary>
    public static bool Is(ISymbol? member)
    {
        for (var type = member as INamedTypeSymbol ?? member?.ContainingType; type is not null; type = type.ContainingType)
        {
            foreach (var ending in Endings)
            {
                if (type.Name.EndsWith(ending, StringComparison.Ordinal))
                    return true;
            }

            foreach (var contract in type.AllInterfaces)
            {
                if (Contracts.Contains(contract.Name))
                    return true;
            }
        }

        return false;
    }
}
