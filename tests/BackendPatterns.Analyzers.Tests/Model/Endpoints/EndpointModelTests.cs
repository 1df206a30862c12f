using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Tests.Model.Endpoints;

public class EndpointModelTests
{
    private const string Usings = "using Microsoft.AspNetCore.Authorization; using Microsoft.AspNetCore.Mvc;\n";

    private static EndpointModel Of(string source) => ModelTest.Compile(Usings + source).Model.Endpoints!;

    private static Endpoint Single(string source) => Assert.Single(Of(source).All);

    [Theory]
    [InlineData("[HttpGet]", HttpVerbs.Get)]
    [InlineData("[HttpPost]", HttpVerbs.Post)]
    [InlineData("[HttpPut, HttpPatch]", HttpVerbs.Put | HttpVerbs.Patch)]
    [InlineData("[HttpDelete]", HttpVerbs.Delete)]
    [InlineData("[HttpHead, HttpOptions]", HttpVerbs.Head | HttpVerbs.Options)]
    [InlineData("[AcceptVerbs(\"get\")]", HttpVerbs.Get)]
    [InlineData("[AcceptVerbs(\"POST\", \"TRACE\")]", HttpVerbs.Post | HttpVerbs.Other)]
    [InlineData("[Own]", HttpVerbs.Post)]
    [InlineData("", HttpVerbs.Unknown)]
    public void Verbs_OfAction(string attributes, HttpVerbs expected)
    {
        var endpoint = Single($$"""
            public class OwnAttribute : HttpPostAttribute { }
            public class OrdersController : ControllerBase { {{attributes}} public void Save() { } }
            """);
        Assert.Equal(expected, endpoint.Verbs);
        Assert.Equal(EndpointKind.Action, endpoint.Kind);
    }

    [Theory]
    [InlineData("app.MapGet(\"/a\", () => 1);", HttpVerbs.Get)]
    [InlineData("app.MapPost(\"/a\", () => 1);", HttpVerbs.Post)]
    [InlineData("app.MapPatch(\"/a\", () => 1);", HttpVerbs.Patch)]
    [InlineData("app.MapMethods(\"/a\", new[] { \"PUT\", HttpMethods.Delete }, () => 1);", HttpVerbs.Put | HttpVerbs.Delete)]
    [InlineData("app.MapMethods(\"/a\", [\"PUT\"], () => 1);", HttpVerbs.Put)]
    [InlineData("app.MapMethods(\"/a\", names, () => 1);", HttpVerbs.Unknown)]
    public void Verbs_OfMappedEndpoint(string statement, HttpVerbs expected)
    {
        var endpoint = Single($"public static class Api {{ public static void Map(WebApplication app, string[] names) {{ {statement} }} }}");
        Assert.Equal(expected, endpoint.Verbs);
        Assert.Equal("/a", endpoint.Route);
        Assert.NotNull(endpoint.Handler);
    }

    [Theory]
    [InlineData("[Route(\"api/[controller]\")]", "[HttpPost(\"{id}/[action]\")]", "/api/Orders/{id}/Save")]
    [InlineData("[Route(\"api\")]", "[HttpPost(\"/absolute\")]", "/absolute")]
    [InlineData("[Route(\"api\")]", "[HttpPost(\"~/absolute\")]", "/absolute")]
    [InlineData("[Route(\"api\")]", "[HttpPost]", "/api")]
    [InlineData("", "[HttpPost]", null)]
    public void Route_OfAction(string on, string attributes, string? expected) =>
        Assert.Equal(expected, Single($$"""{{on}} public class OrdersController : ControllerBase { {{attributes}} public void Save() { } }""").Route);

    [Theory]
    [InlineData("app.MapGroup(\"/v1/\").MapGroup(\"orders\").MapPost(\"/{id}\", () => 1);", "/v1/orders/{id}")]
    [InlineData("var group = app.MapGroup(\"/v1\"); group.MapPost(\"x\", () => 1);", "/v1/x")]
    [InlineData("app.MapGroup(prefix).MapPost(\"x\", () => 1);", null)]
    [InlineData("app.MapPost(prefix, () => 1);", null)]
    public void Route_OfMappedEndpoint(string statements, string? expected) =>
        Assert.Equal(expected, Single($"public static class Api {{ public static void Map(WebApplication app, string prefix) {{ {statements} }} }}").Route);

