namespace BackendPatterns.Benchmarks.Generated;

/// <summary>Background services, and clients of other services that retry.</summary>
internal static class BackgroundCode
{
    public static bool HasWorker(GeneratedModule module) => module.IsOneIn(4, 3);

    public static bool HasClient(GeneratedModule module) => module.IsOneIn(6, 2);

    public static IEnumerable<GeneratedFile> FilesOf(GeneratedModule module)
    {
        if (HasWorker(module))
            yield return Worker(module);
        if (HasClient(module))
            yield return Client(module);
    }

    // One worker in three ends with its first failure.
    private static GeneratedFile Worker(GeneratedModule module)
    {
        var pass = module.IsOneIn(12, 3)
            ? "            await RunAsync(stoppingToken);"
            : """
                          try
                          {
                              await RunAsync(stoppingToken);
                          }
                          catch (Exception failure) when (failure is not OperationCanceledException)
                          {
                              logger.LogError(failure, "A pass failed");
                          }
              """;
        return module.File("Background", $"{module.Name}Worker", $$"""
            public class {{module.Name}}Worker(IServiceScopeFactory scopes, ILogger<{{module.Name}}Worker> logger) : BackgroundService
            {
                protected override async Task ExecuteAsync(CancellationToken stoppingToken)
                {
                    using var timer = new PeriodicTimer(TimeSpan.FromMinutes({{5 + module.Vary(3, 50)}}));
                    while (await timer.WaitForNextTickAsync(stoppingToken))
                    {
            {{pass}}
                    }
                }

                private async Task RunAsync(CancellationToken cancellation)
                {
                    using var scope = scopes.CreateScope();
                    var db = scope.ServiceProvider.GetRequiredService<{{module.Context}}>();
                    var limit = DateTime.UtcNow.AddDays(-{{30 + module.Vary(4, 60)}});
                    var closed = await db.{{module.Name}}s
                        .Where(x => x.Status == {{module.Name}}Status.Approved && x.CreatedAt < limit)
                        .ExecuteUpdateAsync(x => x.SetProperty(y => y.Status, {{module.Name}}Status.Closed), cancellation);
                    logger.LogInformation("{Count} were closed", closed);
                }
            }
            """);
    }

    // One client in three tries for ever.
    private static GeneratedFile Client(GeneratedModule module)
    {
        var end = module.IsOneIn(18, 2) ? "" : $" when (attempt < {3 + module.Vary(5, 4)})";
        return module.File("Clients", $"{module.Name}Client", $$"""
            public class {{module.Name}}Client(HttpClient http, ILogger<{{module.Name}}Client> logger)
            {
                public async Task<{{module.Name}}Summary?> SendAsync({{module.Name}}Details details, CancellationToken cancellation)
                {
                    for (var attempt = 1; ; attempt++)
                    {
                        try
                        {
                            using var response = await http.PostAsJsonAsync("{{module.Variable}}s", details, cancellation);
                            response.EnsureSuccessStatusCode();
                            return await response.Content.ReadFromJsonAsync<{{module.Name}}Summary>(cancellation);
                        }
                        catch (HttpRequestException failure){{end}}
                        {
                            logger.LogWarning(failure, "Attempt {Attempt} failed", attempt);
                            var ceiling = Math.Min(30_000, 200 * Math.Pow(2, Math.Min(attempt, 8)));
                            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * ceiling), cancellation);
                        }
                    }
                }
            }
            """);
    }
}
