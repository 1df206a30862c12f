using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5002RetryWithoutDelayAnalyzer,
    BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>Bounded retries of remote calls that do not wait, and those that wait somewhere or try another thing.</summary>
public class BP5002RetryWithoutDelayTests
{
    private const string Try = "try { return await http.GetStringAsync(\"a\"); }";

    [Theory]
    [InlineData("[|for|] (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { } }")]
    [InlineData("[|for|] (var i = 0; ; i++) { " + Try + " catch (HttpRequestException) when (i < 3) { logger.LogWarning(\"again\"); } }")]
    [InlineData("var n = 0; [|while|] (true) { " + Try + " catch (HttpRequestException) { if (++n > 3) throw; } }")]
    [InlineData("var n = 5; [|while|] (n-- > 0) { " + Try + " catch (HttpRequestException ex) { logger.LogWarning(ex, \"again\"); } }")]
    [InlineData("var n = 0; var ok = false; [|do|] { try { await http.DeleteAsync(\"a\"); ok = true; } catch (HttpRequestException) { n++; } } while (!ok && n < 4);")]
    [InlineData("[|for|] (var i = 0; i < most; i++) { " + Try + " catch (HttpRequestException) { } }")]
    [InlineData("var end = DateTime.UtcNow.AddSeconds(5); [|while|] (DateTime.UtcNow < end) { " + Try + " catch (HttpRequestException) { } }")]
    [InlineData("Exception? last = null; [|for|] (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException ex) { last = ex; } } throw last!;")]
    [InlineData("var errors = new List<string>(); [|for|] (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException ex) { errors.Add(ex.Message); } }")]
    [InlineData("[|for|] (var i = 0; i < 3; i++) { using var request = new HttpRequestMessage(HttpMethod.Get, \"a\"); try { var r = await http.SendAsync(request); return await r.Content.ReadAsStringAsync(); } catch (HttpRequestException) { } }")]
    [InlineData("[|for|] (var i = 0; i < 3; i++) { var r = await http.GetAsync(\"a\"); if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync(); logger.LogWarning(\"again\"); }")]
    [InlineData("[|for|] (var i = 0; i < 3; i++) { try { return await LoadAsync(most); } catch (HttpRequestException) { Note(i); } }")]
    [InlineData("[|for|] (var i = 0; i < 3; i++) { try { return (await db.Orders.CountAsync()).ToString(); } catch (System.Data.Common.DbException) { } }")]
    [InlineData("[|for|] (var i = 0; i < 3; i++) { try { connection.Open(); return \"\"; } catch (System.Data.Common.DbException) { } }")]
    public Task RemoteCallTriedAgainAtOnce_IsReported(string body) => Verify.Reported(Method(body));

    [Fact]
    public Task SynchronousCall_IsReported() => Verify.Reported(RetryClient.With(
        """
        public void Send(System.Data.Common.DbCommand command)
        {
            var attempts = 0;
            [|while|] (true)
            {
                try
                {
                    command.ExecuteNonQuery();
                    return;
                }
                catch (TimeoutException)
                {
                    if (++attempts >= 4)
                        throw;
                }
            }
        }
        """));