    [Theory]
    // Both ways to the inner method lead to the same local.
    [InlineData(
        "var open = app.MapGroup(\"/open\"); Left(open); Right(open);",
        "static void Left(RouteGroupBuilder left) => Inner(left); static void Right(RouteGroupBuilder right) { Inner(right); right.MapPost(\"/right\", () => 1); } static void Inner(RouteGroupBuilder inner) => inner.MapPost(\"/inner\", () => 1);",
        AuthorizationStance.None)]
    // What closes the group of one endpoint also closes, outside, the group of both.
    [InlineData(
        "Inner(app.MapGroup(\"/closed\").Close());",
        "static void Inner(RouteGroupBuilder inner) { inner.MapGroup(\"/twice\").Close().MapPost(\"/inner\", () => 1); inner.MapPost(\"/right\", () => 1); } static RouteGroupBuilder Close(this RouteGroupBuilder group) => group.RequireAuthorization();",
        AuthorizationStance.Authorized)]
    // Five methods hand the builder on: from the innermost one that is too far, from the next one it is not.
    [InlineData(
        "A(app.MapGroup(\"/a\"));",
        "static void A(RouteGroupBuilder a) => B(a); static void B(RouteGroupBuilder b) => C(b); static void C(RouteGroupBuilder c) => D(c); static void D(RouteGroupBuilder d) { d.MapPost(\"/right\", () => 1); E(d); } static void E(RouteGroupBuilder e) => e.MapPost(\"/inner\", () => 1);",
        AuthorizationStance.None)]
    public void Stance_DoesNotDependOnWhatWasAskedBefore(string statements, string methods, AuthorizationStance expected)
    {
        Assert.Equal(Asked("inner", "right").Reverse(), Asked("right", "inner"));
        Assert.Equal(expected, Asked("right", "inner")[0]);

        AuthorizationStance[] Asked(params string[] names)
        {
            var endpoints = Of($"public static class Api {{ public static void Map(WebApplication app) {{ {statements} }} {methods} }}");
            return [.. names.Select(name => endpoints.MappedBy(endpoints.MapCallsInSource.Single(call => call.Syntax.ToString().Contains($"MapPost(\"/{name}\"", StringComparison.Ordinal)))!.Stance)];
        }
    }

    [Theory]
    [InlineData("public class OrdersController : ControllerBase { }", true)]
    [InlineData("public class OrdersController { }", true)]
    [InlineData("public class Orders : ControllerBase { }", true)]
    [InlineData("[Controller] public class Orders { }", true)]
    [InlineData("public class Orders { }", false)]
    [InlineData("internal class OrdersController : ControllerBase { }", false)]
    [InlineData("public abstract class OrdersController : ControllerBase { }", false)]
    [InlineData("public class OrdersController<T> : ControllerBase { }", false)]
    [InlineData("[NonController] public class OrdersController : ControllerBase { }", false)]
    [InlineData("[NonController] public class B { } public class OrdersController : B { }", false)]
    [InlineData("public class Outer { public class OrdersController : ControllerBase { } }", false)]
    [InlineData("public struct OrdersController { }", false)]
    public void Controllers_AreWhatMvcTakes(string source, bool expected) => Assert.Equal(expected ? 1 : 0, Of(source).Controllers.All.Count);

    [Fact]
    public void Actions_AreWhatMvcTakes()
    {
        var endpoints = Of("""
            public abstract class Base<T> : ControllerBase
            {
                public void Inherited(T item) { }
                public virtual void Overridden() { }
            }
            public class OrdersController : Base<Order>, IDisposable
            {
                public void Own() { }
                public override void Overridden() { }
                public int Property { get; set; }
                public static void Static() { }
                public void Generic<T>() { }
                protected void Protected() { }
                [NonAction] public void Excluded() { }
                public void Dispose() { }
                public override string ToString() => "";
            }
            """);
        Assert.Equal(["Inherited", "Overridden", "Own"], endpoints.Of(Assert.Single(endpoints.Controllers.All)).Select(endpoint => endpoint.Name).Order());
    }

