using Microsoft.CodeAnalysis;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Security.BP4005MiddlewareOrderAnalyzer, BackendPatterns.Analyzers.CodeFixes.Security.BP4005MiddlewareOrderFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Security;

public class BP4005MiddlewareOrderTests
{
    private const string Limits = """
        builder.Services.AddRateLimiter(limits => limits.AddPolicy("user", context =>
            System.Threading.RateLimiting.RateLimitPartition.GetFixedWindowLimiter(context.User.Identity?.Name ?? "", _ => new() { PermitLimit = 1, Window = TimeSpan.FromMinutes(1) })));
        """;

    private const string OwnPolicy = """

        class Everything : Microsoft.AspNetCore.OutputCaching.IOutputCachePolicy
        {
            public ValueTask CacheRequestAsync(Microsoft.AspNetCore.OutputCaching.OutputCacheContext context, CancellationToken cancellation) { context.EnableOutputCaching = true; return default; }
            public ValueTask ServeFromCacheAsync(Microsoft.AspNetCore.OutputCaching.OutputCacheContext context, CancellationToken cancellation) => default;
            public ValueTask ServeResponseAsync(Microsoft.AspNetCore.OutputCaching.OutputCacheContext context, CancellationToken cancellation) => default;
        }
        """;

    private const string PublicSecrets = """

        public class AccountController : Microsoft.AspNetCore.Mvc.Controller
        {
            [Microsoft.AspNetCore.Authorization.Authorize]
            [Microsoft.AspNetCore.Mvc.ResponseCache(Duration = 60)]
            public string Balance() => "100";
        }
        """;

    [Theory]
    [InlineData("app.UseAuthorization(); app.[|UseAuthentication|]();")]
    [InlineData("app.UseAuthentication(); app.UseAuthorization(); app.[|UseCors|]();")]
    [InlineData("app.UseAuthorization().[|UseCors|](\"browsers\");")]
    [InlineData("app.UseRouting(); app.UseAuthorization(); if (app.Environment.IsDevelopment()) { app.[|UseCors|](); }")]
    [InlineData("app.[|UseRateLimiter|](); app.UseRouting(); app.MapGet(\"/l\", () => 1).RequireRateLimiting(\"slow\");")]
    [InlineData("app.[|UseOutputCache|](); app.UseCors();")]
    [InlineData("app.[|UseResponseCaching|](); app.UseCors();")]
    [InlineData("app.UseRouting(); app.UseEndpoints(e => { }); app.[|UseSession|]();")]
    [InlineData("app.UseRouting(); app.UseEndpoints(e => { }); app.[|UseExceptionHandler|](\"/error\");")]
    [InlineData("app.UseRouting(); app.UseEndpoints(e => { }); app.[|UseAuthentication|](); app.[|UseAuthorization|]();")]
    [InlineData("app.UseRouting(); app.UseEndpoints(e => { }); app.[|UseCors|]();")]
    [InlineData("app.UseRouting(); app.UseEndpoints(e => { }); app.[|UseRateLimiter|]();")]
    [InlineData("IApplicationBuilder pipeline = app; pipeline.UseAuthorization(); app.[|UseCors|]();")]
    [InlineData("Protect(); app.[|UseCors|](); void Protect() { app.UseAuthorization(); }")]
    [InlineData("Protect(app); app.[|UseCors|](); static void Protect(IApplicationBuilder app) => app.UseAuthorization();")]
    [InlineData("app.UseSwaggerLikeMiddleware(); app.UseAuthorization(); app.[|UseCors|]();")]
    public Task OrderThatMisbehaves_IsReported(string calls) => Verify.Reported(Program(calls), output: OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("app.UseAuthentication(); app.UseAuthorization();")]
    [InlineData("app.UseCors(); app.UseAuthentication(); app.UseAuthorization();")]
    [InlineData("app.UseAuthentication(); app.UseCors(); app.UseAuthorization();")]
    [InlineData("app.UseAuthentication(); app.UseAuthorization(); app.UseAuthentication();")]
    [InlineData("app.UseCors(); app.UseAuthorization(); app.UseCors();")]
    [InlineData("app.UseRateLimiter(); app.UseAuthentication(); app.UseAuthorization();")]
    [InlineData("app.UseRouting(); app.UseRateLimiter(); app.MapGet(\"/l\", () => 1).RequireRateLimiting(\"slow\");")]
    [InlineData("app.UseRateLimiter(); app.MapGet(\"/l\", () => 1).RequireRateLimiting(\"slow\");")]
    [InlineData("app.UseCors(); app.UseOutputCache(); app.UseResponseCaching();")]
    [InlineData("app.UseOutputCache(); app.UseAuthentication(); app.UseAuthorization();")]
    [InlineData("app.UseResponseCaching(); app.UseAuthentication(); app.UseAuthorization();")]
    [InlineData("app.MapControllers(); app.UseSession(); app.UseExceptionHandler(\"/error\"); app.UseAuthentication(); app.UseAuthorization();")]
    [InlineData("app.UseRouting(); app.UseSession(); app.UseEndpoints(e => { });")]
    public Task OrderThatWorks_IsSilent(string calls) => Verify.Silent(Program(calls), output: OutputKind.ConsoleApplication);

