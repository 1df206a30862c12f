using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Tests.Verification;

namespace BackendPatterns.Analyzers.Tests.Model.Endpoints;

/// <summary>Hubs, gRPC services and the addresses of Razor pages.</summary>
public class MappedTypesTests
{
    /// <summary>What the gRPC packages bring and what their compiler generates; the packages are not among the references.</summary>
    private const string Grpc = """
        namespace Microsoft.AspNetCore.Builder
        {
            public static class GrpcEndpointRouteBuilderExtensions
            {
                public static IEndpointConventionBuilder MapGrpcService<TService>(this IEndpointRouteBuilder builder) where TService : class => builder.MapPost("/grpc", () => 1);
            }
        }
        public abstract class GreeterBase { public virtual Task<string> Hello(string name) => throw new NotSupportedException(); public virtual Task<string> Bye(string name) => throw new NotSupportedException(); }
        """;

    private static EndpointModel Of(string mapping, string types, string rest = "") => ModelTest.Compile($$"""
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.SignalR;
        public static class Hosting { public static void Run(WebApplication app) { {{mapping}} } }
        {{types}}
        {{rest}}
        """).Model.Endpoints!;

    private static IEnumerable<(string Name, AuthorizationStance Stance)> StancesOf(EndpointKind kind, EndpointModel endpoints) =>
        endpoints.All.Where(endpoint => endpoint.Kind == kind).Select(endpoint => (endpoint.Name, endpoint.Stance));

    [Theory]
    [InlineData("app.MapGrpcService<Greeter>();", "", AuthorizationStance.None, AuthorizationStance.Authorized)]
    [InlineData("app.MapGrpcService<Greeter>().RequireAuthorization();", "", AuthorizationStance.Authorized, AuthorizationStance.Authorized)]
    [InlineData("app.MapGroup(\"/rpc\").RequireAuthorization().MapGrpcService<Greeter>();", "", AuthorizationStance.Authorized, AuthorizationStance.Authorized)]
    [InlineData("app.MapGrpcService<Greeter>();", "[Authorize]", AuthorizationStance.Authorized, AuthorizationStance.Authorized)]
    [InlineData("app.MapGrpcService<Greeter>();", "[AllowAnonymous]", AuthorizationStance.Anonymous, AuthorizationStance.Anonymous)]
    public void GrpcService_HasTheMethodsThatItOverrides(string mapping, string on, AuthorizationStance hello, AuthorizationStance bye)
    {
        var endpoints = Of(mapping, on + " public class Greeter : GreeterBase { public override Task<string> Hello(string name) => Task.FromResult(name); [Authorize] public override Task<string> Bye(string name) => Task.FromResult(name); public void Own() { } }", Grpc);
        Assert.Equal([("Hello", hello), ("Bye", bye)], StancesOf(EndpointKind.GrpcMethod, endpoints));
        Assert.All(endpoints.All.Where(endpoint => endpoint.Kind is EndpointKind.GrpcMethod), endpoint => Assert.False(endpoint.ChangesState));
    }

    [Fact]
    public void ServiceThatIsNotMapped_IsNoEndpoint() =>
        Assert.Empty(StancesOf(EndpointKind.GrpcMethod, Of("", "public class Greeter : GreeterBase { public override Task<string> Hello(string name) => Task.FromResult(name); }", Grpc)));

    [Fact]
    public void Hub_HasItsPublicMethodsAndThoseOfItsBases()
    {
        var endpoints = Of("app.MapHub<OrderHub>(\"/live/orders\");", """
            public abstract class BaseHub : Hub<IClient> { public void Ping() { } public virtual void Send() { } }
            public class OrderHub : BaseHub, IDisposable
            {
                public override void Send() { }
                [AllowAnonymous] public void Look() { }
                public override Task OnConnectedAsync() => Task.CompletedTask;
                public new void Dispose() { }
                public override string ToString() => "";
                private void Own() { }
                public static void Shared() { }
            }
            public interface IClient { Task Text(string text); }
            """);
        Assert.Equal([("Send", AuthorizationStance.None), ("Look", AuthorizationStance.Anonymous), ("Ping", AuthorizationStance.None)], StancesOf(EndpointKind.HubMethod, endpoints));
        Assert.All(endpoints.All, static endpoint => Assert.True(endpoint.ChangesState));
        Assert.All(endpoints.All, static endpoint => Assert.Equal("/live/orders", endpoint.Route));
    }

    [Theory]
    [InlineData("/src/Pages/Index.cshtml.cs", null, "/Index")]
    [InlineData("/src/Pages/Admin/Users/Edit.cshtml.cs", null, "/Admin/Users/Edit")]
    [InlineData("C:\\src\\Pages\\Admin\\Edit.cshtml.cs", null, "/Admin/Edit")]
    [InlineData("/src/Areas/Shop/Pages/Order.cshtml.cs", "Shop", "/Order")]
    [InlineData("Pages/Index.cshtml.cs", null, "/Index")]
    public void PathOfPage_IsThatOfItsFile(string file, string? area, string path) => Assert.Equal(new PagePath(area, path), PathOf(file));

    [Theory]
    [InlineData("/src/Pages/Index.cs")]
    [InlineData("/src/Features/Index.cshtml.cs")]
    [InlineData("")]
    public void FileThatDoesNotTell_HasNoPath(string file) => Assert.Null(PathOf(file));

    private static PagePath? PathOf(string file)
    {
        var tree = Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText("public class IndexModel : Microsoft.AspNetCore.Mvc.RazorPages.PageModel { }", path: file);
        var compilation = Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create("Pages", [tree], TestReferences.All);
        return RazorPages.PathOf(compilation.GetTypeByMetadataName("IndexModel")!);
    }
}
