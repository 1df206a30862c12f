using BackendPatterns.Analyzers.Rules.Security;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Security.BP4003ContradictoryAuthorizationAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Security.BP4003ContradictoryAuthorizationFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Security;

public class BP4003ContradictoryAuthorizationTests
{
    private const string Usings = """
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Mvc.RazorPages;
        using Microsoft.AspNetCore.SignalR;

        """;

    private static string Mapping(string statements, string members = "") => Usings + $$"""
        public static class Api
        {
            public static void Map(WebApplication app, bool isOpen)
            {
                {{statements}}
            }
            {{members}}
        }
        """;

    private static string Pages(string statements) => Usings + $$"""
        public static class Hosting
        {
            public static void Add(IServiceCollection services, bool isOpen) => services.AddRazorPages(options =>
            {
                {{statements}}
            });
        }
        """;

    /// <summary>One remedy. To leave an endpoint open is a decision, so Fix All does only the other one.</summary>
    private static Task Fixed(string source, string fixedSource, string key) => Verify.Fixed(source, fixedSource, configure: test =>
    {
        test.CodeActionEquivalenceKey = key;
        if (key == "Authorize")
            test.CodeFixTestBehaviors = CodeFixTestBehaviors.SkipFixAllCheck;
    });

    [Theory]
    [InlineData("app.[|MapPost|](\"/orders\", () => 1).RequireAuthorization().AllowAnonymous();")]
    [InlineData("app.[|MapGet|](\"/orders\", () => 1).AllowAnonymous().WithName(\"x\").RequireAuthorization(\"admin\");")]
    [InlineData("app.[|MapGroup|](\"/orders\").RequireAuthorization().AllowAnonymous().MapPost(\"/\", () => 1);")]
    [InlineData("var orders = app.[|MapGroup|](\"/orders\"); orders.RequireAuthorization(); orders.AllowAnonymous();")]
    [InlineData("var orders = app.[|MapGroup|](\"/orders\").RequireAuthorization(); orders.MapGet(\"/\", () => 1); orders.WithTags(\"x\").AllowAnonymous();")]
    [InlineData("var endpoint = app.[|MapPost|](\"/orders\", () => 1); endpoint.AllowAnonymous(); endpoint.RequireAuthorization();")]
    [InlineData("app.[|MapControllers|]().RequireAuthorization().AllowAnonymous();")]
    [InlineData("app.[|MapHub<Chat>|](\"/chat\").RequireAuthorization().AllowAnonymous();")]
    [InlineData("app.[|MapFallback|](() => 1).RequireAuthorization().AllowAnonymous();")]
    [InlineData("app.[|Map|](\"/x\", () => 1).RequireAuthorization().AllowAnonymous();")]
    [InlineData("app.[|MapPost|](\"/orders\", [AllowAnonymous] () => 1).RequireAuthorization();")]
    [InlineData("app.[|MapPost|](\"/orders\", [Authorize] () => 1).AllowAnonymous();")]
    public Task RequiredAndOpenAtOnce_IsReported(string statements) => Verify.Reported(Mapping(statements, "public class Chat : Hub { }"));

    [Theory]
    [InlineData("app.MapGroup(\"/orders\").AllowAnonymous().[|MapPost|](\"/\", () => 1).RequireAuthorization();")]
    [InlineData("var orders = app.MapGroup(\"/orders\").AllowAnonymous(); orders.[|MapPost|](\"/\", () => 1).RequireAuthorization();")]
    [InlineData("var orders = app.MapGroup(\"/orders\"); orders.AllowAnonymous(); orders.[|MapPost|](\"/\", () => 1).RequireAuthorization();")]
    [InlineData("var a = app.MapGroup(\"/a\").AllowAnonymous(); var b = a.MapGroup(\"/b\"); b.[|MapPost|](\"/\", () => 1).RequireAuthorization();")]
    [InlineData("var a = app.MapGroup(\"/a\").AllowAnonymous(); var b = a.[|MapGroup|](\"/b\").RequireAuthorization(); b.MapPost(\"/\", () => 1);")]
    public Task RequirementInsideAnOpenGroup_IsReported(string statements) => Verify.Reported(Mapping(statements));