    [Fact]
    public Task GlobalLimiterBeforeRouting_IsSilent() => Verify.Silent(
        Program("""app.UseRateLimiter(); app.UseRouting();""", "builder.Services.AddRateLimiter(limits => limits.GlobalLimiter = null);"), output: OutputKind.ConsoleApplication);

    [Fact]
    public Task LimitPerUserBeforeAuthentication_IsReported() =>
        Verify.Reported(Program("app.[|UseRateLimiter|](); app.UseAuthentication(); app.UseAuthorization();", Limits), output: OutputKind.ConsoleApplication);

    [Fact]
    public Task PolicyClassPerUserBeforeAuthentication_IsReported() => Verify.Reported(
        Program("app.[|UseRateLimiter|](); app.UseAuthentication();", types: """

            class PerUser : Microsoft.AspNetCore.RateLimiting.IRateLimiterPolicy<string>
            {
                public Func<Microsoft.AspNetCore.RateLimiting.OnRejectedContext, CancellationToken, ValueTask>? OnRejected => null;
                public System.Threading.RateLimiting.RateLimitPartition<string> GetPartition(HttpContext httpContext) =>
                    System.Threading.RateLimiting.RateLimitPartition.GetNoLimiter(httpContext.User.Identity?.Name ?? "");
            }
            """),
        output: OutputKind.ConsoleApplication);

    [Fact]
    public Task LimitPerUserWithImplicitAuthentication_IsSilent() => Verify.Silent(Program("app.UseRateLimiter();", Limits), output: OutputKind.ConsoleApplication);

    [Fact]
    public Task LimitPerUserWithOwnSignInBefore_IsSilent() => Verify.Silent(
        Program("app.Use((context, next) => { context.User = new(); return next(); }); app.UseRateLimiter(); app.UseAuthentication();", Limits), output: OutputKind.ConsoleApplication);

    [Fact]
    public Task OutputCacheWithOwnPolicyBeforeAuthorization_IsReported() =>
        Verify.Reported(Program("app.UseAuthentication(); app.[|UseOutputCache|](); app.UseAuthorization();", types: OwnPolicy), output: OutputKind.ConsoleApplication);

    [Fact]
    public Task OutputCacheWithOwnPolicyAfterAuthorization_IsSilent() =>
        Verify.Silent(Program("app.UseAuthentication(); app.UseAuthorization(); app.UseOutputCache();", types: OwnPolicy), output: OutputKind.ConsoleApplication);

    [Fact]
    public Task ResponseCachingBeforeAuthorizationOfCookies_IsReported() => Verify.Reported(
        Program("app.[|UseResponseCaching|](); app.UseAuthentication(); app.UseAuthorization();", "builder.Services.AddAuthentication().AddCookie();", PublicSecrets), output: OutputKind.ConsoleApplication);

    [Fact]
    public Task ResponseCachingBeforeAuthorizationOfTokens_IsSilent() => Verify.Silent(
        Program("app.UseResponseCaching(); app.UseAuthentication(); app.UseAuthorization();", "builder.Services.AddAuthentication().AddBearerToken();", PublicSecrets), output: OutputKind.ConsoleApplication);

