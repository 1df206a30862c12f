using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5002RetryWithoutDelayAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Resilience.BP5002RetryWithoutDelayFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>Where the fix puts the wait, and what it grows by.</summary>
public class BP5002RetryWithoutDelayFixTests
{
    [Fact]
    public Task CountedFor_WaitsBeforeEveryAttemptButTheFirst() => Fixed(
        """
            public async Task<string> LoadAsync(CancellationToken ct)
            {
                // The catalogue restarts at night.
                [|for|] (var attempt = 0; attempt < 3; attempt++)
                {
                    // One page is enough.
                    try
                    {
                        return await http.GetStringAsync("a", ct);
                    }
                    catch (HttpRequestException ex)
                    {
                        logger.LogWarning(ex, "again");
                    }
                }

                return "";
            }
        """,
        $$"""
            public async Task<string> LoadAsync(CancellationToken ct)
            {
                // The catalogue restarts at night.
                for (var attempt = 0; attempt < 3; attempt++)
                {
                    if (attempt > 0)
                        await Task.Delay({{Backoff("attempt")}}, ct);
                    // One page is enough.
                    try
                    {
                        return await http.GetStringAsync("a", ct);
                    }
                    catch (HttpRequestException ex)
                    {
                        logger.LogWarning(ex, "again");
                    }
                }

                return "";
            }
        """);

    [Fact]
    public Task EndlessForWithFilter_WaitsInTheHandler() => Fixed(
        """
            public async Task<string> LoadAsync()
            {
                [|for|] (var attempt = 1; ; attempt++)
                {
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException ex) when (attempt < 5)
                    {
                        logger.LogWarning(ex, "again");
                        continue;
                    }
                }
            }
        """,
        $$"""
            public async Task<string> LoadAsync()
            {
                for (var attempt = 1; ; attempt++)
                {
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException ex) when (attempt < 5)
                    {
                        logger.LogWarning(ex, "again");
                        await Task.Delay({{Backoff("attempt")}});
                        continue;
                    }
                }
            }
        """);

    [Fact]
    public Task CounterInTheCatchOfSynchronousCode_WaitsAfterTheTest() => Fixed(
        """
            public void Run(System.Data.Common.DbCommand command)
            {
                var failures = 0;
                [|while|] (true)
                {
                    try
                    {
                        command.ExecuteNonQuery();
                        return;
                    }
                    catch (TimeoutException)
                    {
                        if (++failures >= 4)
                            throw;
                    }
                }
            }
        """,
        $$"""
            public void Run(System.Data.Common.DbCommand command)
            {
                var failures = 0;
                while (true)
                {
                    try
                    {
                        command.ExecuteNonQuery();
                        return;
                    }
                    catch (TimeoutException)
                    {
                        if (++failures >= 4)
                            throw;
                        Thread.Sleep({{Backoff("failures")}});
                    }
                }
            }
        """);

    [Fact]
    public Task CounterFromOneInTheCondition_StartsAtTheSameWait() => Fixed(
        """
            public async Task<string> LoadAsync()
            {
                var attempt = 1;
                [|while|] (attempt <= 4)
                {
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException)
                    {
                        attempt++;
                    }
                }

                return "";
            }
        """,
        $$"""
            public async Task<string> LoadAsync()
            {
                var attempt = 1;
                while (attempt <= 4)
                {
                    if (attempt > 1)
                        await Task.Delay({{Backoff("attempt - 1")}});
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException)
                    {
                        attempt++;
                    }
                }

                return "";
            }
        """);

    [Fact]
    public Task CounterThatCountsDown_GetsOneThatCountsUp() => Fixed(
        """
            public async Task<string> LoadAsync(int left)
            {
                // Now or never.
                [|while|] (left-- > 0)
                {
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException)
                    {
                    }
                }

                return "";
            }
        """,
        $$"""
            public async Task<string> LoadAsync(int left)
            {
                // Now or never.
                var retries = 0;
                while (left-- > 0)
                {
                    if (retries > 0)
                        await Task.Delay({{Backoff("retries")}});
                    retries++;
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException)
                    {
                    }
                }

                return "";
            }
        """);

    [Fact]
    public Task FailedStatus_WaitsBeforeTheNextAttempt() => Fixed(
        """
            public async Task<string> LoadAsync(CancellationToken stop)
            {
                [|for|] (var i = 0; i < 5; i++)
                {
                    var response = await http.GetAsync("a", stop);
                    if (response.IsSuccessStatusCode)
                        return await response.Content.ReadAsStringAsync(stop);
                    logger.LogWarning("again");
                }

                return "";
            }
        """,
        $$"""
            public async Task<string> LoadAsync(CancellationToken stop)
            {
                for (var i = 0; i < 5; i++)
                {
                    if (i > 0)
                        await Task.Delay({{Backoff("i")}}, stop);
                    var response = await http.GetAsync("a", stop);
                    if (response.IsSuccessStatusCode)
                        return await response.Content.ReadAsStringAsync(stop);
                    logger.LogWarning("again");
                }

                return "";
            }
        """);

    [Fact]
    public Task LoopUnderALock_IsNotFixed() => Verify.NotFixed(RetryClient.With(
        """
        public void Run(System.Data.Common.DbCommand command)
        {
            lock (command)
            {
                [|for|] (var i = 0; i < 3; i++)
                {
                    try
                    {
                        command.ExecuteNonQuery();
                        return;
                    }
                    catch (TimeoutException)
                    {
                    }
                }
            }
        }
        """));

    [Fact]
    public Task TwoRetriesInOneMethod_AreFixed() => Fixed(
        """
            public async Task<string> LoadAsync()
            {
                [|for|] (var i = 0; i < 3; i++)
                {
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException)
                    {
                    }
                }

                var left = 3;
                [|while|] (left-- > 0)
                {
                    try
                    {
                        return await http.GetStringAsync("b");
                    }
                    catch (HttpRequestException)
                    {
                    }
                }

                return "";
            }
        """,
        $$"""
            public async Task<string> LoadAsync()
            {
                for (var i = 0; i < 3; i++)
                {
                    if (i > 0)
                        await Task.Delay({{Backoff("i")}});
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException)
                    {
                    }
                }

                var left = 3;
                var retries = 0;
                while (left-- > 0)
                {
                    if (retries > 0)
                        await Task.Delay({{Backoff("retries")}});
                    retries++;
                    try
                    {
                        return await http.GetStringAsync("b");
                    }
                    catch (HttpRequestException)
                    {
                    }
                }

                return "";
            }
        """);

    private static string Backoff(string exponent) => $"TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(30_000, 100 * Math.Pow(2, {exponent})))";

    private static Task Fixed(string before, string after) => Verify.Fixed(RetryClient.With(before), RetryClient.With(after));
}
