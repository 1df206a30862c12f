using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5007RetryCatchesCancellationAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Resilience.BP5007RetryCatchesCancellationFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>Retries whose catch takes a cancellation for a failure, and those that let it out.</summary>
public class BP5007RetryCatchesCancellationTests
{
    private const string Load = "return await http.GetStringAsync(\"a\", ct);";

    [Theory]
    [InlineData("for (var i = 0; i < 3; i++) { try { " + Load + " } [|catch|] (Exception) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { " + Load + " } [|catch|] { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { " + Load + " } [|catch|] (SystemException) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { " + Load + " } [|catch|] (Exception ex) { logger.LogWarning(ex, \"again\"); await Task.Delay(100); } }")]
    [InlineData("for (var i = 0; ; i++) { try { " + Load + " } [|catch|] (Exception) when (i < 3) { await Task.Delay(100); } }")]
    [InlineData("var n = 0; while (true) { try { " + Load + " } [|catch|] (Exception) { if (++n > 3) throw; } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { ct.ThrowIfCancellationRequested(); " + Load + " } [|catch|] (Exception) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { " + Load + " } catch (HttpRequestException) { throw; } [|catch|] (Exception) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { " + Load + " } [|catch|] (Exception) { await Task.Delay(100, CancellationToken.None); } }")]
    public Task CatchAllOfOperationWithToken_IsReported(string body) => Verify.Reported(Method(body));

    [Fact]
    public Task Report_PointsToTheOperation() => Verify.Reported(
        Method("for (var i = 0; i < 3; i++) { try { return await {|#1:http.GetStringAsync(\"a\", ct)|}; } {|#0:catch|} (Exception) { } }"),
        expected: new Microsoft.CodeAnalysis.Testing.DiagnosticResult("BP5007", Microsoft.CodeAnalysis.DiagnosticSeverity.Info).WithLocation(0).WithLocation(1)
            .WithArguments("HttpClient.GetStringAsync", "ct"));

