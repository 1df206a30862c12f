using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Architecture.BP2007HttpContextBelowEndpointAnalyzer,
    BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Architecture;

public class BP2007HttpContextBelowEndpointTests
{
    private const string Usings = """
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Identity;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Mvc.Filters;
        using Microsoft.AspNetCore.Mvc.RazorPages;
        using Microsoft.AspNetCore.Razor.TagHelpers;
        using Microsoft.AspNetCore.SignalR;
        using Microsoft.AspNetCore.Diagnostics;
        using Microsoft.Extensions.Diagnostics.HealthChecks;

        """;

    [Theory]
    [InlineData("public class OrderService(ShopContext db, IHttpContextAccessor [|http|]) { public object O => (db, http); }")]
    [InlineData("public class OrderRepository(ShopContext db, IHttpContextAccessor [|http|]) { public object O => (db, http); }")]
    [InlineData("public class OrderService { public HttpContext? [|Context|] { get; set; } }")]
    [InlineData("public class OrderService { public Task<string> PlaceAsync(HttpRequest [|request|]) => Task.FromResult(request.Path.Value!); }")]
    [InlineData("public class OrderService { public void Place(HttpResponse [|response|]) => response.StatusCode = 1; }")]
    [InlineData("public class OrderService { public IActionResult [|Place|]() => new OkResult(); }")]
    [InlineData("public class OrderService { public async Task<ActionResult<Order>> [|PlaceAsync|]() { await Task.Yield(); return new Order(); } }")]
    [InlineData("public class OrderService { public JsonResult [|Place|]() => new(1); }")]
    [InlineData("public class OrderService { public IResult [|Place|]() => Results.Ok(); }")]
    [InlineData("namespace App.Domain { public class Cart { public void Save(IHttpContextAccessor [|http|]) => http.HttpContext!.Session.Clear(); } }")]
    [InlineData("namespace App.Models { public class Cart { public void Save(ISession session, HttpContext [|http|]) { } } }")]
    [InlineData("namespace App.Services { public class ActivityLog(ShopContext db, IHttpContextAccessor [|http|]) { public object O => (db, http); } }")]
    [InlineData("public interface IRequestHandler<T> { } public class PlaceOrderHandler(ShopContext db, IHttpContextAccessor [|http|]) : IRequestHandler<Order> { public object O => (db, http); }")]
    [InlineData("public class SignInService(UserManager<IdentityUser> users, IHttpContextAccessor [|http|]) { public object O => (users, http); }")]
    public Task HttpTypeBelowTheEndpoints_IsReported(string source) => Verify.Reported(Usings + source);

    [Fact]
    public Task TypeWithSeveralDependencies_IsReportedOnce() => Verify.Reported(
        """
        public class OrderService
        {
            private readonly IHttpContextAccessor {|#1:_http|};
            private readonly ShopContext _db;

            public OrderService(IHttpContextAccessor {|#0:http|}, ShopContext db) => (_http, _db) = (http, db);

            public void Place(HttpRequest {|#2:request|}) => _db.Add(new Order { Number = request.Path + _http.HttpContext!.TraceIdentifier });
        }
        """,
        expected: new DiagnosticResult("BP2007", DiagnosticSeverity.Info).WithLocation(0).WithLocation(1).WithLocation(2).WithArguments("OrderService", "IHttpContextAccessor"));

    [Fact]
    public Task InterfaceMemberAndItsImplementation_AreReportedAtTheInterface() => Verify.Reported("""
        public interface IUserService { string NameOf(HttpContext [|context|]); }
        public class UserService(ShopContext db) : IUserService { public string NameOf(HttpContext context) => context.User.Identity!.Name + db; }
        """);