    [Theory]
    [InlineData("[Authorize]", "", AuthorizationStance.Authorized)]
    [InlineData("", "[Authorize]", AuthorizationStance.Authorized)]
    [InlineData("[Authorize]", "[AllowAnonymous]", AuthorizationStance.Anonymous)]
    [InlineData("", "", AuthorizationStance.None)]
    [InlineData("[ApiController]", "[Produces(\"text/plain\")]", AuthorizationStance.None)]
    [InlineData("[Own]", "", AuthorizationStance.Unknown)]
    [InlineData("", "[TypeFilter(typeof(OwnAttribute))]", AuthorizationStance.Unknown)]
    public void Stance_OfAction(string on, string attributes, AuthorizationStance expected) => Assert.Equal(expected, Single($$"""
        public class OwnAttribute : Microsoft.AspNetCore.Mvc.Filters.ActionFilterAttribute { }
        {{on}} public class OrdersController : ControllerBase { {{attributes}} public void Save() { } }
        """).Stance);

    [Theory]
    [InlineData("app.MapPost(\"x\", () => 1);", AuthorizationStance.None)]
    [InlineData("app.MapPost(\"x\", () => 1).RequireAuthorization();", AuthorizationStance.Authorized)]
    [InlineData("app.MapPost(\"x\", () => 1).RequireAuthorization().AllowAnonymous();", AuthorizationStance.Anonymous)]
    [InlineData("app.MapGroup(\"x\").AllowAnonymous().MapPost(\"x\", () => 1);", AuthorizationStance.Anonymous)]
    [InlineData("app.MapPost(\"x\", handler);", AuthorizationStance.Unknown)]
    [InlineData("routes.MapPost(\"x\", () => 1);", AuthorizationStance.Unknown)]
    public void Stance_OfMappedEndpoint(string statement, AuthorizationStance expected) =>
        Assert.Equal(expected, Single($"public static class Api {{ public static void Map(WebApplication app, IEndpointRouteBuilder routes, Func<int> handler) {{ {statement} }} }}").Stance);

    [Fact]
    public void Application_WithoutHost_SaysSo()
    {
        var app = Of("[Authorize] public class OrdersController : ControllerBase { }").Authorization;
        Assert.False(app.HasHost);
        Assert.False(app.MapsControllers);
        Assert.False(app.HasFallback);
        Assert.True(app.IsUsed);
    }

