using BackendPatterns.Analyzers.Rules.ApiDesign;
using BackendPatterns.Analyzers.Tests.Verification;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.ApiDesign.BP3006VerbInRouteAnalyzer,
    BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.ApiDesign;

public class BP3006VerbInRouteTests
{
    private static string Controller(string members, string route = "orders") => $$"""
        using Microsoft.AspNetCore.Mvc;

        [ApiController, Route("{{route}}")]
        public class {{(members.StartsWith("//", StringComparison.Ordinal) ? "[|OrdersController|]" : "OrdersController")}} : ControllerBase
        {
            {{members}}
            [HttpGet]
            public int Get() => 1;
        }
        """;

    private static string Mapping(string statement) => $$"""
        public static class Api
        {
            public static void Map(WebApplication app)
            {
                {{statement}}
            }
        }
        """;

    [Fact]
    public void Rule_IsOffByDefault() => Assert.False(new BP3006VerbInRouteAnalyzer().Rule.IsEnabledByDefault);

    [Theory]
    [InlineData("[HttpPost(\"create\")] public int [|Make|]() => 1;")]
    [InlineData("[HttpPost(\"Delete/{id}\")] public int [|Drop|](int id) => id;")]
    [InlineData("[HttpGet, Route(\"{id}/get\")] public int [|One|](int id) => id;")]
    public Task ActionRoute_IsReported(string action) => Verify.Reported(Controller(action));

    [Fact]
    public Task ControllerRoute_IsReported() => Verify.Reported(Controller("// The route is that of the class.", "orders/list"));

    [Theory]
    [InlineData("app.[|MapPost|](\"/orders/add\", () => 1);")]
    [InlineData("app.[|MapGroup|](\"/get/orders\");")]
    public Task MappedRoute_IsReported(string statement) => Verify.Reported(Mapping(statement));

    [Theory]
    [InlineData("[HttpPost(\"created\")] public int Make() => 1;")]
    [InlineData("[HttpPost(\"get-started\")] public int Start() => 1;")]
    [InlineData("[HttpPost(\"{delete}\")] public int Any(string delete) => 1;")]
    [InlineData("[HttpPost(\"{id}/close\")] public int Close(int id) => id;")]
    [InlineData("[HttpPost(\"[action]\")] public int Delete(int id) => id;")]
    [InlineData("public int Delete(string route = \"delete\") => 1;")]
    public Task OtherRoute_IsSilent(string action) => Verify.Silent(Controller(action));

    [Theory]
    [InlineData("app.MapGet(\"/wishlist\", () => 1);")]
    [InlineData("app.MapGet(\"/orders\", () => \"delete\");")]
    [InlineData("var at = \"/delete\" + DateTime.Now; app.MapGet(at, () => 1);")]
    public Task OtherMapping_IsSilent(string statement) => Verify.Silent(Mapping(statement));
}
