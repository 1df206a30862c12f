using Microsoft.CodeAnalysis;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Security.BP4007CredentialEndpointUnlimitedAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Security.BP4007CredentialEndpointUnlimitedFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Security;

public class BP4007CredentialEndpointUnlimitedTests
{
    private const string Usings = """
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Identity;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.RateLimiting;

        """;

    private const string Limiter = """builder.Services.AddRateLimiter(options => options.AddFixedWindowLimiter("strict", limiter => limiter.PermitLimit = 5));""";

    private static string App(string mapping, string members = "", string registration = Limiter) => Usings + $$"""
        public static class Hosting
        {
            public static void Run(string[] args)
            {
                var builder = WebApplication.CreateBuilder(args);
                {{registration}}
                WebApplication app = builder.Build();
                app.UseRateLimiter();
                {{mapping}}
            }
        }
        {{members}}
        """;

    private static string Controller(string actions, string on = "") => $$"""
        {{on}}
        [Route("account")]
        public class AccountController(SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users) : ControllerBase
        {
            {{actions}}
        }
        """;

    private const string Body = "=> Ok(signIn.Options.Lockout.ToString() + users.Options);";

    [Theory]
    [InlineData("""app.[|MapPost|]("/login", (string name) => name);""")]
    [InlineData("""app.[|MapPost|]("/api/auth/sign-in", (string name) => name);""")]
    [InlineData("""app.[|MapPost|]("/connect/token", (string name) => name).AllowAnonymous();""")]
    [InlineData("""app.[|MapPost|]("/password/reset-password", (string name) => name).WithTags("x");""")]
    [InlineData("""var auth = app.MapGroup("/auth").WithTags("x"); auth.[|MapPost|]("/token", (string name) => name);""")]
    [InlineData("""app.[|MapMethods|]("/login", new[] { "POST" }, (string name) => name);""")]
    public Task CredentialEndpoint_IsReported(string mapping) => Verify.Reported(App(mapping));

    [Theory]
    [InlineData("""app.MapPost("/login", (string name) => name).RequireRateLimiting("strict");""")]
    [InlineData("""app.MapPost("/login", (string name) => name).DisableRateLimiting();""")]
    [InlineData("""app.MapPost("/login", [EnableRateLimiting("strict")] (string name) => name);""")]
    [InlineData("""var auth = app.MapGroup("/auth").RequireRateLimiting("strict"); auth.MapPost("/token", (string name) => name);""")]
    [InlineData("""var auth = app.MapGroup("/auth"); auth.MapPost("/token", (string name) => name); auth.RequireRateLimiting("strict");""")]
    [InlineData("""var login = app.MapPost("/login", (string name) => name); login.RequireRateLimiting("strict");""")]
    [InlineData("""app.MapPost("/login", (string name) => name).AddEndpointFilter(async (context, next) => await next(context));""")]
    [InlineData("""app.MapGet("/login", (string name) => name);""")]
    [InlineData("""app.MapPost("/login", (string name) => name).RequireAuthorization();""")]
    [InlineData("""app.MapPost("/login/history", (string name) => name);""")]
    [InlineData("""app.MapPost("/tokens/revoke", (string name) => name);""")]
    [InlineData("""app.MapPost("/device-token", (string name) => name);""")]
    public Task LimitedOrOtherEndpoint_IsSilent(string mapping) => Verify.Silent(App(mapping));

    [Fact]
    public Task GroupHandedToAMethod_IsFollowed() => Verify.Reported(App(
        """AuthApi.Map(app.MapGroup("/auth")); OtherApi.Map(app.MapGroup("/other").RequireRateLimiting("strict"));""",
        """
        public static class AuthApi
        {
            public static void Map(RouteGroupBuilder group) => group.[|MapPost|]("/login", (string name) => name);
        }

        public static class OtherApi
        {
            public static void Map(RouteGroupBuilder group) => group.MapPost("/login", (string name) => name);
        }

        public static class UnusedApi
        {
            public static void Map(RouteGroupBuilder group) => group.MapPost("/login", (string name) => name);
        }
        """));

    [Theory]
    [InlineData("""[HttpPost("login")] public IActionResult [|Login|]() """ + Body)]
    [InlineData("""[HttpPost("x"), AllowAnonymous] public IActionResult [|ForgotPassword|]() """ + Body)]
    [InlineData("""[HttpPost("x")] public async Task<bool> [|Enter|](string name, string password) => (await signIn.PasswordSignInAsync(name, password, false, lockoutOnFailure: false)).Succeeded;""")]
    [InlineData("""[HttpPost("x")] public Task<bool> [|Enter|](IdentityUser user, string password) => users.CheckPasswordAsync(user, password);""")]
    [InlineData("""[HttpPost("x")] public Task<IdentityResult> [|Enter|](IdentityUser user, string token) => users.ResetPasswordAsync(user, token, "new");""")]
    public Task CredentialAction_IsReported(string action) => Verify.Reported(App("app.MapControllers();", Controller(action)));

