using BackendPatterns.Analyzers.CodeFixes.Security;
using BackendPatterns.Analyzers.Rules.Security;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Security.BP4001MissingAuthorizationAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Security.BP4001MissingAuthorizationFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Security;

public class BP4001MissingAuthorizationTests
{
    private const string Usings = """
        using System.Security.Claims;
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Identity;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Mvc.Filters;

        """;

    /// <summary>An application that uses authentication and maps its controllers.</summary>
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

    private static Task Reported(string source, string host = Host, string? options = null) => Verify.Reported(Usings + source + host, options);

    private static Task Silent(string source, string host = Host, string? options = null) => Verify.Silent(Usings + source + host, options);

    private static string Action(string attributes, string body = "=> Ok();", string on = "", string members = "", string name = "Save") => $$"""
        {{on}}
        public class OrdersController : ControllerBase
        {
            {{members}}
            {{attributes}} public IActionResult {{name}}() {{body}}
        }
        """;

    private static string Mapping(string statements, string members = "") => $$"""
        public static class Api
        {
            public static void Map(WebApplication app, Func<int> value, RequestDelegate given)
            {
                {{statements}}
            }

            public static string Save() => "";
            {{members}}
        }
        """;

    [Theory]
    [InlineData("[HttpPost]")]
    [InlineData("[HttpPut(\"{id}\")]")]
    [InlineData("[HttpPatch]")]
    [InlineData("[HttpDelete]")]
    [InlineData("[AcceptVerbs(\"POST\")]")]
    [InlineData("[AcceptVerbs(\"put\", \"patch\")]")]
    [InlineData("[HttpPost, Produces(\"application/json\")]")]
    [InlineData("[HttpPost, ValidateAntiForgeryToken]")]
    [InlineData("[HttpPost, RequireHttps]")]
    [InlineData("[HttpPost, Consumes(\"application/json\")]")]
    [InlineData("[HttpPost, Obsolete]")]
    public Task ChangingAction_IsReported(string attributes) => Reported(Action(attributes).Replace(" Save(", " [|Save|](", StringComparison.Ordinal));

    [Theory]
    [InlineData("[HttpGet]")]
    [InlineData("[HttpHead]")]
    [InlineData("")]
    [InlineData("[Route(\"x\")]")]
    [InlineData("[HttpGet, HttpPost]")]
    [InlineData("[AcceptVerbs(\"GET\", \"POST\")]")]
    [InlineData("[HttpPost, NonAction]")]
    [InlineData("[HttpPost, Authorize]")]
    [InlineData("[HttpPost, Authorize(Roles = \"Admin\")]")]
    [InlineData("[HttpPost, AllowAnonymous]")]
    [InlineData("[HttpPost, AdminOnly]")]
    [InlineData("[HttpPost, Audited]")]
    [InlineData("[HttpPost, HasPermission]")]
    [InlineData("[HttpPost, MinimumAge(18)]")]
    [InlineData("[HttpPost, TypeFilter(typeof(AuditFilter))]")]
    [InlineData("[HttpPost, ServiceFilter(typeof(AuditFilter))]")]
    public Task ActionWithStanceOrWithoutChange_IsSilent(string attributes) => Silent(Action(attributes) + """

        public class AdminOnlyAttribute : AuthorizeAttribute { public AdminOnlyAttribute() { Roles = "Admin"; } }
        public class AuditedAttribute : ActionFilterAttribute { }
        public class HasPermissionAttribute : Attribute { }
        public class AuditFilter : IActionFilter { public void OnActionExecuting(ActionExecutingContext c) { } public void OnActionExecuted(ActionExecutedContext c) { } }
        public class MinimumAgeAttribute(int age) : Attribute, IAuthorizationRequirementData
        {
            public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new Microsoft.AspNetCore.Authorization.Infrastructure.AssertionRequirement(_ => age > 0)];
        }
        """);

    [Theory]
    [InlineData("[Authorize]")]
    [InlineData("[AllowAnonymous]")]
    [InlineData("[NonController]")]
    public Task ClassWithStance_IsSilent(string on) => Silent(Action("[HttpPost]", on: on));

    [Theory]
    [InlineData("[ApiController, Route(\"orders\")]")]
    [InlineData("[Area(\"Shop\")]")]
    [InlineData("[ResponseCache(NoStore = true)]")]
    public Task ClassWithoutStance_IsReported(string on) => Reported(Action("[HttpPost]", on: on).Replace(" Save(", " [|Save|](", StringComparison.Ordinal));

