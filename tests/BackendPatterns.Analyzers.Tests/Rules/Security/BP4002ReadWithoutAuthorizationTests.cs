using BackendPatterns.Analyzers.Rules.Security;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Security.BP4002ReadWithoutAuthorizationAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Security.BP4002ReadWithoutAuthorizationFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Security;

public class BP4002ReadWithoutAuthorizationTests
{
    private const string Usings = """
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Mvc;

        """;

    private const string Host = """

        public static class Hosting
        {
            public static void Run(WebApplicationBuilder builder)
            {
                builder.Services.AddControllers();
                builder.Services.AddAuthentication();
                WebApplication app = builder.Build();
                app.MapControllers();
            }
        }
        """;

    private static string Controller(string actions, string on = "") => Usings + $$"""
        {{on}}
        public class OrdersController : ControllerBase
        {
            {{actions}}
        }
        """ + Host;

    private static string Mapping(string statements) => Usings + $$"""
        public static class Api
        {
            public static void Map(WebApplication app)
            {
                {{statements}}
            }
        }
        """;

    private const string TwoClosed = "[HttpGet, Authorize] public int A() => 1; [HttpGet(\"b\"), Authorize] public int B() => 1; ";
    private const string TwoClosedInGroup = "var g = app.MapGroup(\"/orders\"); g.MapGet(\"/a\", () => 1).RequireAuthorization(); g.MapGet(\"/b\", () => 1).RequireAuthorization(); ";

    [Theory]
    [InlineData(TwoClosed + "[HttpGet(\"c\")] public int [|C|]() => 1;")]
    [InlineData("[HttpGet, Authorize] public int A() => 1; [HttpGet(\"b\"), AllowAnonymous] public int B() => 1; [HttpGet(\"c\")] public int [|C|]() => 1;")]
    [InlineData(TwoClosed + "[HttpGet(\"c\")] public int [|C|]() => 1; [HttpGet(\"d\")] public int [|D|]() => 1;")]
    [InlineData(TwoClosed + "[HttpGet(\"c\")] public int [|C|]() => 1; public int NoVerb() => 1; [HttpPost] public int Save() => 1;")]
    [InlineData(TwoClosed + "[AcceptVerbs(\"GET\", \"POST\")] public int [|C|]() => 1;")]
    public Task ActionBesideClosedReads_IsReported(string actions) => Verify.Reported(Controller(actions));

    [Theory]
    [InlineData("[HttpGet, Authorize] public int A() => 1; [HttpGet(\"b\")] public int B() => 1;")]
    [InlineData(TwoClosed + "[HttpGet(\"c\")] public int C() => 1; [HttpGet(\"d\")] public int D() => 1; [HttpGet(\"e\")] public int E() => 1; [HttpGet(\"f\")] public int F() => 1;")]
    [InlineData(TwoClosed)]
    [InlineData(TwoClosed + "[HttpPost] public int C() => 1;")]
    [InlineData(TwoClosed + "public int C() => 1;")]
    [InlineData(TwoClosed + "[HttpGet(\"c\"), AllowAnonymous] public int C() => 1;")]
    [InlineData(TwoClosed + "[HttpGet(\"health\")] public int C() => 1;")]
    [InlineData(TwoClosed + "[HttpGet(\"c\")] public string? C() => User.Identity?.Name;")]
    [InlineData("[HttpPost, Authorize] public int A() => 1; [HttpPut, Authorize] public int B() => 1; [HttpGet] public int C() => 1;")]
    public Task UsualOrJustifiedRead_IsSilent(string actions) => Verify.Silent(Controller(actions));

    [Fact]
    public Task ClassWithStance_IsSilent() => Verify.Silent(Controller(TwoClosed + "[HttpGet(\"c\")] public int C() => 1;", "[Authorize]"));

    [Theory]
    [InlineData("builder.Services.AddAuthentication();", "builder.Services.AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy);")]
    [InlineData("app.MapControllers();", "app.MapControllers().RequireAuthorization();")]
    [InlineData("app.MapControllers();", "")]
    [InlineData("builder.Services.AddControllers();", "builder.Services.AddControllers(o => o.Filters.Add(new Microsoft.AspNetCore.Mvc.Authorization.AuthorizeFilter()));")]
    public Task ApplicationThatCoversItOrIsNotHere_IsSilent(string line, string other) =>
        Verify.Silent(Controller(TwoClosed + "[HttpGet(\"c\")] public int C() => 1;").Replace(line, other, StringComparison.Ordinal));