    [Theory]
    [InlineData("""[HttpPost("login"), EnableRateLimiting("strict")] public IActionResult Login() """ + Body)]
    [InlineData("""[HttpPost("login"), LoginThrottle] public IActionResult Login() """ + Body)]
    [InlineData("""[HttpPost("login"), Authorize] public IActionResult Login() """ + Body)]
    [InlineData("""[HttpGet("login")] public IActionResult Login() """ + Body)]
    [InlineData("""[HttpPost("orders")] public IActionResult Save() """ + Body)]
    [InlineData("""[HttpPost("x")] public async Task<bool> Enter(string name, string password) => (await signIn.PasswordSignInAsync(name, password, false, lockoutOnFailure: true)).Succeeded;""")]
    public Task LimitedOrOtherAction_IsSilent(string action) =>
        Verify.Silent(App("app.MapControllers();", Controller(action) + "public class LoginThrottleAttribute : Attribute;"));

    [Fact]
    public Task LimiterOnTheController_IsSilent() => Verify.Silent(App(
        "app.MapControllers();", Controller("""[HttpPost("login")] public IActionResult Login() """ + Body, """[EnableRateLimiting("strict")]""")));

    [Fact]
    public Task LimiterOnAllControllers_IsSilent() => Verify.Silent(App(
        """app.MapControllers().RequireRateLimiting("strict");""", Controller("""[HttpPost("login")] public IActionResult Login() """ + Body)));

    [Fact]
    public Task GlobalLimiter_IsSilent() => Verify.Silent(App(
        """app.MapPost("/login", (string name) => name);""",
        registration: """
            builder.Services.AddRateLimiter(options => options.GlobalLimiter = System.Threading.RateLimiting.PartitionedRateLimiter.Create<HttpContext, string>(
                context => System.Threading.RateLimiting.RateLimitPartition.GetNoLimiter("all")));
            """));

    [Fact]
    public Task AppWithoutLimiters_IsSilent() => Verify.Silent(App("""app.MapPost("/login", (string name) => name);""", registration: "").Replace("app.UseRateLimiter();", "", StringComparison.Ordinal));

    [Fact]
    public Task FallbackPolicy_IsSilentOnWhatItCovers() => Verify.Silent(App(
        """app.MapPost("/login", (string name) => name);""",
        registration: Limiter + "builder.Services.AddAuthorizationBuilder().AddFallbackPolicy(\"all\", policy => policy.RequireAuthenticatedUser());"));

    [Fact]
    public Task OwnLimitingMiddleware_IsSilent() => Verify.Silent(App(
        """app.UseMiddleware<LoginThrottlingMiddleware>(); app.MapPost("/login", (string name) => name);""",
        "public class LoginThrottlingMiddleware(RequestDelegate next) { public Task InvokeAsync(HttpContext context) => next(context); }"));

    [Fact]
    public Task LockoutAtAnotherPlace_IsSilentOnSigningIn_ButNotOnResets() => Verify.Reported(App(
        "app.MapControllers();",
        Controller(
            """
            [HttpPost("login")] public Task<bool> Login(string name) => Accounts.SignInAsync(signIn, name);
            [HttpPost("reset-password")] public Task<IdentityResult> [|ResetPassword|](IdentityUser user, string token) => users.ResetPasswordAsync(user, token, "new");
            """)
        + """
        public static class Accounts
        {
            public static async Task<bool> SignInAsync(SignInManager<IdentityUser> signIn, string name) => (await signIn.PasswordSignInAsync(name, "x", false, true)).Succeeded;
        }
        """));

    [Fact]
    public Task OnlyPolicy_IsRequired() => Verify.Fixed(
        App("""app.[|MapPost|]("/login", (string name) => name).WithTags("x"); app.MapControllers();""", Controller("""
            [HttpPost("login")]
                public IActionResult [|Login|]()
            """ + " " + Body)),
        App("""app.MapPost("/login", (string name) => name).WithTags("x").RequireRateLimiting("strict"); app.MapControllers();""", Controller("""
            [HttpPost("login")]
                [EnableRateLimiting("strict")]
                public IActionResult Login()
            """ + " " + Body)));

    [Fact]
    public Task SeveralPolicies_AreNotChosenFrom() => Verify.NotFixed(App(
        """app.[|MapPost|]("/login", (string name) => name);""",
        registration: Limiter + """builder.Services.Configure<RateLimiterOptions>(options => options.AddConcurrencyLimiter("wide", limiter => limiter.PermitLimit = 5));"""));

    [Fact]
    public Task TestProject_IsSilent() => Verify.Run(App("""app.MapPost("/login", (string name) => name);"""), null, "build_property.IsTestProject = true", OutputKind.DynamicallyLinkedLibrary);
}