    [Theory]
    [InlineData("if (User.Identity is null) return NotFound(); return Ok();")]
    [InlineData("return HttpContext.User.HasClaim(\"a\", \"b\") ? Ok() : NotFound();")]
    [InlineData("return _authorization is null ? Ok() : NotFound();")]
    [InlineData("if (Request.Headers[\"X-Api-Key\"] != \"k\") return NotFound(); return Ok();")]
    [InlineData("return System.Security.Cryptography.HMACSHA256.HashData([1], [2]).Length > 0 ? Ok() : NotFound();")]
    [InlineData("return Request.Path == \"/\" ? Unauthorized() : Ok();")]
    [InlineData("return StatusCode(403);")]
    [InlineData("return Id is null ? NotFound() : Ok();")]
    [InlineData("return Owner() is null ? NotFound() : Ok();")]
    [InlineData("_gate.Open(HttpContext); return Ok();")]
    [InlineData("_gate.EnsurePermission(\"orders\"); return Ok();")]
    [InlineData("return _currentUser.Name is null ? NotFound() : Ok();")]
    [InlineData("return HttpContext.Session.IsAvailable ? Ok() : NotFound();")]
    [InlineData("return _signIn is null ? NotFound() : Ok();")]
    public Task BodyThatChecksTheCaller_IsSilent(string body) => Silent(Action("[HttpPost]", "{ " + body + " }", members: """
        private readonly IAuthorizationService? _authorization = null;
        private readonly Gate _gate = new();
        private readonly ICurrentUser _currentUser = null!;
        private readonly SignInManager<IdentityUser>? _signIn = null;
        private string? Id => User.FindFirst("id")?.Value;
        private string? Owner() => Nested();
        private string? Nested() => User.Identity?.Name;
        """) + """

        public interface ICurrentUser { string Name { get; } }
        public class Gate { public void Open(HttpContext context) { } public void EnsurePermission(string name) { } }
        """);

    private const string Services = """

        public interface IOrderService { void Close(int id); void Count(int id); }
        public class OrderService(IHttpContextAccessor accessor) : IOrderService
        {
            public void Close(int id) { if (accessor.HttpContext!.User.Identity is null) throw new UnauthorizedAccessException(); }
            public void Count(int id) { }
        }
        public class Receipts { public bool Accept(byte[] body) => System.Security.Cryptography.HMACSHA256.HashData(body, body).Length > 0; public bool Print(byte[] body) => body.Length > 0; }
        [Gate] public record CloseOrder(int Id);
        public record CountOrder(int Id);
        public class GateAttribute : AuthorizeAttribute { }
        public interface ISender { void Send(object request); }
        """;

    [Theory]
    [InlineData("_orders.Close(1); return Ok();")]
    [InlineData("return _receipts.Accept([1]) ? Ok() : NotFound();")]
    [InlineData("_sender.Send(new CloseOrder(1)); return Ok();")]
    public Task CheckOneCallAway_IsSilent(string body) => Silent(Action("[HttpPost]", "{ " + body + " }", members: Fields) + Services);

    [Theory]
    [InlineData("_orders.Count(1); return Ok();")]
    [InlineData("return _receipts.Print([1]) ? Ok() : NotFound();")]
    [InlineData("_sender.Send(new CountOrder(1)); return Ok();")]
    public Task CallWithoutCheck_IsReported(string body) =>
        Reported(Action("[HttpPost]", "{ " + body + " }", members: Fields).Replace(" Save(", " [|Save|](", StringComparison.Ordinal) + Services);

    private const string Fields = "private readonly IOrderService _orders = null!; private readonly Receipts _receipts = new(); private readonly ISender _sender = null!;";

    [Fact]
    public Task HandlerOfAnEndpointWithACheckOneCallAway_IsSilent() =>
        Silent(Mapping("app.MapPost(\"/a\", (IOrderService orders) => orders.Close(1)); app.MapPost(\"/b\", Late);", "public static void Late(IOrderService orders) => orders.Close(1);") + Services);

    [Fact]
    public Task HandlerOfAnEndpointWithoutCheck_IsReported() =>
        Reported(Mapping("app.[|MapPost|](\"/a\", (IOrderService orders) => orders.Count(1));") + Services);

    [Fact]
    public Task BodyThatNamesAnEntityUser_IsReported() => Reported("""
        public class StaffController : ControllerBase
        {
            [HttpPost] public IActionResult [|Hire|]() => Ok(new Staff { User = new User { Name = "x" } });
        }
        public class User { public string Name { get; set; } = ""; }
        public class Staff { public User? User { get; set; } }
        """);

    [Theory]
    [InlineData("Login")]
    [InlineData("Register")]
    [InlineData("RefreshToken")]
    [InlineData("ForgotPassword")]
    [InlineData("ResetPassword")]
    [InlineData("StripeWebhook")]
    [InlineData("PaymentCallback")]
    [InlineData("Install")]
    [InlineData("SignUp")]
    [InlineData("VerifyEmail")]
    public Task IntentionallyAnonymousName_IsSilent(string name) => Silent(Action("[HttpPost]", name: name));

    [Theory]
    [InlineData("Catalog")]
    [InlineData("Blogins")]
    [InlineData("Tokenize")]
    [InlineData("ChangePassword")]
    public Task NameThatOnlyContainsTheLetters_IsReported(string name) =>
        Reported(Action("[HttpPost]", name: name).Replace($" {name}(", $" [|{name}|](", StringComparison.Ordinal));