    [Theory]
    [InlineData("var orders = app.MapGroup(\"/orders\").RequireAuthorization(); orders.MapGet(\"/\", () => 1).AllowAnonymous();")]
    [InlineData("app.MapGroup(\"/orders\").RequireAuthorization().MapGet(\"/\", () => 1).AllowAnonymous();")]
    [InlineData("var a = app.MapGroup(\"/a\").RequireAuthorization(); var b = a.MapGroup(\"/b\").AllowAnonymous(); b.MapGet(\"/\", () => 1);")]
    [InlineData("var a = app.MapGroup(\"/a\").RequireAuthorization(); a.MapGet(\"/\", [AllowAnonymous] () => 1);")]
    [InlineData("var a = app.MapGroup(\"/a\"); a.MapGet(\"/x\", () => 1).AllowAnonymous(); a.MapGet(\"/y\", () => 1).RequireAuthorization();")]
    [InlineData("var endpoint = app.MapPost(\"/orders\", () => 1); if (isOpen) endpoint.AllowAnonymous(); else endpoint.RequireAuthorization();")]
    [InlineData("var orders = app.MapGroup(\"/orders\").RequireAuthorization(); if (app.Environment.IsDevelopment()) orders.AllowAnonymous();")]
    [InlineData("var orders = app.MapGroup(\"/orders\"); if (app.Environment.IsDevelopment()) { orders.AllowAnonymous(); } orders.MapPost(\"/\", () => 1).RequireAuthorization();")]
    [InlineData("var orders = isOpen ? app.MapGroup(\"/a\").AllowAnonymous() : app.MapGroup(\"/b\").RequireAuthorization();")]
    [InlineData("RouteGroupBuilder group = app.MapGroup(\"/a\").AllowAnonymous(); group = app.MapGroup(\"/b\"); group.RequireAuthorization();")]
    [InlineData("app.MapPost(\"/orders\", () => 1).RequireAuthorization().RequireAuthorization(\"admin\");")]
    [InlineData("app.MapPost(\"/orders\", () => 1).AllowAnonymous();")]
    [InlineData("app.MapGroup(\"/orders\").AllowAnonymous().MapPost(\"/\", () => 1);")]
    [InlineData("app.MapControllers().RequireAuthorization(); app.MapGet(\"/\", () => 1).AllowAnonymous();")]
    [InlineData("app.MapHub<Chat>(\"/chat\").RequireAuthorization();")]
    [InlineData("new Door().RequireAuthorization().AllowAnonymous();")]
    public Task ExceptionAlternativeOrOneOfTheTwo_IsSilent(string statements) => Verify.Silent(Mapping(statements, """
        [AllowAnonymous] public class Chat : Hub { [Authorize] public void Send() { } }
        public class Door { public Door RequireAuthorization() => this; public Door AllowAnonymous() => this; }
        """));

    [Theory]
    [InlineData("[AllowAnonymous] public class OrdersController : ControllerBase { [Authorize, HttpPost] public int Save() => 1; }")]
    [InlineData("[AllowAnonymous, Authorize] public class OrdersController : ControllerBase { [HttpPost] public int Save() => 1; }")]
    [InlineData("[AllowAnonymous] public class Chat : Hub { [Authorize] public void Send() { } }")]
    [InlineData("[Authorize] public class Chat : Hub { [AllowAnonymous] public void Send() { } }")]
    [InlineData("[AllowAnonymous] public class Plain { [Authorize] public void Send() { } }")]
    public Task AttributesOfControllersAndHubs_AreSilent(string source) => Verify.Silent(Usings + source);