    [Fact]
    public Task Branches_AreSilent() => Verify.Silent(
        Program("""
            app.UseWhen(context => true, branch => { branch.UseAuthorization(); branch.UseAuthentication(); });
            app.Map("/admin", branch => branch.UseAuthorization().UseCors());
            app.MapWhen(context => true, branch => branch.UseAuthorization());
            app.UseCors();
            """),
        output: OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("if (args.Length > 0) { app.UseAuthorization(); } else { app.UseCors(); }")]
    [InlineData("if (args.Length > 0) app.UseAuthorization(); else app.UseCors();")]
    [InlineData("if (args.Length > 0) { app.UseAuthorization(); } if (args.Length > 1) { app.UseCors(); }")]
    [InlineData("if (args.Length > 0) { app.UseAuthorization(); app.Run(); return; } app.UseCors();")]
    [InlineData("switch (args.Length) { case 0: app.UseAuthorization(); break; default: app.UseCors(); break; }")]
    public Task Arms_AreSilent(string calls) => Verify.Silent(Program(calls), output: OutputKind.ConsoleApplication);

    [Fact]
    public Task ApplicationWithoutAuthorization_IsSilent() => Verify.Silent("""
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseAuthorization();
        app.UseCors();
        app.UseAuthentication();
        app.Run();
        """, output: OutputKind.ConsoleApplication);

    [Fact]
    public Task UnknownBuilder_IsSilent() => Verify.Silent("""
        public static class Module
        {
            private static IApplicationBuilder? kept;

            public static void UseModule(this IApplicationBuilder app)
            {
                app.UseAuthorization();
                app.UseCors();
            }

            public static void UseKept()
            {
                kept!.UseAuthorization();
                kept!.UseCors();
            }

            [Microsoft.AspNetCore.Authorization.Authorize]
            public static void Secret()
            {
            }
        }
        """);

    [Fact]
    public Task SchemesNamedByPolicies_AreSilent() => Verify.Silent(
        Program("""app.UseAuthorization(); app.UseAuthentication();""", "builder.Services.AddAuthorization(o => o.AddPolicy(\"p\", p => p.AuthenticationSchemes.Add(\"s\")));"),
        output: OutputKind.ConsoleApplication);

    [Fact]
    public Task OwnMiddlewareThatSignsIn_IsSilent() => Verify.Silent(
        Program("app.UseMiddleware<Jwt>(); app.UseAuthorization(); app.UseAuthentication();", types: """

            class Jwt(RequestDelegate next)
            {
                public Task InvokeAsync(HttpContext context) { context.User = new(); return next(context); }
            }
            """),
        output: OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("app.UseStaticFiles();")]
    [InlineData("app.Run(context => Task.CompletedTask);")]
    [InlineData("app.Map(\"/x\", x => { });")]
    public Task WhatRunsBehindEndpoints_IsSilent(string rest) => Verify.Silent(Program("app.UseRouting(); app.UseEndpoints(e => { }); app.UseAuthentication(); app.UseSession(); " + rest), output: OutputKind.ConsoleApplication);

    [Fact]
    public Task StartupConfigure_IsReported() => Verify.Reported("""
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services) => services.AddAuthentication();

            public void Configure(IApplicationBuilder app, IWebHostEnvironment env)
            {
                app.UseRouting();
                app.UseProtection();
                app.[|UseCors|]();
                app.UseEndpoints(endpoints => endpoints.MapControllers());
            }
        }

        public static class Extensions
        {
            public static IApplicationBuilder UseProtection(this IApplicationBuilder app) => app.UseAuthentication().UseAuthorization();
        }

        [Microsoft.AspNetCore.Authorization.Authorize]
        public class OrdersController : Microsoft.AspNetCore.Mvc.ControllerBase;
        """);

    [Fact]
    public Task OrderAcrossMethodsOfThisCode_IsReportedWhereItIsLate() => Verify.Reported("""
        var app = WebApplication.CreateBuilder(args).Configure().UseOurs();
        app.Run();

        [Microsoft.AspNetCore.Authorization.Authorize]
        public static class Extensions
        {
            public static WebApplication Configure(this WebApplicationBuilder builder) => builder.Build();

            public static WebApplication UseOurs(this WebApplication app)
            {
                app.UseProtection();
                app.UseBrowsers();
                return app;
            }

            public static void UseProtection(this WebApplication app) => app.UseAuthorization();

            public static void UseBrowsers(this IApplicationBuilder app) => app.[|UseCors|]();
        }
        """, output: OutputKind.ConsoleApplication);

