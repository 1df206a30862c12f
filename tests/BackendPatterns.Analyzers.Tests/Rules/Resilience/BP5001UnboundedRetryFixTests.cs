using Microsoft.CodeAnalysis;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5001UnboundedRetryAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Resilience.BP5001UnboundedRetryFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>What the fix makes of an unbounded retry, and where it is not offered.</summary>
public class BP5001UnboundedRetryFixTests
{
    private const string Backoff = "TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(30_000, 100 * Math.Pow(2, attempt)))";

    [Fact]
    public Task DelayInCatch_IsFixed() => Fixed(
        """
            public async Task<string> LoadAsync()
            {
                // The catalogue restarts at night.
                [|while|] (true)
                {
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException ex)
                    {
                        logger.LogWarning(ex, "again"); // not an error yet
                        await Task.Delay(1000);
                    }
                }
            }
        """,
        $$"""
            public async Task<string> LoadAsync()
            {
                // The catalogue restarts at night.
                const int maxAttempts = 5;
                for (var attempt = 1; ; attempt++)
                {
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException ex) when (attempt < maxAttempts)
                    {
                        logger.LogWarning(ex, "again"); // not an error yet
                        await Task.Delay({{Backoff}});
                    }
                }
            }
        """);

    [Fact]
    public Task TokenInScope_IsPassedAndCancellationIsNotRetried() => Fixed(
        """
            public async Task<string> LoadAsync(CancellationToken ct)
            {
                [|while|] (true)
                {
                    try
                    {
                        return await http.GetStringAsync("a", ct);
                    }
                    catch (Exception)
                    {
                        await Task.Delay(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
                    }
                }
            }
        """,
        $$"""
            public async Task<string> LoadAsync(CancellationToken ct)
            {
                const int maxAttempts = 5;
                for (var attempt = 1; ; attempt++)
                {
                    try
                    {
                        return await http.GetStringAsync("a", ct);
                    }
                    catch (Exception ex) when (ex is not OperationCanceledException && attempt < maxAttempts)
                    {
                        await Task.Delay({{Backoff}}, ct).ConfigureAwait(false);
                    }
                }
            }
        """);

    [Fact]
    public Task CatchWithoutDeclarationAndWithoutWait_IsFixed() => Fixed(
        """
            public async Task SendAsync(Order order)
            {
                [|while|] (true)
                {
                    try
                    {
                        await gateway.SendAsync(order);
                        break;
                    }
                    catch
                    {
                    }
                }
            }
        """,
        $$"""
            public async Task SendAsync(Order order)
            {
                const int maxAttempts = 5;
                for (var attempt = 1; ; attempt++)
                {
                    try
                    {
                        await gateway.SendAsync(order);
                        break;
                    }
                    catch when (attempt < maxAttempts)
                    {
                        await Task.Delay({{Backoff}});
                    }
                }
            }
        """);

    [Fact]
    public Task SynchronousCode_Sleeps() => Fixed(
        """
            public void Save(ShopContext db)
            {
                [|do|]
                {
                    try
                    {
                        db.SaveChanges();
                        return;
                    }
                    catch (TimeoutException)
                    {
                        logger.LogWarning("again");
                        continue;
                    }
                }
                while (true);
            }
        """,
        $$"""
            public void Save(ShopContext db)
            {
                const int maxAttempts = 5;
                for (var attempt = 1; ; attempt++)
                {
                    try
                    {
                        db.SaveChanges();
                        return;
                    }
                    catch (TimeoutException) when (attempt < maxAttempts)
                    {
                        logger.LogWarning("again");
                        Thread.Sleep({{Backoff}});
                        continue;
                    }
                }
            }
        """);

