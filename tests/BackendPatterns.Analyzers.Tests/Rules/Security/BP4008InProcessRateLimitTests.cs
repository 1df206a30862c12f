using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Security.BP4008InProcessRateLimitAnalyzer,
    BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Security;

public class BP4008InProcessRateLimitTests
{
    private const string Usings = """
        using System.Collections.Concurrent;
        using System.Net;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Mvc.Filters;
        using Microsoft.AspNetCore.RateLimiting;
        using Microsoft.Extensions.Caching.Distributed;
        using Microsoft.Extensions.Caching.Memory;

        """;

    private static string Middleware(string members, string body) => Usings + $$"""
        public class LimitMiddleware(RequestDelegate next, IMemoryCache cache, IDistributedCache shared, HttpClient http)
        {
            {{members}}

            public async Task InvokeAsync(HttpContext context)
            {
                var key = context.Request.Path.ToString() + cache.GetType() + shared.GetType();
                _ = http;
                {{body}}
                await next(context);
            }
        }
        """;

    private static string Counting(string members, string body) => Usings + $$"""
        public class LimitMiddleware(RequestDelegate next)
        {
            {{members}}

            public async Task InvokeAsync(HttpContext context)
            {
                var key = context.Request.Path.ToString();
                {{body}}
                await next(context);
            }
        }
        """;

    private const string Dictionary = "private static readonly ConcurrentDictionary<string, int> Counts = new();";

    [Theory]
    [InlineData("""if (Counts.AddOrUpdate(key, 1, (_, count) => count + 1) > 100) { [|context.Response.StatusCode = 429|]; return; }""")]
    [InlineData("""if (Counts.AddOrUpdate(key, 1, (_, count) => count + 1) > 100) { [|context.Response.StatusCode = StatusCodes.Status429TooManyRequests|]; return; }""")]
    [InlineData("""if (Counts.AddOrUpdate(key, 1, (_, count) => count + 1) > 100) { [|context.Response.StatusCode = (int)HttpStatusCode.TooManyRequests|]; return; }""")]
    [InlineData("""var count = Counts.GetOrAdd(key, 0); Counts[key] = count + 1; if (count >= 100) { [|context.Response.StatusCode = 429|]; return; }""")]
    [InlineData("""if (!Allow(key)) { [|context.Response.StatusCode = 429|]; return; }""")]
    public Task CounterInMiddleware_IsReported(string body) => Verify.Reported(Counting(
        Dictionary + " private static bool Allow(string key) => Counts.AddOrUpdate(key, 1, (_, count) => count + 1) <= 100;", body));

    [Fact]
    public Task Report_PointsToTheCount() => Verify.Reported(
        Counting(Dictionary, """var count = Counts.GetOrAdd(key, 0); Counts[key] = {|#1:count + 1|}; if (count >= 100) { {|#0:context.Response.StatusCode = 429|}; return; }"""),
        expected: new Microsoft.CodeAnalysis.Testing.DiagnosticResult("BP4008", DiagnosticSeverity.Info).WithLocation(0).WithLocation(1));

    [Fact]
    public Task TimestampsPerCaller_AreReported() => Verify.Reported(Counting(
        "private readonly Dictionary<string, Queue<DateTime>> _seen = new();",
        """
        if (!_seen.TryGetValue(key, out var times))
            _seen[key] = times = new Queue<DateTime>();
        times.Enqueue(DateTime.UtcNow);
        if (times.Count > 10)
        {
            [|context.Response.StatusCode = 429|];
            return;
        }
        """));

    [Fact]
    public Task CounterInMemoryCache_IsReported() => Verify.Reported(Usings + """
        public class LimitFilter(IMemoryCache cache) : IActionFilter
        {
            public void OnActionExecuting(ActionExecutingContext context)
            {
                var count = cache.Get<int>("key") + 1;
                cache.Set("key", count, TimeSpan.FromMinutes(1));
                if (count > 5)
                    context.Result = [|new StatusCodeResult(429)|];
            }

            public void OnActionExecuted(ActionExecutedContext context) { }
        }
        """);