    [Theory]
    [InlineData("[HttpPost(\"login\")]", "")]
    [InlineData("[HttpPost(\"sign-in/{id}\")]", "")]
    [InlineData("[HttpPost]", "[Route(\"webhooks/stripe\")]")]
    public Task IntentionallyAnonymousRoute_IsSilent(string attributes, string on) => Silent(Action(attributes, on: on));

    [Fact]
    public Task AnonymousEndpointsOption_ReplacesTheList() =>
        Silent(Action("[HttpPost]", name: "Ingest"), options: "backend_patterns.anonymous_endpoints = ingest");

    [Fact]
    public Task NameMissingFromTheOption_IsReported() =>
        Reported(Action("[HttpPost]", name: "Login").Replace(" Login(", " [|Login|](", StringComparison.Ordinal), options: "backend_patterns.anonymous_endpoints = ingest");

    [Theory]
    [InlineData("InternalOnly")]
    [InlineData("Other, InternalOnlyAttribute")]
    [InlineData("Gateway.InternalOnly")]
    [InlineData("Gateway.InternalOnlyAttribute")]
    public async Task AuthorizationAttributesOption_NamesAttributesAndMetadata(string names)
    {
        const string Attribute = " namespace Gateway { public class InternalOnlyAttribute : Attribute { } }";
        var options = "backend_patterns.authorization_attributes = " + names;
        await Silent(Action("[HttpPost, Gateway.InternalOnly]") + Attribute, options: options);
        await Silent(Action("[HttpPost]", on: "[Gateway.InternalOnly]") + Attribute, options: options);
        await Silent(Mapping("app.MapPost(\"/orders\", () => 1).WithMetadata(new Gateway.InternalOnlyAttribute()); app.MapPost(\"/a\", [Gateway.InternalOnly] () => 1);") + Attribute, options: options);
    }

    [Theory]
    [InlineData("Internal")]
    [InlineData("Other.InternalOnly")]
    public Task AttributeMissingFromTheOption_IsReported(string names) => Reported(
        Action("[HttpPost, Gateway.InternalOnly]").Replace(" Save(", " [|Save|](", StringComparison.Ordinal) + " namespace Gateway { public class InternalOnlyAttribute : Attribute { } }",
        options: "backend_patterns.authorization_attributes = " + names);

    [Fact]
    public Task SignUpBesideLogin_IsSilent() => Silent("""
        public class UsersController : ControllerBase
        {
            [HttpPost] public IActionResult Create() => Ok();
            [HttpPost("in")] public IActionResult Login() => Ok();
        }
        """);

    [Fact]
    public Task ActionInheritedFromAbstractBase_IsReportedAtTheController() => Reported("""
        public abstract class Crud<T> : ControllerBase { [HttpPost] public IActionResult Add(T item) => Ok(); }
        public class [|ProductsController|] : Crud<Product> { }
        [Authorize] public class CustomersController : Crud<Customer> { }
        """);

    [Fact]
    public Task ActionInheritedFromController_IsReportedOnce() => Reported("""
        public class OrdersController : ControllerBase { [HttpPost] public virtual IActionResult [|Save|]() => Ok(); }
        public class SpecialOrdersController : OrdersController { }
        """);

    [Fact]
    public Task OverrideOfOpenAction_IsReported() => Reported("""
        public abstract class Crud : ControllerBase { [HttpPost] public virtual IActionResult Save() => Ok(); }
        public class OrdersController : Crud { public override IActionResult [|Save|]() => Ok(); }
        """);

    [Fact]
    public Task OverrideOfAuthorizedAction_IsSilent() => Silent("""
        public abstract class Crud : ControllerBase { [HttpPost, Authorize] public virtual IActionResult Save() => Ok(); }
        public class OrdersController : Crud { public override IActionResult Save() => Ok(); }
        """);

    [Fact]
    public Task StanceOnBaseClass_IsSilent() => Silent("""
        [Authorize] public abstract class Secured : ControllerBase { }
        public class OrdersController : Secured { [HttpPost] public IActionResult Save() => Ok(); }
        """);

    [Fact]
    public Task StanceThatIsNotInherited_IsReported() => Reported("""
        [AttributeUsage(AttributeTargets.Class, Inherited = false)] public class OwnAttribute : AuthorizeAttribute { }
        [Own] public abstract class Secured : ControllerBase { }
        public class OrdersController : Secured { [HttpPost] public IActionResult [|Save|]() => Ok(); }
        """);

    [Fact]
    public Task StanceOnInterface_IsReported() => Reported("""
        public interface IOrders { [Authorize] IActionResult Save(); }
        public class OrdersController : ControllerBase, IOrders { [HttpPost] public IActionResult [|Save|]() => Ok(); }
        """);

    [Theory]
    [InlineData("public abstract class OrdersController : ControllerBase")]
    [InlineData("internal class OrdersController : ControllerBase")]
    [InlineData("public class OrdersController<T> : ControllerBase")]
    [InlineData("public class Orders")]
    public Task ClassThatIsNoController_IsSilent(string declaration) => Silent(declaration + " { [HttpPost] public IActionResult? Save() => null; }");

    [Fact]
    public Task PlainClassNamedController_IsReported() => Reported("public class OrdersController { [HttpPost] public int [|Save|]() => 1; }");

