namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>
/// Shapes of retries, executed against an operation that always fails: the rule reports exactly those that do not end by themselves (or by cancellation,
/// which the operation requests at its fiftieth call).
/// </summary>
public class RetryVerdictTests
{
    public static TheoryData<string, string, bool> Shapes => new()
    {
        { "while, catch-all, wait", """public async Task<string> Run() { while (true) { try { return await http.GetStringAsync("/a"); } catch (Exception) { await Task.Delay(1000); } } }""", true },
        { "while, no wait", """public async Task<string> Run() { while (true) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { } } }""", true },
        { "while, catch without type", """public async Task<string> Run() { while (true) { try { return await http.GetStringAsync("/a"); } catch { await Task.Delay(1000); } } }""", true },
        { "endless for", """public async Task<string> Run() { for (;;) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { await Task.Delay(1000); } } }""", true },
        { "for that only counts", """public async Task<string> Run() { for (var i = 0; ; i++) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { await Task.Delay(i); } } }""", true },
        { "do while true", """public async Task<string> Run() { do { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { await Task.Delay(1000); } } while (true); }""", true },
        { "goto after the try", """public async Task<string> Run() { again: try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { await Task.Delay(1000); } goto again; }""", true },
        { "goto out of the catch", """public async Task<string> Run() { again: try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { goto again; } }""", true },
        { "break on success", """public async Task<string> Run() { string t; while (true) { try { t = await http.GetStringAsync("/a"); break; } catch (HttpRequestException) { } } return t; }""", true },
        { "flag set on success", """public async Task<string> Run() { var ok = false; while (!ok) { try { await gateway.CallAsync(); ok = true; } catch (HttpRequestException) { } } return ""; }""", true },
        { "flag set in the catch", """public async Task<string> Run() { bool again; do { again = false; try { await gateway.CallAsync(); } catch (HttpRequestException) { again = true; } } while (again); return ""; }""", true },
        { "result stays null", """public async Task<string> Run() { string? t = null; while (t == null) { try { t = await gateway.CallAsync(); } catch (HttpRequestException) { } } return t; }""", true },
        { "last exception tested", """public async Task<string> Run() { Exception? e; do { try { await gateway.CallAsync(); e = null; } catch (HttpRequestException x) { e = x; } } while (e is not null); return ""; }""", true },
        { "continue in the catch", """public async Task<string> Run() { while (true) { string t; try { t = await gateway.CallAsync(); } catch (HttpRequestException) { continue; } return t; } }""", true },
        { "synchronous with sleep", """public string Run() { while (true) { try { return gateway.Call(); } catch (HttpRequestException) { Thread.Sleep(10); } } }""", true },
        { "delegate", """public Task<string> Run() => Retry(() => gateway.CallAsync()); private static async Task<T> Retry<T>(Func<Task<T>> f) { while (true) { try { return await f(); } catch (Exception) { await Task.Delay(1); } } }""", true },
        { "local function", """public Task<string> Run() { return Load(); async Task<string> Load() { while (true) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { } } } }""", true },
        { "failed status", """public async Task<string> Run() { while (true) { var r = await http.GetAsync("/status"); if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync(); await Task.Delay(1000); } }""", true },
        { "failed status, do while", """public async Task<string> Run() { HttpResponseMessage r; do { r = await http.GetAsync("/status"); } while (!r.IsSuccessStatusCode); return ""; }""", true },
        { "failed status code", """public async Task<string> Run() { while (true) { var r = await http.GetAsync("/status"); if (r.StatusCode != HttpStatusCode.ServiceUnavailable) return ""; await Task.Delay(5); } }""", true },
        { "failed status in a flag", """public async Task<string> Run() { var ok = false; while (!ok) { var r = await http.GetAsync("/status"); ok = r.IsSuccessStatusCode; } return ""; }""", true },
        { "false from a Try method", """public async Task<string> Run() { while (!await gateway.TrySendAsync()) await Task.Delay(1); return ""; }""", true },
        { "failed result", """public async Task<string> Run() { while (true) { var r = await gateway.SendAsync(); if (r.Succeeded) return ""; await Task.Delay(1); } }""", true },
        { "rethrow of another status", """public async Task<string> Run() { while (true) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException e) { if (e.StatusCode == HttpStatusCode.NotFound) throw; await Task.Delay(1000); } } }""", true },
        { "filter by kind", """public async Task<string> Run() { while (true) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException e) when (IsTransient(e)) { await Task.Delay(1000); } } } private static bool IsTransient(HttpRequestException e) => e.StatusCode is null;""", true },
        { "other handler counts", """public async Task<string> Run() { var n = 0; while (true) { try { return await http.GetStringAsync("/a"); } catch (TimeoutException) { if (++n > 3) throw; } catch (HttpRequestException) { await Task.Delay(1000); } } }""", true },
        { "bounded inside endless", """public async Task<string> Run() { while (true) { for (var i = 0; i < 3; i++) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { } } await Task.Delay(1000); } }""", true },
        { "delay that grows to a limit", """public async Task<string> Run() { var d = 1; while (true) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { await Task.Delay(d); d = d > 1000 ? d : d * 2; } } }""", true },
        { "cancellation swallowed", """public async Task<string> Run(CancellationToken ct) { while (true) { try { return await http.GetStringAsync("/a", ct); } catch (Exception) { await Task.Delay(1); } } }""", true },
        { "counter that is never compared", """public async Task<string> Run() { var n = 0; while (true) { n++; try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { await Task.Delay(Math.Min(n, 10)); } } }""", true },
        { "finally between", """public async Task<string> Run() { while (true) { try { try { return await gateway.CallAsync(); } finally { Fakes.UtcNow.ToString(); } } catch (HttpRequestException) { } } }""", true },
        { "counter in the condition", """public async Task<string> Run() { var n = 0; while (n < 5) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { n++; } } return ""; }""", false },
        { "counter in the catch", """public async Task<string> Run() { var n = 0; while (true) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { if (++n >= 5) throw; } } }""", false },
        { "counter in the filter", """public async Task<string> Run() { for (var i = 1; ; i++) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) when (i < 5) { await Task.Delay(1000); } } }""", false },
        { "counter counted in the filter", """public async Task<string> Run() { var n = 0; while (true) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) when (n++ < 5) { } } }""", false },
        { "counter after the try", """public async Task<string> Run() { var n = 0; while (true) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { } n++; if (n == 5) return ""; } }""", false },
        { "counter at the top", """public async Task<string> Run() { var n = 0; while (true) { if (n++ > 5) throw new TimeoutException(); try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { } } }""", false },
        { "counter in a switch", """public async Task<string> Run() { var n = 0; while (true) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { switch (++n) { case 5: throw; } } } }""", false },
        { "counter in a field", """private int _n; public async Task<string> Run() { while (true) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { if (++_n > 5) throw; } } }""", false },
        { "counter makes the flag", """public async Task<string> Run() { var n = 0; bool again; do { again = false; try { await gateway.CallAsync(); } catch (HttpRequestException) { again = ++n < 5; } } while (again); return ""; }""", false },
        { "counter sets the flag", """public async Task<string> Run() { var n = 0; var done = false; while (!done) { try { await gateway.CallAsync(); done = true; } catch (HttpRequestException) { if (++n > 5) done = true; } } return ""; }""", false },
        { "counter in do while", """public async Task<string> Run() { var n = 5; var ok = false; do { try { await gateway.CallAsync(); ok = true; } catch (HttpRequestException) { } } while (!ok && --n > 0); return ""; }""", false },
        { "counter with goto", """public async Task<string> Run() { var n = 0; again: try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { if (++n > 5) throw; } goto again; }""", false },
        { "helper counts", """private int _n; private bool Again() => ++_n < 5; public async Task<string> Run() { while (true) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { if (!Again()) throw; } } }""", false },
        { "helper throws", """private static void Check(int n) { if (n > 5) throw new TimeoutException(); } public async Task<string> Run() { var n = 0; while (true) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { Check(++n); } } }""", false },
        { "deadline", """public async Task<string> Run() { var end = DateTime.UtcNow.AddSeconds(30); while (DateTime.UtcNow < end) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { await Task.Delay(1000); } } return ""; }""", false },
        { "deadline in the catch", """public async Task<string> Run() { var end = DateTime.UtcNow.AddSeconds(30); while (true) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { if (DateTime.UtcNow > end) throw; await Task.Delay(1000); } } }""", false },
        { "delays that run out", """public async Task<string> Run() { var d = new[] { 1, 2, 4 }; var n = 0; while (true) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { await Task.Delay(d[n++]); } } }""", false },
        { "enumerator of delays", """public async Task<string> Run() { using var d = new List<int> { 1, 2 }.GetEnumerator(); while (true) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { if (!d.MoveNext()) throw; } } }""", false },
        { "queue of hosts", """public async Task<string> Run() { var q = new Queue<string>(new[] { "/a", "/b" }); while (q.TryDequeue(out var h)) { try { return await http.GetStringAsync(h); } catch (HttpRequestException) { } } return ""; }""", false },
        { "foreach over delays", """public async Task<string> Run() { foreach (var d in new[] { 1, 2 }) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { await Task.Delay(d); } } return ""; }""", false },
        { "token to the wait", """public async Task<string> Run(CancellationToken ct) { while (true) { try { return await http.GetStringAsync("/a"); } catch (Exception) { await Task.Delay(1, ct); } } }""", false },
        { "token to the operation", """public async Task<string> Run(CancellationToken ct) { while (true) { try { return await http.GetStringAsync("/a", ct); } catch (HttpRequestException) { await Task.Delay(1); } } }""", false },
        { "token tested", """public async Task<string> Run(CancellationToken ct) { while (!ct.IsCancellationRequested) { try { return await http.GetStringAsync("/a"); } catch (Exception) { } } return ""; }""", false },
        { "token throws", """public async Task<string> Run(CancellationToken ct) { while (true) { ct.ThrowIfCancellationRequested(); try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { } } }""", false },
        { "token in the filter", """public async Task<string> Run(CancellationToken ct) { while (true) { try { return await http.GetStringAsync("/a"); } catch (Exception) when (!ct.IsCancellationRequested) { await Task.Delay(1000); } } }""", false },
        { "status with counter", """public async Task<string> Run() { var n = 0; while (true) { var r = await http.GetAsync("/status"); if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync(); if (++n > 5) return ""; await Task.Delay(1000); } }""", false },
        { "Try method with counter", """public async Task<string> Run() { var n = 0; while (!await gateway.TrySendAsync()) { if (n++ == 5) return "no"; await Task.Delay(1); } return ""; }""", false },
        { "catch leaves", """public async Task<string> Run() { while (true) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { return "no"; } } }""", false },
        { "catch rethrows", """public async Task<string> Run() { while (true) { try { return await http.GetStringAsync("/a"); } catch (HttpRequestException) { throw; } } }""", false },
        { "other exception caught", """public async Task<string> Run() { while (true) { try { return await http.GetStringAsync("/a"); } catch (FormatException) { } } }""", false },
        { "second failure leaves", """public async Task<string> Run() { var again = true; while (true) { var r = await http.GetAsync("/status"); if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync(); if (!again) return ""; again = false; } }""", false },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Verdict_AgreesWithWhatHappens(string shape, string members, bool runsForEver)
    {
        var scenario = new RetryScenario(members);
        var run = await scenario.Run();
        Assert.True(runsForEver != run.Ended, $"'{shape}' was expected to {(runsForEver ? "run for ever" : "end")}; calls: {run.Calls}, outcome: {run.Failure}");
        Assert.True(runsForEver == await scenario.IsReported(), $"'{shape}' is {(runsForEver ? "not " : "")}reported");
    }
}
