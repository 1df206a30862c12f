using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Tests.Verification;

namespace BackendPatterns.Analyzers.Tests.Model.Endpoints;

/// <summary>What holds for an endpoint in the end; <c>docs/cases/endpoint-stances.md</c> has more cases, which are run as well.</summary>
public class EffectiveStanceTests
{
    private const string Usings = "using Microsoft.AspNetCore.Authorization; using Microsoft.AspNetCore.Mvc; using Microsoft.AspNetCore.Mvc.Authorization; using Microsoft.AspNetCore.SignalR;\n";

    private static AuthorizationStance Of(string statements, string types)
    {
        var endpoints = ModelTest.Compile($$"""
            {{Usings}}
            public static class Hosting
            {
                public static void Run(WebApplicationBuilder builder)
                {
                    WebApplication app = builder.Build();
                    {{statements}}
                }
            }
            {{types}}
            """).Model.Endpoints!;
        return EffectiveStance.Of(Assert.Single(endpoints.All), endpoints);
    }

    [Theory]
    [InlineData("app.MapControllers();", "", AuthorizationStance.None)]
    [InlineData("app.MapControllers().RequireAuthorization();", "", AuthorizationStance.Authorized)]
    [InlineData("app.MapControllers().AllowAnonymous();", "[Authorize]", AuthorizationStance.Anonymous)]
    [InlineData("if (app.Environment.IsDevelopment()) app.MapControllers().RequireAuthorization(); else app.MapControllers();", "", AuthorizationStance.Unknown)]
    [InlineData("builder.Services.AddControllers(o => o.Filters.Add(new AuthorizeFilter())); app.MapControllers();", "", AuthorizationStance.Authorized)]
    [InlineData("builder.Services.AddControllers(o => o.Filters.Add(new AuthorizeFilter())); app.MapControllers();", "[AllowAnonymous]", AuthorizationStance.Anonymous)]
    public void StanceOfAction_HoldsTogetherWithThatOfAllControllers(string statements, string attribute, AuthorizationStance expected) =>
        Assert.Equal(expected, Of(statements, $$"""{{attribute}} public class OrdersController : ControllerBase { [HttpPost("x")] public void Create() { } }"""));

    [Theory]
    [InlineData("builder.Services.AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy);", AuthorizationStance.Authorized)]
    [InlineData("builder.Services.AddAuthorization(o => { if (app.Environment.IsDevelopment()) o.FallbackPolicy = o.DefaultPolicy; });", AuthorizationStance.Unknown)]
    [InlineData("builder.Services.AddAuthorization(o => o.FallbackPolicy = app.Environment.IsDevelopment() ? null : o.DefaultPolicy);", AuthorizationStance.Unknown)]
    [InlineData("builder.Services.AddAuthorization(o => o.FallbackPolicy = null);", AuthorizationStance.None)]
    public void FallbackUnderCondition_IsUnknown(string statements, AuthorizationStance expected) =>
        Assert.Equal(expected, Of(statements + "app.MapPost(\"/x\", () => 1);", ""));

    [Theory]
    [InlineData("var x = app.MapPost(\"/x\", () => 1); if (app.Environment.IsDevelopment()) x.RequireAuthorization();", AuthorizationStance.Unknown)]
    [InlineData("var x = app.MapPost(\"/x\", () => 1); if (app.Environment.IsDevelopment()) x.AllowAnonymous(); else x.RequireAuthorization();", AuthorizationStance.Unknown)]
    [InlineData("if (app.Environment.IsDevelopment()) { var x = app.MapPost(\"/x\", () => 1); x.RequireAuthorization(); }", AuthorizationStance.Authorized)]
    [InlineData("var g = app.MapGroup(\"/g\"); switch (app.Environment.EnvironmentName) { case \"Test\": g.RequireAuthorization(); break; } g.MapPost(\"/x\", () => 1);", AuthorizationStance.Unknown)]
    [InlineData("var g = app.MapGroup(\"/g\"); try { g.RequireAuthorization(); } finally { } g.MapPost(\"/x\", () => 1);", AuthorizationStance.Authorized)]
    public void RequirementUnderCondition_IsUnknown(string statements, AuthorizationStance expected) => Assert.Equal(expected, Of(statements, ""));

    [Theory]
    [InlineData("", "[Authorize]", AuthorizationStance.Authorized)]
    [InlineData("[AllowAnonymous]", "[Authorize]", AuthorizationStance.Authorized)]
    [InlineData("[Authorize]", "[AllowAnonymous]", AuthorizationStance.Authorized)]
    [InlineData("[Authorize, AllowAnonymous]", "", AuthorizationStance.Anonymous)]
    [InlineData("", "[AllowAnonymous]", AuthorizationStance.Anonymous)]
    [InlineData("", "", AuthorizationStance.None)]
    public void HubAndItsMethod_AreAuthorizedEach(string onHub, string onMethod, AuthorizationStance expected) =>
        Assert.Equal(expected, Of("app.MapHub<OrdersHub>(\"/hub\");", $$"""{{onHub}} public class OrdersHub : Hub { {{onMethod}} public void Place() { } }"""));

    [Theory]
    [InlineData("public int Create() => http.HttpContext!.User.Identity!.IsAuthenticated ? 1 : 0;", AuthorizationStance.Unknown)]
    [InlineData("public IResult Create() => http.HttpContext is null ? Results.StatusCode(401) : Results.Ok();", AuthorizationStance.Unknown)]
    [InlineData("public int Create() => throw new System.UnauthorizedAccessException();", AuthorizationStance.Unknown)]
    [InlineData("public string? Create() => http.HttpContext!.User.Identity!.Name;", AuthorizationStance.None)]
    [InlineData("public int Create() => 1;", AuthorizationStance.None)]
    public void ServiceThatRefuses_IsFoundOneCallDeep(string member, AuthorizationStance expected)
    {
        var service = $$"""
            public interface IOrders { object? Run(); }
            public class Orders(Microsoft.AspNetCore.Http.IHttpContextAccessor http) : IOrders { {{member}} public object? Run() => Create(); }
            """;
        Assert.Equal(expected, Of("app.MapPost(\"/x\", (Orders orders) => orders.Create());", service));
        Assert.Equal(expected, Of("app.MapControllers();", service + "public class OrdersController(Orders orders) : ControllerBase { [HttpPost(\"x\")] public object? Place() => orders.Create(); }"));
    }

    [Fact]
    public void ServiceBehindInterface_IsFoundByItsImplementation() => Assert.Equal(AuthorizationStance.Unknown, Of(
        "app.MapPost(\"/x\", (IOrders orders) => orders.Create());",
        """
        public interface IOrders { int Create(); }
        public class Orders(Microsoft.AspNetCore.Http.IHttpContextAccessor http) : IOrders { public int Create() => http.HttpContext!.User.IsInRole("staff") ? 1 : 0; }
        """));

    [Fact]
    public void ServiceOfTheCaller_IsNotFollowedTwoCallsDeep() => Assert.Equal(AuthorizationStance.None, Of(
        "app.MapPost(\"/x\", (Orders orders) => orders.Create());",
        """
        public class Orders(Rules rules) { public int Create() => rules.Check(); }
        public class Rules(Microsoft.AspNetCore.Http.IHttpContextAccessor http) { public int Check() => http.HttpContext!.User.IsInRole("staff") ? 1 : 0; }
        """));

    [Fact]
    public void ShortCircuit_GoesAroundTheFallback() => Assert.Equal(AuthorizationStance.Unknown, Of(
        "builder.Services.AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy); app.MapPost(\"/x\", () => 1).ShortCircuit();", ""));
}
