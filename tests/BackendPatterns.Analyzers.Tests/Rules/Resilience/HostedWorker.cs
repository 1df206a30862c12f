namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>A background service around the members of a scenario.</summary>
internal static class HostedWorker
{
    /// <summary>Members of a service that has a database, an HTTP client, a lifetime and a logger.</summary>
    public static string With(string members, string beside = "") => $$"""
        using System.Collections.Concurrent;
        using System.Threading.Channels;

        public class Worker(IDbContextFactory<ShopContext> contexts, ShopContext db, HttpClient http, IHostApplicationLifetime lifetime, ILogger<Worker> logger) : BackgroundService
        {
            public object Services => (contexts, db, http, lifetime, logger);

        {{members}}
        }

        {{beside}}
        """;

    /// <summary>A service whose <c>ExecuteAsync</c> has this body.</summary>
    public static string Executing(string body, string members = "", string beside = "") => With(
        $$"""
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
        {{body}}
            }

        {{members}}
        """,
        beside);
}
