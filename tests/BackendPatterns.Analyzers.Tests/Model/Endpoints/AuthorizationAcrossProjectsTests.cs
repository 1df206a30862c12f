using BackendPatterns.Analyzers.Rules.Security;
using BackendPatterns.Analyzers.Tests.Model.Calls.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Tests.Model.Endpoints;

/// <summary>What a host knows of the authorization in the projects below it: as reference assemblies in a build, as project references in an editor. Both have to know the same.</summary>
public class AuthorizationAcrossProjectsTests
{
    private const string LibraryUsings = """
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Mvc;
        namespace Lib;

        """;

    private const string PlainRegistration = "public static class Setup { public static IServiceCollection AddOrders(this IServiceCollection services) { services.AddMemoryCache(); return services; } }";

    private static string Host(string registration, string mapping) => $$"""
        using Lib;

        public static class Hosting
        {
            public static void Run(WebApplicationBuilder builder)
            {
                builder.Services.AddAuthentication();
                {{registration}}
                WebApplication app = builder.Build();
                app.MapGet("/mine", () => 1).RequireAuthorization();
                {{mapping}}
            }
        }
        """;

    private static FactProject Library(string source, bool withFacts = true) => FactProject.Compile(
        "Library", [LibraryUsings + source], options: withFacts ? null : new Dictionary<string, string> { ["build_property.BackendPatternsFacts"] = "false" });