    [Theory]
    [InlineData(TwoClosedInGroup + "g.[|MapGet|](\"/c\", () => 1);")]
    [InlineData(TwoClosedInGroup + "g.[|Map|](\"/c\", () => 1);")]
    [InlineData(TwoClosedInGroup + "g.[|MapMethods|](\"/c\", new[] { \"GET\" }, () => 1);")]
    [InlineData(TwoClosedInGroup + "g.WithTags(\"x\").[|MapGet|](\"/c\", () => 1);")]
    [InlineData("app.MapGet(\"/api/orders\", () => 1).RequireAuthorization(); app.MapGet(\"/api/orders/{id}\", (int id) => 1).RequireAuthorization(); app.[|MapGet|](\"/api/orders/all\", () => 1);")]
    public Task EndpointBesideClosedReads_IsReported(string statements) => Verify.Reported(Mapping(statements));

    [Theory]
    [InlineData(TwoClosedInGroup + "g.MapPost(\"/c\", () => 1);")]
    [InlineData(TwoClosedInGroup + "g.MapGet(\"/c\", () => 1).AllowAnonymous();")]
    [InlineData(TwoClosedInGroup + "g.MapGet(\"/health\", () => 1);")]
    [InlineData(TwoClosedInGroup + "g.MapFallback(() => 1);")]
    [InlineData(TwoClosedInGroup + "app.MapGet(\"/c\", () => 1);")]
    [InlineData(TwoClosedInGroup + "var h = app.MapGroup(\"/other\"); h.MapGet(\"/c\", () => 1);")]
    [InlineData(TwoClosedInGroup + "g.RequireAuthorization(); g.MapGet(\"/c\", () => 1);")]
    [InlineData("var g = app.MapGroup(\"/o\"); g.MapGet(\"/a\", () => 1).RequireAuthorization(); g.MapGet(\"/b\", () => 1);")]
    [InlineData("app.MapGet(\"/api/orders\", () => 1).RequireAuthorization(); app.MapGet(\"/api/orders/{id}\", (int id) => 1).RequireAuthorization(); app.MapGet(\"/api/products\", () => 1);")]
    [InlineData("app.MapGet(\"/a\", () => 1).RequireAuthorization(); app.MapGet(\"/b\", () => 1).RequireAuthorization(); app.MapGet(\"/\", () => 1);")]
    public Task EndpointOfAnotherGroupOrWithStance_IsSilent(string statements) => Verify.Silent(Mapping(statements));

    [Fact]
    public Task Message_CountsTheOthers() => Verify.Reported(
        Controller("[HttpGet, Authorize] public int {|#1:A|}() => 1; [HttpGet(\"b\"), Authorize] public int {|#2:B|}() => 1; [HttpGet(\"c\")] public int {|#0:C|}() => 1; [HttpGet(\"d\"), Authorize] public int {|#3:D|}() => 1;"),
        expected: new DiagnosticResult(BP4002ReadWithoutAuthorizationAnalyzer.Id, DiagnosticSeverity.Info).WithLocation(0).WithLocation(1).WithLocation(2).WithLocation(3).WithMessage(
            "'C' answers GET requests from anyone, while 3 of the 3 GET endpoints beside it say who may call; require authorization or allow anonymous access explicitly"));

    [Fact]
    public Task ReportInAGroup_PointsToTheClosedOnes() => Verify.Reported(
        Mapping("var g = app.MapGroup(\"/orders\"); g.{|#1:MapGet|}(\"/a\", () => 1).RequireAuthorization(); g.{|#2:MapGet|}(\"/b\", () => 1).RequireAuthorization(); g.{|#0:MapGet|}(\"/c\", () => 1);"),
        expected: new DiagnosticResult(BP4002ReadWithoutAuthorizationAnalyzer.Id, DiagnosticSeverity.Info).WithLocation(0).WithLocation(1).WithLocation(2).WithArguments("MapGet /orders/c", 2, 2));

    [Fact]
    public Task Action_IsFixed() => Verify.Fixed(
        Controller(TwoClosed + "[HttpGet(\"c\")] public int [|C|]() => 1;"), Controller(TwoClosed + "[HttpGet(\"c\")] [Authorize] public int C() => 1;"));

    [Fact]
    public Task EndpointsOfAGroup_AreFixedTogether() => Verify.Fixed(
        Mapping(TwoClosedInGroup + "g.[|MapGet|](\"/c\", () => 1); g.[|Map|](\"/d\", () => 1);"),
        Mapping(TwoClosedInGroup + "g.MapGet(\"/c\", () => 1).RequireAuthorization(); g.Map(\"/d\", () => 1).RequireAuthorization();"));
}