    [Theory]
    [InlineData("public static IActionResult? Save() => null;")]
    [InlineData("internal IActionResult? Save() => null;")]
    [InlineData("public IActionResult? Save<T>() => null;")]
    public Task MethodThatIsNoAction_IsSilent(string method) => Silent("public class OrdersController : ControllerBase { [HttpPost] " + method + " }");

    [Fact]
    public Task ControllerThatChecksInOnActionExecuting_IsSilent() => Silent("""
        public class OrdersController : Controller
        {
            public override void OnActionExecuting(ActionExecutingContext context) { if (User.Identity is null) context.Result = NotFound(); }
            [HttpPost] public IActionResult Save() => Ok();
        }
        """);

    [Fact]
    public Task ControllerWithHarmlessOnActionExecuting_IsReported() => Reported("""
        public class OrdersController : Controller
        {
            public override void OnActionExecuting(ActionExecutingContext context) { ViewData["Title"] = "Orders"; }
            [HttpPost] public IActionResult [|Save|]() => Ok();
        }
        """);

    [Theory]
    [InlineData("builder.Services.AddAuthorization(o => o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());")]
    [InlineData("builder.Services.AddAuthorization(o => { o.FallbackPolicy = o.DefaultPolicy; });")]
    [InlineData("builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());")]
    [InlineData("builder.Services.AddAuthorizationBuilder().AddFallbackPolicy(\"all\", p => p.RequireAuthenticatedUser());")]
    [InlineData("builder.Services.AddControllers(o => o.Filters.Add(new Microsoft.AspNetCore.Mvc.Authorization.AuthorizeFilter()));")]
    [InlineData("builder.Services.AddControllers(o => o.Filters.Add<Gate>());")]
    [InlineData("builder.Services.AddControllers(o => o.Conventions.Add(new Closed()));")]
    public Task StanceForTheWholeApplication_IsSilent(string registration) => Silent(Action("[HttpPost]") + """

        public class Gate : IActionFilter
        {
            public void OnActionExecuting(ActionExecutingContext context) { if (context.HttpContext.User.Identity is null) context.Result = new UnauthorizedResult(); }
            public void OnActionExecuted(ActionExecutedContext context) { }
        }
        public class Closed : Microsoft.AspNetCore.Mvc.ApplicationModels.IControllerModelConvention
        {
            public void Apply(Microsoft.AspNetCore.Mvc.ApplicationModels.ControllerModel controller) => controller.Filters.Add(new Gate());
        }
        """, Host.Replace("builder.Services.AddControllers();", registration, StringComparison.Ordinal));

    [Theory]
    [InlineData("builder.Services.AddAuthorization(o => o.DefaultPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());")]
    [InlineData("builder.Services.AddAuthorization(o => o.FallbackPolicy = null);")]
    [InlineData("builder.Services.AddControllers(o => o.Filters.Add<Timer>());")]
    [InlineData("builder.Services.AddControllers(o => o.Filters.Add(new ProducesAttribute(\"application/json\")));")]
    [InlineData("builder.Services.AddControllers(o => o.Conventions.Add(new Versions()));")]
    [InlineData("// FallbackPolicy is not set on purpose")]
    public Task SettingThatCoversNothing_IsReported(string registration) => Reported(Action("[HttpPost]").Replace(" Save(", " [|Save|](", StringComparison.Ordinal) + """

        public class Timer : IActionFilter
        {
            public void OnActionExecuting(ActionExecutingContext context) => context.HttpContext.Items["start"] = DateTime.UtcNow;
            public void OnActionExecuted(ActionExecutedContext context) { }
        }
        public class Versions : Microsoft.AspNetCore.Mvc.ApplicationModels.IControllerModelConvention
        {
            public void Apply(Microsoft.AspNetCore.Mvc.ApplicationModels.ControllerModel controller) => controller.ApiExplorer.GroupName = "v1";
        }
        """, Host.Replace("builder.Services.AddControllers();", registration, StringComparison.Ordinal));

    [Theory]
    [InlineData("app.MapControllers().RequireAuthorization();")]
    [InlineData("app.MapGroup(\"api\").RequireAuthorization().MapControllers();")]
    [InlineData("var mapped = app.MapControllers(); mapped.RequireAuthorization();")]
    [InlineData("app.UseEndpoints(endpoints => endpoints.MapControllers().RequireAuthorization());")]
    public Task ControllersMappedWithStance_IsSilent(string mapping) => Silent(Action("[HttpPost]"), Host.Replace("app.MapControllers();", mapping, StringComparison.Ordinal));

    [Theory]
    [InlineData("app.UseRouting(); app.UseEndpoints(endpoints => endpoints.MapControllers());")]
    [InlineData("app.MapControllerRoute(\"default\", \"{controller}/{action}\");")]
    [InlineData("app.MapDefaultControllerRoute();")]
    [InlineData("app.MapAreaControllerRoute(\"shop\", \"shop\", \"{controller}/{action}\");")]
    [InlineData("app.UseMvcWithDefaultRoute();")]
    [InlineData("app.MapControllers(); app.MapGet(\"/\", () => 1).RequireAuthorization();")]
    public Task ControllersMappedWithoutStance_IsReported(string mapping) =>
        Reported(Action("[HttpPost]").Replace(" Save(", " [|Save|](", StringComparison.Ordinal), Host.Replace("app.MapControllers();", mapping, StringComparison.Ordinal));