    [Fact]
    public Task TokenOfTheRequest_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync(Microsoft.AspNetCore.Http.HttpContext context)
        {
            for (var i = 0; i < 3; i++)
            {
                try
                {
                    return await http.GetStringAsync("a", context.RequestAborted);
                }
                [|catch|] (Exception)
                {
                }
            }

            return "";
        }
        """));

    [Fact]
    public Task DelegateThatIsGivenTheToken_IsReported() => Verify.Reported(RetryClient.With(
        """
        public static async Task<T> Retry<T>(Func<CancellationToken, Task<T>> action, CancellationToken ct)
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await action(ct);
                }
                [|catch|] (Exception) when (attempt < 5)
                {
                    await Task.Delay(100);
                }
            }
        }
        """));

    [Fact]
    public Task WorkerWithoutBound_IsReported() => Verify.Reported(
        """
        public class PriceWorker(HttpClient http) : Microsoft.Extensions.Hosting.BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (true)
                {
                    try
                    {
                        await http.GetStringAsync("a", stoppingToken);
                        return;
                    }
                    [|catch|] (Exception)
                    {
                        await Task.Delay(1000);
                    }
                }
            }
        }
        """);

    [Theory]
    // A filter excludes cancellation, or may.
    [InlineData("for (var i = 0; i < 3; i++) { try { " + Load + " } catch (Exception ex) when (ex is not OperationCanceledException) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { " + Load + " } catch (Exception) when (!ct.IsCancellationRequested) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { " + Load + " } catch (Exception ex) when (IsTransient(ex)) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { " + Load + " } catch (Exception ex) when (ex.InnerException == null) { } }")]
    // An earlier clause catches it.
    [InlineData("for (var i = 0; i < 3; i++) { try { " + Load + " } catch (OperationCanceledException) { throw; } catch (Exception) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { " + Load + " } catch (TaskCanceledException) { return \"\"; } catch (Exception) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { try { " + Load + " } catch (OperationCanceledException) { return \"\"; } } catch (Exception) { } }")]
    // The token is tested.
    [InlineData("for (var i = 0; i < 3; i++) { ct.ThrowIfCancellationRequested(); try { " + Load + " } catch (Exception) { } }")]
    [InlineData("for (var i = 0; i < 3 && !ct.IsCancellationRequested; i++) { try { " + Load + " } catch (Exception) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { " + Load + " } catch (Exception) { if (ct.IsCancellationRequested) throw; } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { " + Load + " } catch (Exception) { ct.ThrowIfCancellationRequested(); } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { " + Load + " } catch (Exception ex) { if (ex is OperationCanceledException) throw; } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { " + Load + " } catch (Exception ex) { if (ex.GetType() == typeof(TaskCanceledException)) throw; } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { " + Load + " } catch (Exception ex) { switch (ex) { case OperationCanceledException: throw; } } }")]
    // The wait that follows is given the token, and throws outside the try.
    [InlineData("for (var i = 0; i < 3; i++) { try { " + Load + " } catch (Exception) { await Task.Delay(100, ct); } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { " + Load + " } catch (Exception) { } await Task.Delay(100, ct); }")]
    [InlineData("for (var i = 0; i < 3; i++) { await Task.Delay(100, ct); try { " + Load + " } catch (Exception) { } }")]
    // It is rethrown, or nothing is tried again.
    [InlineData("for (var i = 0; i < 3; i++) { try { " + Load + " } catch (Exception) { throw; } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { " + Load + " } catch (Exception) { break; } }")]
    // A narrower catch does not catch cancellation.
    [InlineData("for (var i = 0; i < 3; i++) { try { " + Load + " } catch (HttpRequestException) { } }")]
    // The operation is given no token, or one of its own.
    [InlineData("for (var i = 0; i < 3; i++) { try { return await http.GetStringAsync(\"a\"); } catch (Exception) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { return await http.GetStringAsync(\"a\", CancellationToken.None); } catch (Exception) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { using var limit = new CancellationTokenSource(500); return await http.GetStringAsync(\"a\", limit.Token); } catch (Exception) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct); limit.CancelAfter(500); try { " + Load + " } catch (Exception) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { await Task.Delay(100, ct); return await http.GetStringAsync(\"a\"); } catch (Exception) { } }")]
    // No retry: success goes on.
    [InlineData("for (var i = 0; i < 3; i++) { try { await http.GetStringAsync(\"a\" + i, ct); } catch (Exception) { } }")]
    public Task CancellationThatGetsOut_IsSilent(string body) => Verify.Silent(Method(body));

    /// <summary>The report is BP5001's, whose fix lets the cancellation out as well.</summary>
    [Fact]
    public Task RetryWithoutBound_IsSilent() => Verify.Silent(Method("while (true) { try { " + Load + " } catch (Exception) { await Task.Delay(100); } }"));

    /// <summary>The inner loop is the retry; the outer one has no clause of its own.</summary>
    [Fact]
    public Task NestedRetry_IsReportedOnce() => Verify.Reported(Method(
        "for (var round = 0; round < 2; round++) { for (var i = 0; i < 3; i++) { try { " + Load + " } [|catch|] (Exception) { } } }"));

    [Fact]
    public Task CatchWithoutDeclaration_IsFixed() => Fixed("catch // all of them", "catch (Exception ex) when (ex is not OperationCanceledException) // all of them");

    [Fact]
    public Task CatchWithoutVariable_IsFixed() => Fixed("catch (Exception)", "catch (Exception ex) when (ex is not OperationCanceledException)");

    [Fact]
    public Task CatchWithVariable_IsFixed() => Fixed("catch (Exception failure)", "catch (Exception failure) when (failure is not OperationCanceledException)");

    [Fact]
    public Task Filter_IsCombined() => Fixed("catch (Exception) when (attempt < 3)", "catch (Exception ex) when (ex is not OperationCanceledException && attempt < 3)");

    [Fact]
    public Task FilterWithOr_IsCombined() =>
        Fixed("catch (Exception) when (attempt < 2 || attempt < most)", "catch (Exception ex) when (ex is not OperationCanceledException && (attempt < 2 || attempt < most))");

    [Fact]
    public Task TwoRetriesInOneMethod_AreFixed() => Verify.Fixed(
        Method("for (var i = 0; i < 3; i++) { try { " + Load + " } [|catch|] (Exception) { } } for (var i = 0; i < 3; i++) { try { " + Load + " } [|catch|] { } }"),
        Method("for (var i = 0; i < 3; i++) { try { " + Load + " } catch (Exception ex) when (ex is not OperationCanceledException) { } } for (var i = 0; i < 3; i++) { try { " + Load
            + " } catch (Exception ex2) when (ex2 is not OperationCanceledException) { } }").Replace("ex2", "exception", StringComparison.Ordinal));

    private static Task Fixed(string before, string after)
    {
        var source = RetryClient.With(
            """
            public async Task<string> LoadAsync(int most, CancellationToken ct)
            {
                for (var attempt = 0; attempt <= most; attempt++)
                {
                    try
                    {
                        return await http.GetStringAsync("a", ct);
                    }
                    $
                    {
                        // Told once.
                        logger.LogWarning("again");
                    }
                }

                return "";
            }
            """);
        return Verify.Fixed(source.Replace("$", "[|catch|]" + before["catch".Length..], StringComparison.Ordinal), source.Replace("$", after, StringComparison.Ordinal));
    }

    private static string Method(string body) => RetryClient.With(
        $$"""
        public async Task<string> LoadAsync(CancellationToken ct)
        {
            {{body}}
            return "";
        }

        private static bool IsTransient(Exception ex) => ex is HttpRequestException;
        """);
}