    [Fact]
    public Task CounterOfOneOwnClassBehindAnEndpoint_IsReported() => Verify.Reported(Usings + """
        public class Attempts
        {
            private readonly ConcurrentDictionary<string, int> _counts = new();

            public bool Allow(string key) => _counts.AddOrUpdate(key, 1, (_, count) => count + 1) <= 5;
        }

        public static class Api
        {
            public static void Map(WebApplication app, Attempts attempts)
            {
                app.MapPost("/login", (string name) => attempts.Allow(name) ? Results.Ok() : [|Results.StatusCode(429)|]);
                var counts = new ConcurrentDictionary<string, int>();
                app.Use(async (context, next) =>
                {
                    if (counts.AddOrUpdate("all", 1, (_, count) => count + 1) > 100)
                    {
                        [|context.Response.StatusCode = 429|];
                        return;
                    }

                    await next(context);
                });
            }
        }
        """);

    [Fact]
    public Task CounterInController_IsReported() => Verify.Reported(Usings + """
        public class LoginController : ControllerBase
        {
            private static readonly ConcurrentDictionary<string, int> Attempts = new();

            [HttpPost]
            public IActionResult Login(string name)
            {
                Attempts.TryGetValue(name, out var count);
                Attempts[name] = count + 1;
                return count > 3 ? [|StatusCode(429)|] : Ok();
            }
        }
        """);

    [Theory]
    [InlineData("""if (key.Length > 100) { context.Response.StatusCode = 429; return; }""")]
    [InlineData("""if (Counts.ContainsKey(key)) { context.Response.StatusCode = 429; return; }""")]
    [InlineData("""if (Counts.AddOrUpdate(key, 1, (_, count) => count + 1) > 100) { context.Response.StatusCode = 403; return; }""")]
    [InlineData("""var counts = new Dictionary<string, int>(); counts[key] = counts.Count + 1; if (counts.Count > 5) { context.Response.StatusCode = 429; return; }""")]
    public Task OtherReasonsOrAnswers_AreSilent(string body) => Verify.Silent(Counting(Dictionary, body));

    [Fact]
    public Task OutboundThrottle_IsSilent() => Verify.Silent(Middleware(
        Dictionary,
        """
        var answer = await http.GetAsync("https://api.example");
        Counts.AddOrUpdate(key, 1, (_, count) => count + 1);
        if (answer.StatusCode == HttpStatusCode.TooManyRequests && Counts[key] > 3)
        {
            context.Response.StatusCode = 429;
            return;
        }
        """));

    [Fact]
    public Task SharedStore_IsSilent() => Verify.Silent(Middleware(
        Dictionary,
        """
        var count = int.Parse(await shared.GetStringAsync(key) ?? "0") + 1;
        await shared.SetStringAsync(key, count.ToString());
        Counts[key] = count;
        if (count > 100)
        {
            context.Response.StatusCode = 429;
            return;
        }
        """));

    [Fact]
    public Task FrameworkLimiter_IsSilent() => Verify.Silent(Usings + """
        public static class Limits
        {
            private static readonly ConcurrentDictionary<string, int> Rejected = new();

            public static void Add(IServiceCollection services) => services.AddRateLimiter(options =>
            {
                options.RejectionStatusCode = 429;
                options.OnRejected = (context, _) =>
                {
                    if (Rejected.AddOrUpdate("all", 1, (_, count) => count + 1) > 5)
                        context.HttpContext.Response.StatusCode = 429;
                    return default;
                };
            });
        }
        """);

    [Fact]
    public Task ReadingTheStatus_IsSilent() => Verify.Silent(Counting(
        Dictionary, """if (Counts.AddOrUpdate(key, 1, (_, count) => count + 1) > 100 && context.Response.StatusCode == 429) return;"""));

    [Fact]
    public Task TestProject_IsSilent() => Verify.Run(
        Counting(Dictionary, """if (Counts.AddOrUpdate(key, 1, (_, count) => count + 1) > 100) { context.Response.StatusCode = 429; return; }"""),
        null, "build_property.IsTestProject = true", OutputKind.DynamicallyLinkedLibrary);
}