    [Theory]
    [InlineData("if (context.GetEndpoint()?.Metadata.Count == 0) return;")]
    [InlineData("if (context.User.Identity?.IsAuthenticated != true) { context.Response.StatusCode = 401; return; }")]
    [InlineData("if (context.Request.Path.StartsWithSegments(\"/api\")) { context.Response.StatusCode = StatusCodes.Status403Forbidden; return; }")]
    public Task OwnMiddlewareThatAuthorizes_IsSilent(string check) => Silent(Action("[HttpPost]") + $$"""

        public class Gate(RequestDelegate next) { public async Task InvokeAsync(HttpContext context) { {{check}} await next(context); } }
        """);

    [Fact]
    public Task InlineMiddlewareThatAuthorizes_IsSilent() => Silent(Action("[HttpPost]"), Host.Replace(
        "app.MapControllers();", "app.Use(async (context, next) => { if (context.User.Identity?.IsAuthenticated == true) await next(); }); app.MapControllers();", StringComparison.Ordinal));

    [Fact]
    public Task MiddlewareThatTranslatesExceptions_IsReported() => Reported(Action("[HttpPost]").Replace(" Save(", " [|Save|](", StringComparison.Ordinal) + """

        public class Errors(RequestDelegate next)
        {
            public async Task InvokeAsync(HttpContext context)
            {
                try { await next(context); }
                catch (UnauthorizedAccessException) { context.Response.StatusCode = 401; }
            }
        }
        """);

    [Theory]
    [InlineData("public IActionResult Save() => Ok();", "app.MapDefaultControllerRoute();")]
    [InlineData("[ActionName(\"store\")] public IActionResult Save() => Ok();", "app.MapControllerRoute(\"default\", \"{controller}/{action}\");")]
    [InlineData("[HttpPost] public IActionResult Save() => Ok();", "app.MapDefaultControllerRoute().RequireAuthorization();")]
    public Task ConventionalActionWithoutVerbOrWithStance_IsSilent(string action, string mapping) =>
        Silent("public class OrdersController : Controller { " + action + " }", Host.Replace("app.MapControllers();", mapping, StringComparison.Ordinal));

    [Fact]
    public Task GenericBaseOfGenericBase_IsReportedAtTheController() => Reported("""
        public abstract class Crud<TItem, TKey> : ControllerBase { [HttpPut("{id}")] public IActionResult Put(TKey id, TItem item) => Ok(); }
        public abstract class IntCrud<TItem> : Crud<TItem, int> { [HttpDelete("{id}")] public IActionResult Delete(int id) => Ok(); }
        [Route("products")] public class [|ProductsController|] : IntCrud<Product> { }
        """);

    [Fact]
    public Task ApplicationWithoutAuthorization_IsSilent() =>
        Silent(Action("[HttpPost]"), Host.Replace("builder.Services.AddAuthentication();", "", StringComparison.Ordinal));

    [Fact]
    public Task UseAuthorizationOfTheTemplateAlone_IsSilent() => Silent(
        Action("[HttpPost]"),
        Host.Replace("builder.Services.AddAuthentication();", "", StringComparison.Ordinal).Replace("app.MapControllers();", "app.UseAuthorization(); app.MapControllers();", StringComparison.Ordinal));

    [Theory]
    [InlineData("public class AdminController : ControllerBase { [Authorize, HttpGet] public int Get() => 1; }")]
    [InlineData("[Authorize] public class AdminController : ControllerBase { }")]
    public Task ApplicationThatUsesAnAuthorizeAttribute_IsReported(string other) => Reported(
        Action("[HttpPost]").Replace(" Save(", " [|Save|](", StringComparison.Ordinal) + other, Host.Replace("builder.Services.AddAuthentication();", "", StringComparison.Ordinal));

    [Fact]
    public Task ApplicationWithAPolicy_IsReported() => Reported(
        Action("[HttpPost]").Replace(" Save(", " [|Save|](", StringComparison.Ordinal),
        Host.Replace("AddAuthentication();", "AddAuthorization(o => o.AddPolicy(\"admin\", p => p.RequireRole(\"admin\")));", StringComparison.Ordinal));

    [Fact]
    public Task ApplicationThatOnlyOpensEndpoints_IsSilent() => Silent(
        Action("[HttpPost]") + "public class HomeController : ControllerBase { [AllowAnonymous, HttpGet] public int Get() => 1; }");

    [Fact]
    public Task HostThatIsNotHere_IsSilent() => Silent(Action("[HttpPost]") + "[Authorize] public class AdminController : ControllerBase { }", host: "");