    [Theory]
    // A wait anywhere.
    [InlineData("for (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(100); } }")]
    [InlineData("for (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { } await Task.Delay(100); }")]
    [InlineData("for (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { Thread.Sleep(100); } }")]
    [InlineData("for (var i = 0; i < 3; i++) { if (i > 0) await Task.Delay(100); " + Try + " catch (HttpRequestException) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { await PauseAsync(i); } }")]
    [InlineData("for (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { await Recover(); } }")]
    // The operation waits itself, or answers for its own attempts.
    [InlineData("for (var i = 0; i < 3; i++) { try { return await LoadSlowly(); } catch (HttpRequestException) { } }")]
    // The server says when.
    [InlineData("for (var i = 0; i < 3; i++) { var r = await http.GetAsync(\"a\"); if (r.IsSuccessStatusCode) return \"\"; logger.LogWarning(\"{After}\", r.Headers.RetryAfter); }")]
    // Another host, another token, a repair: the next attempt is another one.
    [InlineData("for (var i = 0; i < 3; i++) { try { return await http.GetStringAsync(hosts[i]); } catch (HttpRequestException) { } }")]
    [InlineData("var host = hosts[0]; for (var i = 0; i < 3; i++) { try { return await http.GetStringAsync(host); } catch (HttpRequestException) { host = hosts[1]; } }")]
    [InlineData("for (var i = 0; i < 3; i++) { var host = NextHost(); try { return await http.GetStringAsync(host); } catch (HttpRequestException) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { return await http.GetStringAsync(\"a\"); } catch (HttpRequestException) { Name2 = hosts[1]; } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { if (i == 0) return await http.GetStringAsync(\"a\"); return await http.GetStringAsync(\"b\"); } catch (HttpRequestException) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { var r = await http.GetAsync(\"a\"); if (r.IsSuccessStatusCode) return \"\"; if (r.StatusCode == System.Net.HttpStatusCode.Unauthorized) await SignIn(); }")]
    [InlineData("for (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { await SignIn(); } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { return await gateway.ToString()!.Length.ToString().ToLower().ToString().GetAsync(http, i); } catch (HttpRequestException) { } }")]
    // One attempt more at once.
    [InlineData("for (var i = 0; i < 2; i++) { " + Try + " catch (HttpRequestException) { } }")]
    [InlineData("var n = 0; while (true) { " + Try + " catch (HttpRequestException) { if (++n > 1) throw; } }")]
    // Optimistic concurrency, unique names, transactions that conflict.
    [InlineData("for (var i = 0; i < 3; i++) { try { await db.SaveChangesAsync(); return \"\"; } catch (DbUpdateConcurrencyException) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { await http.PutAsync(\"a\" + Guid.NewGuid(), null); return \"\"; } catch (HttpRequestException) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { await db.SaveChangesAsync(); return \"\"; } catch (Exception ex) when (ex.Message.Contains(\"deadlock\")) { } }")]
    // Not remote, or not known to be.
    [InlineData("for (var i = 0; i < 3; i++) { try { return File.ReadAllText(\"a\"); } catch (IOException) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { return (await gateway.ChargeAsync(1)).ToString(); } catch (HttpRequestException) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { return await load(); } catch (HttpRequestException) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { await db.SaveChangesAsync(); return \"\"; } catch (DbUpdateException) { } }")]
    // The remote call follows a success.
    [InlineData("for (var i = 0; i < 3; i++) { string text; try { text = File.ReadAllText(\"a\"); } catch (IOException) { continue; } await http.PostAsync(text, null); return text; }")]
    // No bound: BP5001.
    [InlineData("while (true) { " + Try + " catch (HttpRequestException) { } }")]
    // No retry: the next element.
    [InlineData("for (var i = 0; i < 3; i++) { try { await http.GetStringAsync(hosts[i]); } catch (HttpRequestException) { } }")]
    public Task WaitOrAnotherAttempt_IsSilent(string body) => Verify.Silent(Method(body));

    [Fact]
    public Task ResilienceHandlerInTheApplication_IsSilent() => Verify.Silent(
        Method("for (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { } }") + """

        public static class Setup
        {
            // The attempts below this loop wait: AddStandardResilienceHandler
            public const int Attempts = 3;
        }
        """);

    [Fact]
    public Task InMemoryProvider_IsSilent() => Verify.Silent(
        Method("for (var i = 0; i < 3; i++) { try { return (await db.Orders.CountAsync()).ToString(); } catch (System.Data.Common.DbException) { } }") + """

        public static class Setup
        {
            // UseInMemoryDatabase("shop")
            public const string Name = "shop";
        }
        """);

    [Fact]
    public Task WorkerThatStopsWithTheHost_IsSilent() => Verify.Silent(
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
                        return;
                    }
                    catch (HttpRequestException)
                    {
                    }
                }
            }
        }
        """);

    private static string Method(string body) => RetryClient.With(
        $$"""
        public string? Name2 { get; set; }

        public async Task<string> LoadAsync(int most, string[] hosts, Func<Task<string>> load, ShopContext db, System.Data.Common.DbConnection connection)
        {
            {{body}}
            return "";
        }

        private Task<string> LoadAsync(int id) => http.GetStringAsync("orders/" + id);

        private async Task<string> LoadSlowly()
        {
            await Task.Delay(100);
            return await http.GetStringAsync("a");
        }

        private static async Task PauseAsync(int attempt) => await Task.Delay(attempt);

        private static async Task Recover() => await PauseAsync(2);

        private Task SignIn() => http.GetAsync("sign-in");

        private string NextHost() => "b" + gateway;

        private void Note(int attempt) => logger.LogWarning("again {Attempt}", attempt);
        """) + """

        public static class TextExtensions
        {
            public static Task<string> GetAsync(this string path, HttpClient http, int attempt) => http.GetStringAsync(path + attempt);
        }
        """;
}