    [Fact]
    public Task FlagLoop_KeepsItsCondition() => Fixed(
        """
            public async Task SendAsync(Order order)
            {
                var sent = false;
                [|while|] (!sent)
                {
                    try
                    {
                        await gateway.SendAsync(order);
                        sent = true;
                    }
                    catch (HttpRequestException)
                    {
                        logger.LogWarning("again");
                    }
                }
            }
        """,
        $$"""
            public async Task SendAsync(Order order)
            {
                var sent = false;
                const int maxAttempts = 5;
                for (var attempt = 1; !sent; attempt++)
                {
                    try
                    {
                        await gateway.SendAsync(order);
                        sent = true;
                    }
                    catch (HttpRequestException) when (attempt < maxAttempts)
                    {
                        logger.LogWarning("again");
                        await Task.Delay({{Backoff}});
                    }
                }
            }
        """);

    [Fact]
    public Task DoWithCondition_CountsInItsBody() => Fixed(
        """
            public async Task SendAsync(Order order)
            {
                bool retry;
                [|do|]
                {
                    retry = false;
                    try
                    {
                        await gateway.SendAsync(order);
                    }
                    catch (HttpRequestException)
                    {
                        retry = true;
                    }
                }
                while (retry);
            }
        """,
        $$"""
            public async Task SendAsync(Order order)
            {
                bool retry;
                const int maxAttempts = 5;
                var attempt = 0;
                do
                {
                    attempt++;
                    retry = false;
                    try
                    {
                        await gateway.SendAsync(order);
                    }
                    catch (HttpRequestException) when (attempt < maxAttempts)
                    {
                        retry = true;
                        await Task.Delay({{Backoff}});
                    }
                }
                while (retry);
            }
        """);

    [Fact]
    public Task CounterOfTheLoop_IsUsed() => Fixed(
        """
            public async Task<string> LoadAsync()
            {
                [|for|] (var attempt = 0; ; attempt++)
                {
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException ex)
                    {
                        logger.LogWarning(ex, "attempt {Attempt}", attempt);
                        await Task.Delay(attempt * 100);
                    }
                }
            }
        """,
        $$"""
            public async Task<string> LoadAsync()
            {
                const int maxAttempts = 5;
                for (var attempt = 0; ; attempt++)
                {
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException ex) when (attempt < maxAttempts - 1)
                    {
                        logger.LogWarning(ex, "attempt {Attempt}", attempt);
                        await Task.Delay({{Backoff}});
                    }
                }
            }
        """);

    [Fact]
    public Task ExistingFilter_IsKept() => Fixed(
        """
            public async Task<string> LoadAsync()
            {
                [|while|] (true)
                {
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException ex) when (ex.StatusCode is null || ex.StatusCode == System.Net.HttpStatusCode.BadGateway)
                    {
                        await Task.Delay(1000);
                    }
                }
            }
        """,
        $$"""
            public async Task<string> LoadAsync()
            {
                const int maxAttempts = 5;
                for (var attempt = 1; ; attempt++)
                {
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException ex) when ((ex.StatusCode is null || ex.StatusCode == System.Net.HttpStatusCode.BadGateway) && attempt < maxAttempts)
                    {
                        await Task.Delay({{Backoff}});
                    }
                }
            }
        """);

    [Fact]
    public Task WaitAfterTheTry_IsReplaced() => Fixed(
        """
            public void WaitForDatabase(System.Data.Common.DbConnection connection)
            {
                [|while|] (true)
                {
                    try
                    {
                        connection.Open();
                        break;
                    }
                    catch (System.Data.Common.DbException)
                    {
                        logger.LogInformation("not ready");
                    }

                    Thread.Sleep(2000);
                }
            }
        """,
        $$"""
            public void WaitForDatabase(System.Data.Common.DbConnection connection)
            {
                const int maxAttempts = 5;
                for (var attempt = 1; ; attempt++)
                {
                    try
                    {
                        connection.Open();
                        break;
                    }
                    catch (System.Data.Common.DbException) when (attempt < maxAttempts)
                    {
                        logger.LogInformation("not ready");
                    }

                    Thread.Sleep({{Backoff}});
                }
            }
        """);