    [Theory]
    [InlineData("app.[|MapPost|](\"/orders\", () => 1);")]
    [InlineData("app.[|MapPut|](\"/orders\", () => 1);")]
    [InlineData("app.[|MapPatch|](\"/orders\", () => 1);")]
    [InlineData("app.[|MapDelete|](\"/orders\", () => 1);")]
    [InlineData("app.[|MapMethods|](\"/orders\", new[] { \"POST\" }, () => 1);")]
    [InlineData("app.[|MapMethods|](\"/orders\", [HttpMethods.Put], () => 1);")]
    [InlineData("app.[|MapPost|](\"/orders\", Save);")]
    [InlineData("app.[|MapPost|](\"/orders\", async context => await context.Response.WriteAsync(\"x\"));")]
    [InlineData("app.[|MapPost|](\"/orders\", () => 1).WithName(\"x\").WithTags(\"y\").Produces(200);")]
    [InlineData("app.[|MapPost|](\"/orders\", () => 1).WithMetadata(new ProducesAttribute(\"text/plain\"));")]
    [InlineData("var orders = app.MapGroup(\"/orders\"); orders.[|MapPost|](\"/\", () => 1);")]
    [InlineData("app.MapGroup(\"/a\").MapGroup(\"/b\").WithTags(\"x\").[|MapPost|](\"/\", () => 1);")]
    [InlineData("var endpoint = app.[|MapPost|](\"/orders\", () => 1); endpoint.WithName(\"x\");")]
    [InlineData("_ = app.[|MapPost|](\"/orders\", () => 1);")]
    [InlineData("app.UseEndpoints(endpoints => { endpoints.[|MapPost|](\"/orders\", () => 1); });")]
    [InlineData("IEndpointRouteBuilder routes = app; routes.[|MapPost|](\"/orders\", () => 1);")]
    [InlineData("var a = app.MapGroup(\"/a\"); a.MapPost(\"/x\", () => 1).RequireAuthorization(); a.[|MapPost|](\"/y\", () => 1);")]
    [InlineData("var a = app.MapGroup(\"/a\"); var b = a.MapGroup(\"/b\"); b.RequireAuthorization(); a.[|MapPost|](\"/y\", () => 1);")]
    public Task MappedEndpointWithoutStance_IsReported(string statements) => Reported(Mapping(statements));

    [Theory]
    [InlineData("app.MapGet(\"/orders\", () => 1);")]
    [InlineData("app.MapMethods(\"/orders\", [\"GET\", \"POST\"], () => 1);")]
    [InlineData("app.MapPost(\"/orders\", () => 1).RequireAuthorization();")]
    [InlineData("app.MapPost(\"/orders\", () => 1).WithName(\"x\").RequireAuthorization(\"admin\").WithTags(\"y\");")]
    [InlineData("app.MapPost(\"/orders\", () => 1).AllowAnonymous();")]
    [InlineData("app.MapPost(\"/orders\", [Authorize] () => 1);")]
    [InlineData("app.MapPost(\"/orders\", [AllowAnonymous] () => 1);")]
    [InlineData("app.MapPost(\"/orders\", Closed);")]
    [InlineData("app.MapPost(\"/orders\", () => 1).WithMetadata(new AuthorizeAttribute());")]
    [InlineData("app.MapPost(\"/orders\", () => 1).WithMetadata(new Marker());")]
    [InlineData("app.MapPost(\"/orders\", () => 1).AddEndpointFilter(async (c, next) => await next(c));")]
    [InlineData("app.MapPost(\"/orders\", () => 1).Add(b => b.Metadata.Add(new AuthorizeAttribute()));")]
    [InlineData("var endpoint = app.MapPost(\"/orders\", () => 1); endpoint.RequireAuthorization();")]
    [InlineData("var orders = app.MapGroup(\"/orders\").RequireAuthorization(); orders.MapPost(\"/\", () => 1);")]
    [InlineData("var orders = app.MapGroup(\"/orders\"); orders.RequireAuthorization(); orders.MapPost(\"/\", () => 1);")]
    [InlineData("var orders = app.MapGroup(\"/orders\"); orders.MapPost(\"/\", () => 1); orders.WithTags(\"x\").RequireAuthorization();")]
    [InlineData("app.MapGroup(\"/a\").RequireAuthorization().MapGroup(\"/b\").MapPost(\"/\", () => 1);")]
    [InlineData("var a = app.MapGroup(\"/a\").RequireAuthorization(); var b = a.MapGroup(\"/b\"); b.MapPost(\"/\", () => 1);")]
    [InlineData("RouteGroupBuilder a = app.MapGroup(\"/a\"); if (app.Environment.IsDevelopment()) a = app.MapGroup(\"/b\"); a.MapPost(\"/\", () => 1);")]
    [InlineData("app.MapPost(\"/orders\", value);")]
    [InlineData("app.MapPost(\"/orders\", given);")]
    [InlineData("app.MapPost(\"/login\", () => 1);")]
    [InlineData("app.MapGroup(\"/webhooks\").MapPost(\"/stripe\", () => 1);")]
    [InlineData("app.MapPost(\"/orders\", Register);")]
    [InlineData("app.MapPost(\"/orders\", (ClaimsPrincipal user) => user.Identity!.Name);")]
    [InlineData("app.MapPost(\"/orders\", (HttpContext http) => http.User.Identity!.Name);")]
    [InlineData("app.MapPost(\"/orders\", (CurrentUser owner) => 1);")]
    [InlineData("app.MapPost(\"/orders\", (string id) => id == \"\" ? Results.Unauthorized() : Results.Ok());")]
    [InlineData("Configure(app.MapPost(\"/orders\", () => 1));")]
    [InlineData("app.MapPost(\"/orders\", () => 1).Closed2();")]
    public Task MappedEndpointWithStance_IsSilent(string statements) => Silent(Mapping(statements, """
        [Authorize] public static string Closed() => "";
        public static string Register() => "";
        public static void Configure(RouteHandlerBuilder builder) => builder.RequireAuthorization();
        public static RouteHandlerBuilder Closed2(this RouteHandlerBuilder builder) => builder.RequireAuthorization();
        public class CurrentUser { }
        public class Marker : IAuthorizeData { public string? Policy { get; set; } public string? Roles { get; set; } public string? AuthenticationSchemes { get; set; } }
        """));