    [Theory]
    [InlineData("[Authorize, AllowAnonymous] public class [|OrderModel|] : PageModel { public void OnPost() { } }")]
    [InlineData("[Authorize(Roles = \"Admin\")] [AllowAnonymous] public class [|OrderModel|] : PageModel { }")]
    [InlineData("[AllowAnonymous] public class OpenPage : PageModel { } [Authorize] public class [|OrderModel|] : OpenPage { }")]
    public Task PageWithBoth_IsReported(string source) => Verify.Reported(Usings + source);

    [Theory]
    [InlineData("[Authorize] public class ClosedPage : PageModel { } [AllowAnonymous] public class OrderModel : ClosedPage { }")]
    [InlineData("[Authorize] public class OrderModel : PageModel { }")]
    [InlineData("[AllowAnonymous] public class OrderModel : PageModel { public void OnPost() { } }")]
    [InlineData("[Authorize, AllowAnonymous] public abstract class OrderModel : PageModel { }")]
    public Task PageWithOneOrAnException_IsSilent(string source) => Verify.Silent(Usings + source);

    [Theory]
    [InlineData("options.Conventions.[|AuthorizePage|](\"/Admin\"); options.Conventions.AllowAnonymousToPage(\"/Admin\");")]
    [InlineData("options.Conventions.AllowAnonymousToFolder(\"/Public\").[|AuthorizePage|](\"/Public/Private\");")]
    [InlineData("options.Conventions.AllowAnonymousToFolder(\"/\"); options.Conventions.[|AuthorizeFolder|](\"/Admin\");")]
    [InlineData("options.Conventions.AllowAnonymousToAreaFolder(\"Shop\", \"/\"); options.Conventions.[|AuthorizeAreaPage|](\"Shop\", \"/Order\");")]
    public Task PageConventionInsideAnOpenFolder_IsReported(string statements) => Verify.Reported(Pages(statements));

    [Theory]
    [InlineData("options.Conventions.AuthorizeFolder(\"/Admin\").AllowAnonymousToPage(\"/Admin/Login\");")]
    [InlineData("options.Conventions.AuthorizeFolder(\"/\"); options.Conventions.AllowAnonymousToFolder(\"/Public\");")]
    [InlineData("options.Conventions.AuthorizeFolder(\"/Admin\"); options.Conventions.AllowAnonymousToFolder(\"/Adminis\");")]
    [InlineData("options.Conventions.AuthorizePage(\"/Admin\"); options.Conventions.AllowAnonymousToPage(\"/Other\");")]
    [InlineData("options.Conventions.AuthorizeAreaFolder(\"Shop\", \"/\"); options.Conventions.AllowAnonymousToFolder(\"/\");")]
    [InlineData("options.Conventions.AuthorizeFolder(\"/\"); if (isOpen) { options.Conventions.AllowAnonymousToFolder(\"/\"); }")]
    [InlineData("if (isOpen) options.Conventions.AuthorizeFolder(\"/\"); else options.Conventions.AllowAnonymousToFolder(\"/\");")]
    public Task PageConventionWithException_IsSilent(string statements) => Verify.Silent(Pages(statements));

    [Fact]
    public Task Message_NamesTheEndpoint() => Verify.Reported(
        Mapping("app.{|#0:MapPost|}(\"/orders\", () => 1).{|#1:RequireAuthorization|}().{|#2:AllowAnonymous|}();"),
        expected: new DiagnosticResult(BP4003ContradictoryAuthorizationAnalyzer.Id, DiagnosticSeverity.Warning).WithLocation(0).WithLocation(1).WithLocation(2)
            .WithMessage("'MapPost /orders' requires authorization and allows anonymous callers, so anyone may call it; keep one of the two"));