    [Fact]
    public Task OwnBackoff_IsKept() => Fixed(
        """
            public async Task<string> LoadAsync()
            {
                var delay = 100;
                [|while|] (true)
                {
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException)
                    {
                        await Task.Delay(delay);
                        delay *= 2;
                    }
                }
            }
        """,
        """
            public async Task<string> LoadAsync()
            {
                var delay = 100;
                const int maxAttempts = 5;
                for (var attempt = 1; ; attempt++)
                {
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException) when (attempt < maxAttempts)
                    {
                        await Task.Delay(delay);
                        delay *= 2;
                    }
                }
            }
        """);

    [Fact]
    public Task FailedStatus_BecomesItsException() => Fixed(
        """
            public async Task<string> LoadAsync()
            {
                [|while|] (true)
                {
                    var response = await http.GetAsync("a");
                    if (response.IsSuccessStatusCode)
                        return await response.Content.ReadAsStringAsync();
                    await Task.Delay(1000);
                }
            }
        """,
        $$"""
            public async Task<string> LoadAsync()
            {
                const int maxAttempts = 5;
                for (var attempt = 1; ; attempt++)
                {
                    var response = await http.GetAsync("a");
                    if (response.IsSuccessStatusCode)
                        return await response.Content.ReadAsStringAsync();
                    if (attempt >= maxAttempts)
                        response.EnsureSuccessStatusCode();
                    await Task.Delay({{Backoff}});
                }
            }
        """);

    [Fact]
    public Task SkippedStatus_BecomesItsException() => Fixed(
        """
            public async Task<string> LoadAsync()
            {
                [|while|] (true)
                {
                    var response = await http.GetAsync("a");
                    if (!response.IsSuccessStatusCode)
                    {
                        await Task.Delay(1000);
                        continue;
                    }

                    return await response.Content.ReadAsStringAsync();
                }
            }
        """,
        $$"""
            public async Task<string> LoadAsync()
            {
                const int maxAttempts = 5;
                for (var attempt = 1; ; attempt++)
                {
                    var response = await http.GetAsync("a");
                    if (!response.IsSuccessStatusCode)
                    {
                        if (attempt >= maxAttempts)
                            response.EnsureSuccessStatusCode();
                        await Task.Delay({{Backoff}});
                        continue;
                    }

                    return await response.Content.ReadAsStringAsync();
                }
            }
        """);

    [Fact]
    public Task NamesInUse_AreAvoided() => Fixed(
        """
            public async Task<string> LoadAsync(int attempt, int maxAttempts)
            {
                [|while|] (true)
                {
                    try
                    {
                        return await http.GetStringAsync("a" + attempt + maxAttempts);
                    }
                    catch (HttpRequestException)
                    {
                        await Task.Delay(1000);
                    }
                }
            }
        """,
        """
            public async Task<string> LoadAsync(int attempt, int maxAttempts)
            {
                const int maxAttempts2 = 5;
                for (var attempt2 = 1; ; attempt2++)
                {
                    try
                    {
                        return await http.GetStringAsync("a" + attempt + maxAttempts);
                    }
                    catch (HttpRequestException) when (attempt2 < maxAttempts2)
                    {
                        await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(30_000, 100 * Math.Pow(2, attempt2))));
                    }
                }
            }
        """);