    [Fact]
    public Task OwnNeutralExtension_IsReported() => Reported(Mapping("app.[|MapPost|](\"/orders\", () => 1).Tagged();", """
        public static RouteHandlerBuilder Tagged(this RouteHandlerBuilder builder) => builder.WithTags("orders");
        """));

    [Fact]
    public Task BuilderParameterWithoutCaller_IsSilent() => Silent("""
        public static class OrderApi { public static void MapOrders(this IEndpointRouteBuilder routes) => routes.MapPost("/orders", () => 1); }
        """);

    [Theory]
    [InlineData("app.MapOrders();")]
    [InlineData("app.MapGroup(\"/v1\").MapOrders();")]
    [InlineData("OrderApi.MapOrders(app);")]
    public Task BuilderParameterOfOpenCallers_IsReported(string call) => Reported("""
        public static class OrderApi
        {
            public static RouteGroupBuilder MapOrders(this IEndpointRouteBuilder routes)
            {
                var group = routes.MapGroup("/orders");
                group.[|MapPost|]("/", () => 1);
                return group;
            }
        }
        """, Host.Replace("app.MapControllers();", call, StringComparison.Ordinal));

    [Theory]
    [InlineData("app.MapOrders().RequireAuthorization();")]
    [InlineData("app.MapGroup(\"/v1\").RequireAuthorization().MapOrders();")]
    [InlineData("var orders = app.MapOrders(); orders.RequireAuthorization();")]
    [InlineData("app.MapOrders(); app.MapGroup(\"/v2\").RequireAuthorization().MapOrders();")]
    [InlineData("Action<IEndpointRouteBuilder> map = r => r.MapOrders(); map(app.MapGroup(\"x\").RequireAuthorization());")]
    public Task BuilderParameterOfClosedCallers_IsSilent(string call) => Silent("""
        public static class OrderApi
        {
            public static RouteGroupBuilder MapOrders(this IEndpointRouteBuilder routes)
            {
                var group = routes.MapGroup("/orders");
                group.MapPost("/", () => 1);
                return group;
            }
        }
        """, Host.Replace("app.MapControllers();", call, StringComparison.Ordinal));

    [Theory]
    [InlineData("app.Closed().MapPost(\"/\", () => 1);")]
    [InlineData("Groups.Closed(app).MapPost(\"/\", () => 1);")]
    [InlineData("var group = app.Closed(); group.MapPost(\"/\", () => 1);")]
    [InlineData("app.Open().RequireAuthorization().MapPost(\"/\", () => 1);")]
    [InlineData("app.MapGroup(\"/x\").RequireAuthorization().Open().MapPost(\"/\", () => 1);")]
    [InlineData("app.Nested().MapPost(\"/\", () => 1);")]
    [InlineData("app.Either(true).MapPost(\"/\", () => 1);")]
    [InlineData("app.Recursive().MapPost(\"/\", () => 1);")]
    [InlineData("new Modules().Make(app).MapPost(\"/\", () => 1);")]
    public Task GroupMadeByAMethodWithStanceOrUnknown_IsSilent(string statements) => Silent(Mapping(statements) + Groups);

    [Theory]
    [InlineData("app.Open().[|MapPost|](\"/\", () => 1);")]
    [InlineData("var group = app.Open(); group.[|MapPost|](\"/\", () => 1);")]
    [InlineData("Groups.Open(app).MapGroup(\"/b\").[|MapPost|](\"/\", () => 1);")]
    [InlineData("app.Closed(); app.[|MapPost|](\"/\", () => 1);")]
    public Task GroupMadeByAMethodWithoutStance_IsReported(string statements) => Reported(Mapping(statements) + Groups);

