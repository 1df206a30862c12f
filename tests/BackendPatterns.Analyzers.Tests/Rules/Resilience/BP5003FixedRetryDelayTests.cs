using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5003FixedRetryDelayAnalyzer,
    BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>Retries of remote calls with the same wait every time, and those that wait otherwise.</summary>
public class BP5003FixedRetryDelayTests
{
    private const string Try = "try { return await http.GetStringAsync(\"a\"); }";

    [Theory]
    [InlineData("[|for|] (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(1000); } }")]
    [InlineData("[|for|] (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { } await Task.Delay(TimeSpan.FromSeconds(2), ct); }")]
    [InlineData("[|for|] (var i = 0; i < most; i++) { " + Try + " catch (HttpRequestException) { Thread.Sleep(Pause); } }")]
    [InlineData("var n = 0; [|while|] (true) { " + Try + " catch (HttpRequestException) { if (++n >= 4) throw; await Task.Delay(PauseTime); } }")]
    [InlineData("var n = 5; var pause = TimeSpan.FromMilliseconds(50); [|while|] (n-- > 0) { " + Try + " catch (HttpRequestException) { await Task.Delay(pause); } }")]
    [InlineData("[|for|] (var i = 1; ; i++) { " + Try + " catch (HttpRequestException) when (i < 3) { var pause = new TimeSpan(0, 0, 1); await Task.Delay(pause); } }")]
    [InlineData("[|for|] (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { if (i < 2) await Task.Delay(1000); } }")]
    [InlineData("[|for|] (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(Fixed()); } }")]
    [InlineData("[|for|] (var i = 0; i < 3; i++) { var r = await http.GetAsync(\"a\"); if (r.IsSuccessStatusCode) return \"\"; await Task.Delay(500); }")]
    [InlineData("[|for|] (var i = 0; i < 3; i++) { try { return (await db.Orders.CountAsync()).ToString(); } catch (System.Data.Common.DbException) { await Task.Delay(500); } }")]
    [InlineData("[|for|] (var i = 0; i < 3; i++) { try { return await LoadAsync(most); } catch (HttpRequestException) { await Task.Delay(500); } }")]
    [InlineData("[|for|] (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(pauseOfCaller); } }")]
    public Task SameWaitBetweenAttempts_IsReported(string body) => Verify.Reported(Method(body));

    [Theory]
    // It grows.
    [InlineData("for (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(1000 * i); } }")]
    [InlineData("for (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, i))); } }")]
    [InlineData("for (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(1 << i); } }")]
    [InlineData("var pause = 100; for (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(pause); pause *= 2; } }")]
    [InlineData("var pause = 100; for (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(pause); pause = Math.Min(pause * 2, 900); } }")]
    [InlineData("var pauses = new[] { 1, 2, 4 }; for (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(pauses[i]); } }")]
    [InlineData("for (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(Growing(i)); } }")]
    // It is random, or comes from elsewhere.
    [InlineData("for (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(Random.Shared.Next(100, 200)); } }")]
    [InlineData("for (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(options.Pause); } }")]
    [InlineData("for (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(_pause); } }")]
    [InlineData("for (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(i > 1 ? 1000 : 100); } }")]
    [InlineData("for (var i = 0; i < 3; i++) { var r = await http.GetAsync(\"a\"); if (r.IsSuccessStatusCode) return \"\"; await Task.Delay(r.Headers.RetryAfter is null ? 1000 : 1000); }")]
    // Fewer than three attempts, or no wait.
    [InlineData("for (var i = 0; i < 2; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(1000); } }")]
    [InlineData("var n = 0; while (true) { " + Try + " catch (HttpRequestException) { if (n++ > 0) throw; await Task.Delay(1000); } }")]
    [InlineData("for (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(TimeSpan.Zero); } }")]
    // No counter: without a bound it is BP5001's, with a deadline or a token it waits for something.
    [InlineData("while (true) { " + Try + " catch (HttpRequestException) { await Task.Delay(1000); } }")]
    [InlineData("var end = DateTime.UtcNow.AddMinutes(1); while (DateTime.UtcNow < end) { " + Try + " catch (HttpRequestException) { await Task.Delay(1000); } }")]
    [InlineData("while (!ct.IsCancellationRequested) { " + Try + " catch (HttpRequestException) { await Task.Delay(1000); } }")]
    // A poller: the answer is asked for until it is there.
    [InlineData("for (var i = 0; i < 30; i++) { var text = await http.GetStringAsync(\"state\"); if (text == \"done\") return text; await Task.Delay(1000); }")]
    [InlineData("for (var i = 0; i < 30; i++) { var job = await gateway.FindJobAsync(); if (job is { Done: true }) return job.Text; await Task.Delay(1000); }")]
    // Another attempt, a conflict, no remote call.
    [InlineData("for (var i = 0; i < 3; i++) { try { return await http.GetStringAsync(hosts[i]); } catch (HttpRequestException) { await Task.Delay(1000); } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { await db.SaveChangesAsync(); return \"\"; } catch (DbUpdateConcurrencyException) { await Task.Delay(50); } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { return File.ReadAllText(\"a\"); } catch (IOException) { await Task.Delay(50); } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { return (await gateway.ChargeAsync(1)).ToString(); } catch (HttpRequestException) { await Task.Delay(50); } }")]
    public Task OtherWait_IsSilent(string body) => Verify.Silent(Method(body));

    [Theory]
    [InlineData("WaitUntilThere")]
    [InlineData("PollAsync")]
    [InlineData("EnsureReady")]
    public Task MethodThatWaitsForAState_IsSilent(string name) => Verify.Silent(RetryClient.With(
        $$"""
        public async Task {{name}}()
        {
            for (var i = 0; i < 30; i++)
            {
                try
                {
                    await http.GetStringAsync("health");
                    return;
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(1000);
                }
            }
        }
        """));

    [Fact]
    public Task PollingWorker_IsSilent() => Verify.Silent(
        """
        public class PriceWorker(HttpClient http) : Microsoft.Extensions.Hosting.BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (!stoppingToken.IsCancellationRequested)
                {
                    try
                    {
                        await http.GetStringAsync("a", stoppingToken);
                    }
                    catch (HttpRequestException)
                    {
                    }

                    await Task.Delay(1000, stoppingToken);
                }
            }
        }
        """);

    private static string Method(string body) => RetryClient.With(
        $$"""
        private const int Pause = 250;

        private static readonly TimeSpan PauseTime = TimeSpan.FromMilliseconds(250);

        private readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

        public Client(HttpClient http, IGateway gateway, ILogger<Client> logger, TimeSpan pause) : this(http, gateway, logger) => _pause = pause;

        public async Task<string> LoadAsync(int most, TimeSpan pauseOfCaller, string[] hosts, Options options, ShopContext db, CancellationToken ct)
        {
            {{body}}
            return "" + options + _pause;
        }

        private static TimeSpan Fixed() => PauseTime;

        private static TimeSpan Growing(int attempt) => TimeSpan.FromMilliseconds(100 * attempt);

        private Task<string> LoadAsync(int id) => http.GetStringAsync("orders/" + id);

        public class Options
        {
            public int Pause { get; set; }
        }
        """);
}