    [Fact]
    public Task MethodThatAnotherApplicationCallsWell_IsSilent() => Verify.Silent("""
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseCors();
        app.UseProtection();
        app.Run();

        [Microsoft.AspNetCore.Authorization.Authorize]
        public static class Extensions
        {
            public static void UseProtection(this WebApplication app)
            {
                app.UseAuthorization();
                app.UseCors();
            }
        }
        """, output: OutputKind.ConsoleApplication);

    [Fact]
    public Task LateStatement_MovesWithItsComments() => Verify.Fixed(
        Program("""
            app.UseHttpsRedirection();

            // Who is it?
            app.UseAuthorization();

            // Browsers of partners.
            // They come from elsewhere.
            app.[|UseCors|](policy => policy
                .AllowAnyOrigin()); // for now

            app.MapControllers();
            """),
        Program("""
            app.UseHttpsRedirection();

            // Browsers of partners.
            // They come from elsewhere.
            app.UseCors(policy => policy
                .AllowAnyOrigin()); // for now
            // Who is it?
            app.UseAuthorization();

            app.MapControllers();
            """),
        output: OutputKind.ConsoleApplication);

    [Fact]
    public Task EarlyStatement_MovesDown() => Verify.Fixed(
        Program("""
            // Protect us.

            app.[|UseRateLimiter|]();
            app.UseHttpsRedirection();
            app.UseRouting();
            app.MapGet("/l", () => 1).RequireRateLimiting("slow");
            """),
        Program("""
            // Protect us.

            app.UseHttpsRedirection();
            app.UseRouting();
            app.UseRateLimiter();
            app.MapGet("/l", () => 1).RequireRateLimiting("slow");
            """),
        output: OutputKind.ConsoleApplication);

    [Fact]
    public Task CallsOfOneChain_ChangePlaces() => Verify.Fixed(
        Program("""
            app.UseRouting()
                .UseAuthorization()
                .[|UseAuthentication|]()
                .UseSession();
            """),
        Program("""
            app.UseRouting()
                .UseAuthentication()
                .UseAuthorization()
                .UseSession();
            """),
        output: OutputKind.ConsoleApplication);

    [Fact]
    public Task CallInAnotherChain_IsTakenOut() => Verify.Fixed(
        Program("""
            app.UseAuthorization();
            app.UseSession().[|UseCors|]("browsers");
            """),
        Program("""
            app.UseCors("browsers");
            app.UseAuthorization();
            app.UseSession();
            """),
        output: OutputKind.ConsoleApplication);

    [Fact]
    public Task PlaceInAChain_IsKept() => Verify.Fixed(
        Program("""
            app.UseRouting().UseAuthorization().UseSession();
            app.[|UseCors|]("browsers");
            """),
        Program("""
            app.UseRouting().UseCors("browsers").UseAuthorization().UseSession();
            """),
        output: OutputKind.ConsoleApplication);

    [Fact]
    public Task TwoMistakes_AreFixedTogether() => Verify.Fixed(
        Program("""
            app.UseRouting();
            app.UseAuthorization();
            app.[|UseAuthentication|]();
            app.[|UseCors|]();
            """),
        Program("""
            app.UseRouting();
            app.UseAuthentication();
            app.UseCors();
            app.UseAuthorization();
            """),
        output: OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("app.UseAuthorization(); var name = \"browsers\"; app.[|UseCors|](name);")]
    [InlineData("var name = \"\"; app.UseAuthorization(); name = \"browsers\"; app.[|UseCors|](name);")]
    [InlineData("app.UseAuthorization(); if (args.Length > 3) return; app.[|UseCors|]();")]
    [InlineData("app.UseAuthorization(); if (args.Length > 3) app.[|UseCors|]();")]
    [InlineData("Protect(); app.[|UseCors|](); void Protect() { app.UseAuthorization(); }")]
    public Task MoveThatChangesMore_IsNotOffered(string calls) => Verify.NotFixed(Program(calls), output: OutputKind.ConsoleApplication);

    private static string Program(string calls, string services = "", string types = "") => $$"""
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication();
        {{services}}
        var app = builder.Build();
        {{calls}}
        app.MapGet("/secret", () => "secret").RequireAuthorization();
        app.Run();

        static class Own
        {
            public static void UseSwaggerLikeMiddleware(this IApplicationBuilder app) => app.UseStaticFiles();
        }
        {{types}}
        """;
}