    private const string Groups = """

        public static class Groups
        {
            public static RouteGroupBuilder Closed(this IEndpointRouteBuilder routes) { var group = routes.MapGroup("/a"); group.RequireAuthorization(); return group; }
            public static RouteGroupBuilder Open(this IEndpointRouteBuilder routes) => routes.MapGroup("/a").WithTags("a");
            public static RouteGroupBuilder Nested(this IEndpointRouteBuilder routes) => routes.Closed().MapGroup("/b");
            public static RouteGroupBuilder Either(this IEndpointRouteBuilder routes, bool isOpen) { if (isOpen) return routes.MapGroup("/a"); return routes.MapGroup("/a").RequireAuthorization(); }
            public static RouteGroupBuilder Recursive(this IEndpointRouteBuilder routes) => routes.Recursive().MapGroup("/a");
        }
        public class Modules { public virtual RouteGroupBuilder Make(IEndpointRouteBuilder routes) => routes.MapGroup("/a"); }
        """;

    [Theory]
    [InlineData("app.MapHealthChecks(\"/status\");")]
    [InlineData("app.MapIdentityApi<IdentityUser>();")]
    [InlineData("app.MapGroup(\"/x\").MapIdentityApi<IdentityUser>();")]
    [InlineData("app.MapFallback(() => 1);")]
    [InlineData("app.MapFallbackToFile(\"index.html\");")]
    [InlineData("app.Map(\"/orders\", () => 1);")]
    [InlineData("app.MapStaticAssets();")]
    public Task MappingOfTheFrameworkOrOfEveryVerb_IsSilent(string statements) => Silent(Mapping(statements));

    [Fact]
    public Task GroupConfiguredByOwnExtension_IsSilent() => Silent(Mapping(
        "var group = app.MapGroup(\"/orders\"); group.Secure(); group.MapPost(\"/\", () => 1);",
        "public static void Secure(this RouteGroupBuilder group) => group.WithTags(\"x\").RequireAuthorization();"));

    [Fact]
    public Task BuilderInField_IsSilent() => Silent("""
        public class OrderApi(IEndpointRouteBuilder routes) { private readonly IEndpointRouteBuilder _routes = routes; public void Map() => _routes.MapPost("/orders", () => 1); }
        """);

    [Fact]
    public Task EndpointModulesThroughAnInterface_AreFollowed() => Reported("""
        public interface IEndpoints { void Map(IEndpointRouteBuilder routes); }
        public class OrderEndpoints : IEndpoints { public void Map(IEndpointRouteBuilder routes) => routes.[|MapPost|]("/orders", () => 1); }
        """, Host.Replace("app.MapControllers();", "foreach (var module in app.Services.GetServices<IEndpoints>()) module.Map(app);", StringComparison.Ordinal));

    [Fact]
    public Task FallbackPolicy_CoversMappedEndpoints() => Silent(
        Mapping("app.MapPost(\"/orders\", () => 1);"),
        Host.Replace("AddAuthentication();", "AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy);", StringComparison.Ordinal));

    [Fact]
    public Task StanceOfControllers_DoesNotCoverMappedEndpoints() => Reported(
        Mapping("app.[|MapPost|](\"/orders\", () => 1);"),
        Host.Replace("app.MapControllers();", "app.MapControllers().RequireAuthorization();", StringComparison.Ordinal));

    [Fact]
    public Task MapPostOfAnotherLibrary_IsSilent() => Silent(Mapping("new Router().MapPost(\"/orders\", () => 1);", "public class Router { public void MapPost(string route, Func<int> handler) { } }"));

    [Fact]
    public Task TopLevelProgram_IsReported() => Verify.Reported("""
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication();
        var app = builder.Build();
        app.[|MapPost|]("/orders", (Order order) => order.Id);
        app.Run();
        """, output: OutputKind.ConsoleApplication);

    [Fact]
    public Task ThousandsOfChainedCalls_EndInTime() =>
        Reported(Mapping("app.[|MapPost|](\"/orders\", () => 1)" + string.Concat(Enumerable.Repeat(".WithTags(\"x\")", 300)) + ";"));

    [Fact]
    public Task LocalAssignedFromItself_DoesNotLoop() =>
        Silent(Mapping("var group = app.MapGroup(\"/a\"); group = group.WithTags(\"x\"); group.MapPost(\"/\", () => 1);"));

    [Fact]
    public Task MethodsThatMapEachOther_DoNotLoop() => Silent("""
        public static class A
        {
            public static RouteGroupBuilder First(this RouteGroupBuilder group) { group.MapPost("/", () => 1); return group.Second(); }
            public static RouteGroupBuilder Second(this RouteGroupBuilder group) => group.First();
        }
        """);

    [Fact]
    public async Task Message_NamesVerbAndEndpoint()
    {
        await Verify.Reported(
            Usings + Action("[HttpPost]").Replace(" Save(", " {|#0:Save|}(", StringComparison.Ordinal) + Host,
            expected: new Microsoft.CodeAnalysis.Testing.DiagnosticResult(BP4001MissingAuthorizationAnalyzer.Id, DiagnosticSeverity.Warning).WithLocation(0)
                .WithMessage("'Save' answers POST requests from anyone; require authorization or allow anonymous access explicitly"));
    }
}
