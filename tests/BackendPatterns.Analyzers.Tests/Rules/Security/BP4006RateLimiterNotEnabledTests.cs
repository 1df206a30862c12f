using Microsoft.CodeAnalysis;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Security.BP4006RateLimiterNotEnabledAnalyzer, BackendPatterns.Analyzers.CodeFixes.Security.BP4006RateLimiterNotEnabledFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Security;

public class BP4006RateLimiterNotEnabledTests
{
    private const string Controllers = """

        [Microsoft.AspNetCore.Mvc.ApiController, Microsoft.AspNetCore.Mvc.Route("sign-in")]
        public class SignInController : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            [Microsoft.AspNetCore.RateLimiting.EnableRateLimiting("slow")]
            public string [|Token|]() => "";

            public string Other() => "";
        }

        [Microsoft.AspNetCore.RateLimiting.EnableRateLimiting("slow")]
        public class [|ResetController|] : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            public string Password() => "";
        }
        """;

    [Theory]
    [InlineData("app.[|MapPost|](\"/l\", () => 1).RequireRateLimiting(\"slow\");")]
    [InlineData("app.[|MapGroup|](\"/g\").WithTags(\"G\").RequireRateLimiting(\"slow\").MapGet(\"/l\", () => 1);")]
    [InlineData("app.[|MapControllers|]().RequireRateLimiting(\"slow\");")]
    [InlineData("var group = app.MapGroup(\"/g\"); group.[|RequireRateLimiting|](\"slow\");")]
    [InlineData("app.[|MapGet|](\"/l\", [Microsoft.AspNetCore.RateLimiting.EnableRateLimiting(\"slow\")] () => 1);")]
    [InlineData("app.MapOurs();")]
    public Task RequiredPolicy_IsReported(string calls) =>
        calls.Contains("[|", StringComparison.Ordinal)
            ? Verify.Reported(Program(calls), output: OutputKind.ConsoleApplication)
            : Verify.Reported(
                Program(calls, types: """static class Ours { public static void MapOurs(this IEndpointRouteBuilder app) => app.[|MapGet|]("/o", () => 1).RequireRateLimiting("slow"); }"""),
                output: OutputKind.ConsoleApplication);

    [Fact]
    public Task Attributes_AreReported() => Verify.Reported(Program("app.MapControllers();", types: Controllers), output: OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("app.UseRateLimiter(); app.MapPost(\"/l\", () => 1).RequireRateLimiting(\"slow\");")]
    [InlineData("app.UseOurs(); app.MapPost(\"/l\", () => 1).RequireRateLimiting(\"slow\");")]
    [InlineData("app.UseWhen(c => true, branch => branch.UseRateLimiter()); app.MapPost(\"/l\", () => 1).RequireRateLimiting(\"slow\");")]
    [InlineData("app.MapPost(\"/l\", () => 1);")]
    [InlineData("app.MapPost(\"/l\", () => 1).DisableRateLimiting();")]
    public Task EnabledOrNotRequired_IsSilent(string calls) => Verify.Silent(
        Program(calls, types: calls.Contains("Ours", StringComparison.Ordinal) ? "static class Ours { public static void UseOurs(this IApplicationBuilder app) => app.UseRateLimiter(); }" : ""),
        output: OutputKind.ConsoleApplication);

    [Fact]
    public Task ClassLibrary_IsSilent() => Verify.Silent("""
        public static class Endpoints
        {
            public static void MapOurs(this IEndpointRouteBuilder app) => app.MapGet("/o", () => 1).RequireRateLimiting("slow");
        }
        """);

    [Fact]
    public Task PipelineThatSomeoneElseCompletes_IsSilent() => Verify.Silent(
        Program("Elsewhere.Complete(app); app.MapPost(\"/l\", () => 1).RequireRateLimiting(\"slow\");", types: """
            static class Elsewhere
            {
                public static Action<IApplicationBuilder> Complete = null!;
            }
            """),
        output: OutputKind.ConsoleApplication);

    [Fact]
    public Task ExtensionOfAnotherProject_IsSilent() => Verify.Run(
        Program("app.UsePlatform(); app.MapPost(\"/l\", () => 1).RequireRateLimiting(\"slow\");", usings: "using Platform;"), fixedSource: null, options: null, OutputKind.ConsoleApplication,
        test =>
        {
            var platform = new Microsoft.CodeAnalysis.Testing.ProjectState("Platform", LanguageNames.CSharp, "/Platform/", "cs");
            platform.Sources.Add(("Platform.cs", """
                using Microsoft.AspNetCore.Builder;

                namespace Platform;

                public static class Pipeline
                {
                    public static void UsePlatform(this IApplicationBuilder app) => app.UseHttpsRedirection();
                }
                """));
            platform.AdditionalReferences.AddRange(Verification.TestReferences.All);
            test.TestState.AdditionalProjects.Add("Platform", platform);
            test.TestState.AdditionalProjectReferences.Add("Platform");
        });

    [Fact]
    public Task Call_IsInsertedBehindAuthorization() => Verify.Fixed(
        Program("""
            // Who?
            app.UseAuthentication();
            app.UseAuthorization(); // may they

            app.[|MapPost|]("/l", () => 1).RequireRateLimiting("slow");
            app.[|MapPost|]("/m", () => 1).RequireRateLimiting("slow");
            """),
        Program("""
            // Who?
            app.UseAuthentication();
            app.UseAuthorization(); // may they
            app.UseRateLimiter();

            app.MapPost("/l", () => 1).RequireRateLimiting("slow");
            app.MapPost("/m", () => 1).RequireRateLimiting("slow");
            """),
        output: OutputKind.ConsoleApplication);

    [Fact]
    public Task Call_IsInsertedBeforeTheFirstEndpoint() => Verify.Fixed(
        Program("""
            if (app.Environment.IsDevelopment())
            {
                app.MapGet("/debug", () => 1);
            }

            // What there is.
            app.[|MapPost|]("/l", () => 1).RequireRateLimiting("slow");
            """),
        Program("""
            if (app.Environment.IsDevelopment())
            {
                app.MapGet("/debug", () => 1);
            }

            app.UseRateLimiter();
            // What there is.
            app.MapPost("/l", () => 1).RequireRateLimiting("slow");
            """),
        output: OutputKind.ConsoleApplication);

    [Fact]
    public Task Call_IsInsertedIntoTheChain() => Verify.Fixed(
        Startup("""
            app.UseRouting()
                .UseAuthorization()
                .UseEndpoints(endpoints => endpoints.[|MapGet|]("/l", () => 1).RequireRateLimiting("slow"));
            """),
        Startup("""
            app.UseRouting()
                .UseAuthorization()
                .UseRateLimiter()
                .UseEndpoints(endpoints => endpoints.MapGet("/l", () => 1).RequireRateLimiting("slow"));
            """));

    [Fact]
    public Task NoLimiterRegistered_IsNotFixed() => Verify.NotFixed("""
        var app = WebApplication.CreateBuilder(args).Build();
        app.[|MapPost|]("/l", () => 1).RequireRateLimiting("slow");
        app.Run();
        """, output: OutputKind.ConsoleApplication);

    private static string Program(string calls, string types = "", string usings = "") => $$"""
        {{usings}}
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddRateLimiter(limits => { });
        var app = builder.Build();
        {{calls}}
        app.Run();
        {{types}}
        """;

    private static string Startup(string calls) => $$"""
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services) => services.AddRateLimiter(limits => { });

            public void Configure(IApplicationBuilder app)
            {
                {{calls.Replace("\n", "\n        ", StringComparison.Ordinal)}}
            }
        }
        """;
}