    private static async Task<int> Reports(MetadataReference library, string host)
    {
        var compilation = FactProject.Compile("Web", [host], [library]).Compilation;
        var reports = await compilation.WithAnalyzers([new BP4001MissingAuthorizationAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(reports, static report => report.Id == "AD0001");
        return reports.Length;
    }

    private static async Task Both(int expected, string library, string registration, string mapping)
    {
        var project = Library(library);
        var host = Host(registration, mapping);
        Assert.Equal(expected, await Reports(project.AsReferenceAssembly(), host));
        Assert.Equal(expected, await Reports(project.AsProjectReference(), host));
    }

    private const string OpenPost = "app.MapPost(\"/orders\", () => 1);";

    [Fact]
    public Task RegistrationThatSetsNothing_LeavesTheReport() => Both(1, PlainRegistration, "builder.Services.AddOrders();", OpenPost);

    [Theory]
    [InlineData("services.AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy);")]
    [InlineData("services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());")]
    public Task FallbackPolicyOfALibrary_CoversTheHost(string statement) => Both(
        0, $"public static class Setup {{ public static void AddOrders(this IServiceCollection services) {{ {statement} }} }}", "builder.Services.AddOrders();", OpenPost);

    [Fact]
    public Task MiddlewareOfALibrary_CoversTheHost() => Both(
        0,
        PlainRegistration + "public class Gate(RequestDelegate next) { public Task InvokeAsync(HttpContext context) { if (context.User.Identity?.IsAuthenticated != true) { context.Response.StatusCode = 401; return Task.CompletedTask; } return next(context); } }",
        "builder.Services.AddOrders();", OpenPost);

    [Fact]
    public async Task LibraryWithoutFacts_KeepsABuildSilent()
    {
        var project = Library(PlainRegistration, withFacts: false);
        Assert.Null(project.Generated);
        Assert.Equal(0, await Reports(project.AsReferenceAssembly(), Host("builder.Services.AddOrders();", OpenPost)));
        // Nothing of it is called, so it does nothing to the application.
        Assert.Equal(1, await Reports(project.AsReferenceAssembly(), Host("", OpenPost)));
        Assert.Equal(1, await Reports(project.AsProjectReference(), Host("builder.Services.AddOrders();", OpenPost)));
    }

    private const string Builders = """
        public static class Builders
        {
            public static RouteHandlerBuilder Secured(this RouteHandlerBuilder builder) => builder.RequireAuthorization();
            public static TBuilder Closed<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder { builder.RequireAuthorization(); return builder; }
            public static RouteHandlerBuilder Tagged(this RouteHandlerBuilder builder) => builder.WithTags("x");
            public static RouteHandlerBuilder Opened(this RouteHandlerBuilder builder) => builder.AllowAnonymous();
            public static void Secure(RouteGroupBuilder group) => group.RequireAuthorization("admin");
            public static RouteGroupBuilder ClosedApi(this IEndpointRouteBuilder routes) => routes.MapGroup("/api").RequireAuthorization();
            public static RouteGroupBuilder OpenApi(this IEndpointRouteBuilder routes) => routes.MapGroup("/api").WithTags("x");
            internal static RouteHandlerBuilder Hidden(this RouteHandlerBuilder builder) => builder.RequireAuthorization();
        }
        """;

    [Theory]
    [InlineData("app.MapPost(\"/orders\", () => 1).Secured();", 0)]
    [InlineData("app.MapPost(\"/orders\", () => 1).Closed();", 0)]
    [InlineData("app.MapPost(\"/orders\", () => 1).Opened();", 0)]
    [InlineData("app.MapPost(\"/orders\", () => 1).Tagged();", 1)]
    [InlineData("var group = app.MapGroup(\"/x\"); Builders.Secure(group); group.MapPost(\"/orders\", () => 1);", 0)]
    [InlineData("app.ClosedApi().MapPost(\"/orders\", () => 1);", 0)]
    [InlineData("var api = app.ClosedApi(); api.MapPost(\"/orders\", () => 1);", 0)]
    [InlineData("app.OpenApi().MapPost(\"/orders\", () => 1);", 1)]
    [InlineData("app.MapGroup(\"/x\").RequireAuthorization().OpenApi().MapPost(\"/orders\", () => 1);", 0)]
    public Task MethodsOfALibraryThatConfigureBuilders_AreFollowed(string mapping, int expected) => Both(expected, Builders, "", mapping);

    [Fact]
    public async Task MethodsOfALibraryWithoutFacts_AreUnknown() =>
        Assert.Equal(0, await Reports(Library(Builders, withFacts: false).AsReferenceAssembly(), Host("", "app.MapPost(\"/orders\", () => 1).Tagged(); app.OpenApi().MapPost(\"/x\", () => 1);")));

    [Fact]
    public async Task ControllersOfALibrary_SayThatTheHostUsesAuthorization()
    {
        const string Controllers = "[ApiController, Route(\"orders\"), Authorize] public class OrdersController : ControllerBase { [HttpGet] public int Get() => 1; }";
        const string Host = "public static class Hosting { public static void Run(WebApplication app) { app.MapControllers(); app.MapPost(\"/x\", () => 1); } }";
        var project = Library(Controllers);
        Assert.Equal(1, await Reports(project.AsReferenceAssembly(), Host));
        Assert.Equal(1, await Reports(project.AsProjectReference(), Host));
        Assert.Equal(0, await Reports(Library("public class Plain { }").AsReferenceAssembly(), Host));
        Assert.Equal(0, await Reports(Library("public class Plain { }").AsProjectReference(), Host));
    }

    [Fact]
    public async Task ControllersOfALibrary_AreNotReportedWhereTheirHostIsElsewhere()
    {
        var library = Library("[ApiController, Route(\"orders\")] public class OrdersController : ControllerBase { [HttpPost] public int Save() => 1; [HttpGet, Authorize] public int Get() => 1; }");
        Assert.Empty(await library.Compilation.WithAnalyzers([new BP4001MissingAuthorizationAnalyzer()]).GetAnalyzerDiagnosticsAsync());
    }

    [Fact]
    public void Facts_AreFewAndAlwaysTheSame()
    {
        var project = Library(Builders);
        Assert.Equal(
            [
                "1|M:Lib.Builders.ClosedApi(Microsoft.AspNetCore.Routing.IEndpointRouteBuilder)|-1|Authorized",
                "1|M:Lib.Builders.Closed``1(``0)|0|Authorized",
                "1|M:Lib.Builders.OpenApi(Microsoft.AspNetCore.Routing.IEndpointRouteBuilder)|-1|None",
                "1|M:Lib.Builders.Opened(Microsoft.AspNetCore.Builder.RouteHandlerBuilder)|0|Anonymous",
                "1|M:Lib.Builders.Secure(Microsoft.AspNetCore.Routing.RouteGroupBuilder)|0|Authorized",
                "1|M:Lib.Builders.Secured(Microsoft.AspNetCore.Builder.RouteHandlerBuilder)|0|Authorized",
                "1|M:Lib.Builders.Tagged(Microsoft.AspNetCore.Builder.RouteHandlerBuilder)|0|None",
                "1|project|Used",
            ],
            project.Authorization.Order(StringComparer.Ordinal));
        Assert.Equal(project.Generated, Library(Builders).Generated);
    }

    [Theory]
    [InlineData("public class Plain { }", 0)]
    [InlineData(PlainRegistration, 1)]
    public void ProjectThatConfiguresNothing_StatesNothing(string source, int facts) => Assert.Equal(facts, Library(source).Authorization.Count);

    [Theory]
    [InlineData("2|project|Fallback")]
    [InlineData("1|project|7")]
    [InlineData("1|project")]
    [InlineData("1|project|Everything")]
    [InlineData("")]
    public async Task FactOfAnotherVersionOrDamaged_CountsAsAbsent(string text)
    {
        var library = Library(PlainRegistration + Environment.NewLine, withFacts: false).Compilation;
        var stated = library.AddSyntaxTrees(Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText(
            $"[assembly: System.Reflection.AssemblyMetadata(\"BackendPatterns.Authorization\", \"{text}\")]", (Microsoft.CodeAnalysis.CSharp.CSharpParseOptions)library.SyntaxTrees.First().Options));
        using var image = new MemoryStream();
        Assert.True(stated.Emit(image, options: new Microsoft.CodeAnalysis.Emit.EmitOptions(metadataOnly: true, includePrivateMembers: false)).Success);
        Assert.Equal(0, await Reports(MetadataReference.CreateFromImage(image.ToArray()), Host("builder.Services.AddOrders();", OpenPost)));
    }
}