    [Fact]
    public Task TwoLoopsInOneMethod_AreFixedTogether() => Fixed(
        """
            public async Task<string> LoadAsync()
            {
                [|while|] (true)
                {
                    try
                    {
                        await http.GetStringAsync("a");
                        break;
                    }
                    catch (HttpRequestException)
                    {
                        await Task.Delay(1000);
                    }
                }

                [|while|] (true)
                {
                    try
                    {
                        return await http.GetStringAsync("b");
                    }
                    catch (HttpRequestException)
                    {
                        await Task.Delay(1000);
                    }
                }
            }
        """,
        $$"""
            public async Task<string> LoadAsync()
            {
                const int maxAttempts = 5;
                for (var attempt = 1; ; attempt++)
                {
                    try
                    {
                        await http.GetStringAsync("a");
                        break;
                    }
                    catch (HttpRequestException) when (attempt < maxAttempts)
                    {
                        await Task.Delay({{Backoff}});
                    }
                }

                const int maxAttempts2 = 5;
                for (var attempt2 = 1; ; attempt2++)
                {
                    try
                    {
                        return await http.GetStringAsync("b");
                    }
                    catch (HttpRequestException) when (attempt2 < maxAttempts2)
                    {
                        await Task.Delay({{Backoff.Replace("attempt", "attempt2")}});
                    }
                }
            }
        """);

    [Fact]
    public Task PollyReferenced_OffersAPipeline() => Fixed(
        """
            public async Task<string> LoadAsync(CancellationToken ct)
            {
                [|while|] (true)
                {
                    try
                    {
                        return await http.GetStringAsync("a", ct);
                    }
                    catch (Exception)
                    {
                        await Task.Delay(1000);
                    }
                }
            }
        """,
        """
            public async Task<string> LoadAsync(CancellationToken ct)
            {
                return await RetryPipeline.ExecuteAsync(async token => await http.GetStringAsync("a", token), ct);
            }
        """,
        before: """
            using Polly;


            """,
        field: """
                private static readonly ResiliencePipeline RetryPipeline = new ResiliencePipelineBuilder()
                    .AddRetry(new Polly.Retry.RetryStrategyOptions
                    {
                        ShouldHandle = new PredicateBuilder().Handle<Exception>(ex => ex is not OperationCanceledException),
                        MaxRetryAttempts = 4,
                        BackoffType = DelayBackoffType.Exponential,
                        UseJitter = true,
                        Delay = TimeSpan.FromMilliseconds(200),
                        MaxDelay = TimeSpan.FromSeconds(30),
                    })
                    .Build();


            """,
        action: "ResiliencePipeline");

    [Theory]
    [InlineData("""
            again:
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    [|goto|] again;
                }
        """)]
    [InlineData("""
                [|while|] (true)
                {
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException)
                    {
                        await Task.Delay(1000);
                    }
                    catch (TimeoutException)
                    {
                        await Task.Delay(1000);
                    }
                }
        """)]
    [InlineData("""
                [|while|] (true)
                {
                    try
                    {
                        var response = await http.GetAsync("a");
                        if (response.IsSuccessStatusCode)
                            return await response.Content.ReadAsStringAsync();
                    }
                    catch (HttpRequestException)
                    {
                        logger.LogWarning("again");
                    }

                    await Task.Delay(1000);
                }
        """)]
    [InlineData("""
                [|while|] (!await gateway.TrySendAsync(new Order()))
                    await Task.Delay(1000);
                return "";
        """)]
    [InlineData("""
                [|while|] (true)
                {
                    for (var i = 0; i < 3; i++)
                    {
                        try
                        {
                            return await http.GetStringAsync("a");
                        }
                        catch (HttpRequestException)
                        {
                        }
                    }

                    await Task.Delay(1000);
                }
        """)]
    public Task OtherShapes_AreNotFixed(string body) => Verify.NotFixed(RetryClient.With(
        $$"""
            public async Task<string> LoadAsync()
            {
        {{body}}
            }
        """));

    private static Task Fixed(string source, string fixedSource, string before = "", string field = "", string? action = null) => Verify.Fixed(
        RetryClient.With(source),
        before + RetryClient.With(fixedSource).Replace("    public string Name", field + "    public string Name", StringComparison.Ordinal),
        configure: test =>
        {
            test.CodeActionEquivalenceKey = action ?? "BoundAttempts";
        });
}