    [Theory]
    [InlineData("AllowAnonymous", "app.[|MapPost|](\"/orders\", () => 1).RequireAuthorization().AllowAnonymous();", "app.MapPost(\"/orders\", () => 1).RequireAuthorization();")]
    [InlineData("Authorize", "app.[|MapPost|](\"/orders\", () => 1).RequireAuthorization().AllowAnonymous();", "app.MapPost(\"/orders\", () => 1).AllowAnonymous();")]
    [InlineData("AllowAnonymous", "var a = app.[|MapGroup|](\"/a\").RequireAuthorization(); a.WithTags(\"x\").AllowAnonymous();", "var a = app.MapGroup(\"/a\").RequireAuthorization(); a.WithTags(\"x\");")]
    [InlineData("Authorize", "var a = app.MapGroup(\"/a\").AllowAnonymous(); a.[|MapPost|](\"/\", () => 1).RequireAuthorization();", "var a = app.MapGroup(\"/a\").AllowAnonymous(); a.MapPost(\"/\", () => 1);")]
    [InlineData("AllowAnonymous", "var a = app.MapGroup(\"/a\").AllowAnonymous(); a.[|MapPost|](\"/\", () => 1).RequireAuthorization();", "var a = app.MapGroup(\"/a\"); a.MapPost(\"/\", () => 1).RequireAuthorization();")]
    [InlineData("Authorize", "app.[|MapPost|](\"/a\", [AllowAnonymous] () => 1).RequireAuthorization();", "app.MapPost(\"/a\", [AllowAnonymous] () => 1);")]
    public Task OneSide_IsFixed(string key, string statements, string remaining) => Fixed(Mapping(statements), Mapping(remaining), key);

    [Fact]
    public Task StatementOfItsOwn_IsFixedAway() => Fixed(
        Mapping("""
            var orders = app.[|MapGroup|]("/orders");
                    orders.RequireAuthorization();
                    orders.AllowAnonymous();
                    orders.MapPost("/", () => 1);
            """),
        Mapping("""
            var orders = app.MapGroup("/orders");
                    orders.RequireAuthorization();
                    orders.MapPost("/", () => 1);
            """),
        "AllowAnonymous");

    [Fact]
    public Task ConventionsOfPages_AreFixed() => Fixed(
        Pages("options.Conventions.AllowAnonymousToFolder(\"/Public\").[|AuthorizePage|](\"/Public/Private\");"),
        Pages("options.Conventions.AllowAnonymousToFolder(\"/Public\");"),
        "Authorize");

    [Theory]
    [InlineData("Authorize", "[AllowAnonymous]")]
    [InlineData("AllowAnonymous", "[Authorize]")]
    public Task AttributeOfAPage_IsFixed(string key, string remaining) => Fixed(
        Usings + """
            /// <summary>Orders.</summary>
            [Authorize]
            [AllowAnonymous]
            public class [|OrderModel|] : PageModel
            {
            }
            """,
        Usings + $$"""
            /// <summary>Orders.</summary>
            {{remaining}}
            public class OrderModel : PageModel
            {
            }
            """,
        key);

    [Fact]
    public Task SeveralEndpoints_AreFixedTogether() => Verify.Fixed(
        Mapping("app.[|MapPost|](\"/a\", () => 1).RequireAuthorization().AllowAnonymous(); app.[|MapPost|](\"/b\", () => 1).AllowAnonymous().RequireAuthorization();"),
        Mapping("app.MapPost(\"/a\", () => 1).RequireAuthorization(); app.MapPost(\"/b\", () => 1).RequireAuthorization();"));

    [Fact]
    public Task CommentBesideTheCall_IsNotFixed() => Verify.NotFixed(Mapping("""
        app.[|MapPost|]("/orders", () => 1)
                    .RequireAuthorization() // closed
                    .AllowAnonymous(); // open
        """));

    [Fact]
    public Task LongChain_EndsInTime() =>
        Verify.Reported(Mapping("app.[|MapPost|](\"/orders\", () => 1)" + string.Concat(Enumerable.Repeat(".WithTags(\"x\")", 300)) + ".RequireAuthorization().AllowAnonymous();"));
}
