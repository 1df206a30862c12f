using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5004RecursiveRetryAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Resilience.BP5004RecursiveRetryFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>What the fix makes of a recursive retry, and where it is not offered.</summary>
public class BP5004RecursiveRetryFixTests
{
    private const string Backoff = "TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(30_000, 100 * Math.Pow(2, attempt)))";

    [Fact]
    public Task CallInTheCatch_IsFixed() => Fixed(
        """
            public async Task<string> LoadAsync(int id)
            {
                // The catalogue restarts at night.
                var address = "a/" + id;
                try
                {
                    return await http.GetStringAsync(address);
                }
                catch (HttpRequestException ex)
                {
                    logger.LogWarning(ex, "again"); // not an error yet
                    await Task.Delay(1000);
                    return await [|LoadAsync|](id);
                }
            }
        """,
        $$"""
            public async Task<string> LoadAsync(int id)
            {
                const int maxAttempts = 5;
                for (var attempt = 1; ; attempt++)
                {
                    // The catalogue restarts at night.
                    var address = "a/" + id;
                    try
                    {
                        return await http.GetStringAsync(address);
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
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (Exception)
                {
                    return await [|LoadAsync|](ct).ConfigureAwait(false);
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
                        return await http.GetStringAsync("a");
                    }
                    catch (Exception ex) when (ex is not OperationCanceledException && attempt < maxAttempts)
                    {
                        await Task.Delay({{Backoff}}, ct);
                    }
                }
            }
        """);

    [Fact]
    public Task SynchronousVoid_ReturnsOnSuccess() => Fixed(
        """
            public void Charge(int id)
            {
                try
                {
                    gateway.Charge(id);
                }
                catch (HttpRequestException)
                {
                    Thread.Sleep(1000);
                    [|Charge|](id);
                }
            }
        """,
        $$"""
            public void Charge(int id)
            {
                const int maxAttempts = 5;
                for (var attempt = 1; ; attempt++)
                {
                    try
                    {
                        gateway.Charge(id);
                        return;
                    }
                    catch (HttpRequestException) when (attempt < maxAttempts)
                    {
                        Thread.Sleep({{Backoff}});
                    }
                }
            }
        """);

    [Fact]
    public Task CodeAfterTheTry_IsSkippedByContinue() => Fixed(
        """
            public async Task<int> LengthAsync()
            {
                string text;
                try
                {
                    text = await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    return await this.[|LengthAsync|]();
                }

                return text.Length;
            }
        """,
        $$"""
            public async Task<int> LengthAsync()
            {
                const int maxAttempts = 5;
                for (var attempt = 1; ; attempt++)
                {
                    string text;
                    try
                    {
                        text = await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException) when (attempt < maxAttempts)
                    {
                        await Task.Delay({{Backoff}});
                        continue;
                    }

                    return text.Length;
                }
            }
        """);