    [Theory]
    [InlineData("public class OrdersController(IHttpContextAccessor http) : ControllerBase { public IActionResult Get() => Ok(http); }")]
    [InlineData("public class IndexModel(IHttpContextAccessor http) : PageModel { public IActionResult OnGet() => Content(http.ToString()!); }")]
    [InlineData("public class OrderHub(IHttpContextAccessor http) : Hub { public object O => http; }")]
    [InlineData("public class TimingMiddleware(RequestDelegate next) { public Task InvokeAsync(HttpContext context) => next(context); }")]
    [InlineData("namespace App.Services { public class TimingService(RequestDelegate next) : IMiddleware { public Task InvokeAsync(HttpContext context, RequestDelegate inner) => next(context); } }")]
    [InlineData("namespace App.Services { public class AuditFilter(ShopContext db, IHttpContextAccessor http) : IActionFilter { public void OnActionExecuting(ActionExecutingContext c) { } public void OnActionExecuted(ActionExecutedContext c) { } public object O => (db, http); } }")]
    [InlineData("namespace App.Services { public class Badge(ShopContext db, IHttpContextAccessor http) : TagHelper { public object O => (db, http); } }")]
    [InlineData("public class OwnerHandler(ShopContext db, IHttpContextAccessor http) : AuthorizationHandler<IAuthorizationRequirement> { protected override Task HandleRequirementAsync(AuthorizationHandlerContext c, IAuthorizationRequirement r) => Task.FromResult((db, http)); }")]
    [InlineData("namespace App.Services { public class OrderBinder(ShopContext db, IHttpContextAccessor http) : Microsoft.AspNetCore.Mvc.ModelBinding.IModelBinder { public Task BindModelAsync(Microsoft.AspNetCore.Mvc.ModelBinding.ModelBindingContext c) => Task.FromResult((db, http)); } }")]
    [InlineData("namespace App.Services { public class Failures(ShopContext db) : IExceptionHandler { public object Db => db; public ValueTask<bool> TryHandleAsync(HttpContext c, Exception e, CancellationToken t) => new(true); } }")]
    [InlineData("namespace App.Services { public class Slow(ShopContext db) : IEndpointFilter { public object Db => db; public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext c, EndpointFilterDelegate next) => next(c); public void Log(HttpContext c) { } } }")]
    [InlineData("namespace App.Services { public class HomePage(ShopContext db, IHttpContextAccessor http) : IHealthCheck { public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext c, CancellationToken t = default) => Task.FromResult(HealthCheckResult.Healthy(db + \"\" + http)); } }")]
    [InlineData("public class TokenHandler(ShopContext db, IHttpContextAccessor http) : DelegatingHandler { public object O => (db, http); }")]
    [InlineData("namespace App.Services { public static class ServiceSetup { public static string RootOf(this HttpRequest request) => request.Path; } }")]
    [InlineData("namespace App.Services { public class AppSignInManager(ShopContext db, UserManager<IdentityUser> users, IHttpContextAccessor http, IUserClaimsPrincipalFactory<IdentityUser> f, Microsoft.Extensions.Options.IOptions<IdentityOptions> o, ILogger<SignInManager<IdentityUser>> l, Microsoft.AspNetCore.Authentication.IAuthenticationSchemeProvider s, IUserConfirmation<IdentityUser> c) : SignInManager<IdentityUser>(users, http, f, o, l, s, c) { public object Db => db; } }")]
    public Task TypeThatPlugsIntoAspNetCore_IsSilent(string source) => Verify.Silent(Usings + source);

    [Theory]
    [InlineData("CurrentUserService")]
    [InlineData("TenantProvider")]
    [InlineData("TenantService")]
    [InlineData("CorrelationIdAccessor")]
    [InlineData("UserContextService")]
    [InlineData("CookieService")]
    public Task AdapterByName_IsSilent(string name) => Verify.Silent($$"""
        namespace App.Services { public class {{name}}(ShopContext db, IHttpContextAccessor http) { public object O => (db, http); } }
        """);

    [Theory]
    [InlineData("IHttpContextAccessor http")]
    [InlineData("IHttpContextAccessor http, ILogger<IdentityService> logger")]
    [InlineData("IHttpContextAccessor http, Microsoft.AspNetCore.Mvc.ViewEngines.ICompositeViewEngine views, IServiceProvider services")]
    public Task TypeThatOnlyWrapsTheRequest_IsSilent(string parameters) => Verify.Silent($$"""
        public interface IIdentityService { string? UserId { get; } }
        public class IdentityService({{parameters}}) : IIdentityService { public string? UserId => http.HttpContext?.User.Identity?.Name; }
        """);

    [Theory]
    [InlineData("public class OrderService(ShopContext db) { public Task<int> CountAsync(System.Security.Claims.ClaimsPrincipal user) => db.Orders.CountAsync(); }")]
    [InlineData("public class UploadService { public long Size(IFormFile file) => file.Length; }")]
    [InlineData("public class HttpContext { } public class OrderService { public void Place(global::HttpContext context) { } }")]
    [InlineData("public class ReportExtractor(ShopContext db, IHttpContextAccessor http) { public object O => (db, http); }")]
    [InlineData("namespace App.Models { public class OrderViewMapper(ShopContext db, IHttpContextAccessor http) { public object O => (db, http); } }")]
    [InlineData("public class OrderEndpoints { public IResult Place(HttpContext context) => Results.Ok(); }")]
    [InlineData("namespace App.Services { public class OrderApi { public static void Map(WebApplication app) => app.MapGet(\"/\", new OrderAnswers().Get); } public class OrderAnswers { public IResult Get(HttpContext context) => Results.Ok(); } }")]
    public Task OtherType_IsSilent(string source) => Verify.Silent(source);
}