    [Fact]
    public void Application_IsReadFromItsRegistrations()
    {
        var app = Of("""
            public static class Hosting
            {
                public static void Run(WebApplicationBuilder builder)
                {
                    builder.Services.AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy);
                    WebApplication app = builder.Build();
                    app.MapControllers().RequireAuthorization();
                }
            }
            """).Authorization;
        Assert.True(app.HasHost);
        Assert.True(app.MapsControllers);
        Assert.True(app.HasFallback);
        Assert.True(app.CoversControllers);
        Assert.False(app.HasAuthorizingMiddleware);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("builder.Services.AddInfrastructure();", false)]
    public void RegistrationsThatCannotBeRead_LeaveOpenWhetherAuthorizationIsUsed(string call, bool expected)
    {
        var infrastructure = Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create(
            "Infrastructure",
            [Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText("public static class Setup { public static void AddInfrastructure(this Microsoft.Extensions.DependencyInjection.IServiceCollection s) { } }")],
            TestReferences.All,
            new Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        Assert.True(infrastructure.Emit(image).Success);
        var test = ModelTest.Compile(
            $$"""
            public static class Hosting { public static void Run(WebApplicationBuilder builder) { builder.Services.AddAuthentication(); {{call}} } }
            """,
            TestReferences.All.Add(MetadataReference.CreateFromImage(image.ToArray())));
        Assert.Equal(expected, test.Model.Endpoints!.Authorization.IsUsed);
    }

    [Fact]
    public void FallbackPolicyOfAReferencedProject_IsSeenWhereItsSourceIs()
    {
        var tree = Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText("""
            using Microsoft.Extensions.DependencyInjection;
            public static class Setup { public static void AddRules(this IServiceCollection s) => s.AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy); }
            """);
        var project = Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create(
            "Rules", [tree], TestReferences.All, new Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var test = ModelTest.Compile(
            "public static class Hosting { public static void Run(WebApplicationBuilder builder) => builder.Services.AddRules(); }",
            TestReferences.All.Add(project.ToMetadataReference()));
        Assert.True(test.Model.Endpoints!.Authorization.HasFallback);
    }

    [Fact]
    public void FallbackPolicyOfAnotherType_IsNone() => Assert.False(Of("""
        public class Retry { public string? FallbackPolicy { get; set; } }
        public static class Hosting { public static void Run() { var retry = new Retry(); retry.FallbackPolicy = retry.ToString(); } }
        """).Authorization.HasFallback);

    [Fact]
    public void Dependencies_OfController_AreOrdered()
    {
        var endpoints = Of("""
            public class OrdersController(ShopContext a) : ControllerBase
            {
                private readonly ShopContext _b = a;
                public ShopContext C => _b;
                public void Get(ShopContext d) => HttpContext.RequestServices.GetRequiredService<ShopContext>();
            }
            """);
        var names = endpoints.Dependencies.Of(Assert.Single(endpoints.Controllers.All))
            .Select(dependency => dependency.Location.SourceTree!.GetText().ToString(dependency.Location.SourceSpan));
        Assert.Equal(["a", "_b", "C", "d", "GetRequiredService<ShopContext>"], names);
    }

    [Fact]
    public void WithoutAspNetCore_ThereAreNoEndpoints()
    {
        var compilation = Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create("Empty", references: TestReferences.Without("Microsoft.AspNetCore"));
        Assert.Null(Analyzers.Model.BackendModel.For(compilation).Endpoints);
    }

    [Fact]
    public void HalfTypedCode_IsUnknownAndDoesNotThrow()
    {
        var tree = Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText("""
            using Microsoft.AspNetCore.Builder; using Microsoft.AspNetCore.Mvc;
            public class OrdersController : ControllerBase { [HttpPost( [Missing] public void Save( { app.MapPost( }
            var app = WebApplication.Create(); app.MapPost("/x", ; app.MapGroup().MapPost(; var g = g.MapGroup("x"); g.MapPost("/y", () => 1).
            """);
        var compilation = Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create("Broken", [tree], TestReferences.All);
        Assert.All(Analyzers.Model.BackendModel.For(compilation).Endpoints!.All.ToList(), endpoint => Assert.NotNull(endpoint.Name));
    }

    [Theory]
    [InlineData("Base.Inherited", true)]
    [InlineData("OrdersController.Save", true)]
    [InlineData("OrdersController.Hidden", false)]
    [InlineData("OrdersController.Helper", false)]
    [InlineData("Lonely.Alone", false)]
    [InlineData("Api.Mapped", true)]
    [InlineData("Api.Called", false)]
    [InlineData("Api.Delegated", false)]
    public void Handler_IsAnActionOrMapped(string method, bool expected)
    {
        var test = ModelTest.Compile(Usings + """
            public abstract class Base : ControllerBase { public void Inherited() { } }
            public abstract class Lonely : ControllerBase { public void Alone() { } }
            public class OrdersController : Base { public void Save() { } [NonAction] public void Hidden() { } private void Helper() { } }
            public static class Api
            {
                public static void Map(WebApplication app) { app.MapGet("/a", Mapped); app.MapPost("/b", () => Called()); Func<int> other = Delegated; other(); }
                private static int Mapped() => 1;
                private static int Called() => 1;
                private static int Delegated() => 1;
            }
            """);
        var (type, name) = (method.Split('.')[0], method.Split('.')[1]);
        var symbol = (IMethodSymbol)test.Compilation.GetTypeByMetadataName(type)!.GetMembers(name)[0];
        Assert.Equal(expected, test.Model.Endpoints!.IsHandler(symbol));
        Assert.Equal(expected, test.Model.Endpoints.Handlers.Contains(symbol, SymbolEqualityComparer.Default));
    }

    [Fact]
    public void HandlersOfAllKinds_AreHandlers()
    {
        var endpoints = Of("""
            public class OrdersController : ControllerBase { public void Save() { } }
            public static class Api { public static void Map(WebApplication app) { app.MapGet("/a", () => 1); app.MapGet("/b", (int id) => id); app.MapGet("/c", Local); int Local() => 1; } }
            """);
        Assert.Equal(4, endpoints.Handlers.Count());
        Assert.All(endpoints.Handlers, handler => Assert.True(endpoints.IsHandler(handler)));
    }
}