    [Fact]
    public Task FailedStatus_BecomesItsException() => Fixed(
        """
            public async Task<string> LoadAsync()
            {
                var response = await http.GetAsync("a");
                if (!response.IsSuccessStatusCode)
                {
                    return await [|LoadAsync|]();
                }

                return await response.Content.ReadAsStringAsync();
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
    public Task CallAfterTheTry_IsFixed() => Fixed(
        """
            public string Read(string path)
            {
                try
                {
                    return File.ReadAllText(path);
                }
                catch (IOException)
                {
                }

                Thread.Sleep(50);
                return [|Read|](path);
            }
        """,
        $$"""
            public string Read(string path)
            {
                const int maxAttempts = 5;
                for (var attempt = 1; ; attempt++)
                {
                    try
                    {
                        return File.ReadAllText(path);
                    }
                    catch (IOException) when (attempt < maxAttempts)
                    {
                    }

                    Thread.Sleep({{Backoff}});
                }
            }
        """);

    [Fact]
    public Task LocalFunction_IsFixed() => Fixed(
        """
            public Task<string> LoadAsync()
            {
                return TryAsync("a");

                async Task<string> TryAsync(string address)
                {
                    try
                    {
                        return await http.GetStringAsync(address);
                    }
                    catch (HttpRequestException)
                    {
                        return await [|TryAsync|](address);
                    }
                }
            }
        """,
        $$"""
            public Task<string> LoadAsync()
            {
                return TryAsync("a");

                async Task<string> TryAsync(string address)
                {
                    const int maxAttempts = 5;
                    for (var attempt = 1; ; attempt++)
                    {
                        try
                        {
                            return await http.GetStringAsync(address);
                        }
                        catch (HttpRequestException) when (attempt < maxAttempts)
                        {
                            await Task.Delay({{Backoff}});
                        }
                    }
                }
            }
        """);

    [Fact]
    public Task TwoMethods_AreFixedTogether() => Fixed(
        """
            public async Task<string> FirstAsync()
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    return await [|FirstAsync|]();
                }
            }

            public async Task<string> SecondAsync()
            {
                try
                {
                    return await http.GetStringAsync("b");
                }
                catch (HttpRequestException)
                {
                    return await [|SecondAsync|]();
                }
            }
        """,
        $$"""
            public async Task<string> FirstAsync()
            {
                const int maxAttempts = 5;
                for (var attempt = 1; ; attempt++)
                {
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException) when (attempt < maxAttempts)
                    {
                        await Task.Delay({{Backoff}});
                    }
                }
            }

            public async Task<string> SecondAsync()
            {
                const int maxAttempts = 5;
                for (var attempt = 1; ; attempt++)
                {
                    try
                    {
                        return await http.GetStringAsync("b");
                    }
                    catch (HttpRequestException) when (attempt < maxAttempts)
                    {
                        await Task.Delay({{Backoff}});
                    }
                }
            }
        """);

    /// <summary>What would run in another order, or another number of times.</summary>
    [Theory]
    [InlineData("public async Task SendAsync(Order order)\n{\n    try\n    {\n        await gateway.SendAsync(order);\n    }\n    catch (HttpRequestException)\n    {\n        await {|BP5004:SendAsync|}(order);\n    }\n\n    logger.LogInformation(\"sent\");\n}")]
    [InlineData("public async Task<string> LoadAsync()\n{\n    try\n    {\n        return await http.GetStringAsync(\"a\");\n    }\n    catch (HttpRequestException)\n    {\n        return await {|BP5004:LoadAsync|}();\n    }\n    finally\n    {\n        logger.LogInformation(\"tried\");\n    }\n}")]
    [InlineData("public async Task<string> LoadAsync()\n{\n    using var request = new HttpRequestMessage();\n    try\n    {\n        return await http.GetStringAsync(\"a\");\n    }\n    catch (HttpRequestException)\n    {\n        return await {|BP5004:LoadAsync|}();\n    }\n}")]
    [InlineData("public async Task<string> LoadAsync(int n = 0)\n{\n    try\n    {\n        return await http.GetStringAsync(\"a\");\n    }\n    catch (HttpRequestException)\n    {\n        await Task.Delay(n);\n        return await {|BP5004:LoadAsync|}(n + 1);\n    }\n}")]
    [InlineData("public async Task<string> LoadAsync()\n{\n    try\n    {\n        return await http.GetStringAsync(\"a\");\n    }\n    catch (HttpRequestException)\n    {\n        return (await {|BP5004:LoadAsync|}()).Trim();\n    }\n}")]
    [InlineData("public async Task<bool> SendAsync(Order order) => await OnceAsync(order) || await {|BP5004:SendAsync|}(order);\n\nprivate async Task<bool> OnceAsync(Order order)\n{\n    try\n    {\n        await gateway.SendAsync(order);\n        return true;\n    }\n    catch (HttpRequestException)\n    {\n        return false;\n    }\n}")]
    public Task OtherShapes_AreNotFixed(string body) => Verify.NotFixed(RetryClient.With(body));

    private static Task Fixed(string before, string after) => Verify.Fixed(RetryClient.With(before), RetryClient.With(after));
}
