using BackendPatterns.Analyzers.CodeFixes.Security;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Rules.Security;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Security.BP4004UnknownPolicyAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Security.BP4004UnknownPolicyFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Security;

public class BP4004UnknownPolicyTests
{
    private const string Usings = """
        using System.Security.Claims;
        using System.Threading.RateLimiting;
        using Microsoft.AspNetCore.Authentication;
        using Microsoft.AspNetCore.Authentication.JwtBearer;
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Cors;
        using Microsoft.AspNetCore.Cors.Infrastructure;
        using Microsoft.AspNetCore.Identity;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.OutputCaching;
        using Microsoft.AspNetCore.RateLimiting;
        using Microsoft.Extensions.Options;

        """;

    /// <summary>Registers one name of every kind.</summary>
    private const string AllKinds = """
        services.AddAuthorization(options => options.AddPolicy("Publishing", policy => policy.RequireRole("creator")));
        services.AddRateLimiter(options => options.AddFixedWindowLimiter("sign-in", limiter => limiter.PermitLimit = 5));
        services.AddCors(options => options.AddPolicy("partners", policy => policy.WithOrigins("https://partner.example")));
        services.AddOutputCache(options => options.AddPolicy("Short", policy => policy.Expire(TimeSpan.FromSeconds(5))));
        services.AddAuthentication().AddJwtBearer().AddCookie("admin");
        """;

    private static string App(string registrations, string members, string startup = "") => $$"""
        {{Usings}}
        public static class Hosting
        {
            public static void Run(string[] args)
            {
                var builder = WebApplication.CreateBuilder(args);
                var services = builder.Services;
                {{registrations}}
                WebApplication app = builder.Build();
                {{startup}}
                app.MapControllers();
                app.Run();
            }
        }

        {{members}}
        """;

    private static string Action(string attribute, string declarations = "") => $$"""
        public class OrdersController : ControllerBase
        {
            {{attribute}} public IActionResult Get() => Ok();
        }
        {{declarations}}
        """;

    private static Task Reported(string registrations, string members, string startup = "") => Verify.Reported(App(registrations, members, startup));

    private static Task Silent(string registrations, string members, string startup = "") => Verify.Silent(App(registrations, members, startup));

    [Theory]
    [InlineData("""[Authorize([|"Publisher"|])]""")]
    [InlineData("""[Authorize(Policy = [|"Publisher"|])]""")]
    [InlineData("""[EnableRateLimiting([|"Sign-In"|])]""")]
    [InlineData("""[EnableCors([|"Partners"|])]""")]
    [InlineData("""[OutputCache(PolicyName = [|"Long"|])]""")]
    [InlineData("""[Authorize(AuthenticationSchemes = [|"Bearer,Admin"|])]""")]
    [InlineData("""[Authorize(AuthenticationSchemes = [|JwtBearerDefaults.AuthenticationScheme + ",Cookies"|])]""")]
    public Task UnknownNameInAttribute_IsReported(string attribute) => Reported(AllKinds, Action(attribute));

    [Theory]
    [InlineData("""[Authorize("publishing")]""")]
    [InlineData("""[Authorize(Policy = "Publishing")]""")]
    [InlineData("""[Authorize("")]""")]
    [InlineData("""[Authorize]""")]
    [InlineData("""[EnableRateLimiting("sign-in")]""")]
    [InlineData("""[DisableRateLimiting]""")]
    [InlineData("""[EnableCors]""")]
    [InlineData("""[EnableCors("partners")]""")]
    [InlineData("""[OutputCache(PolicyName = "short")]""")]
    [InlineData("""[Authorize(AuthenticationSchemes = "Bearer, admin")]""")]
    [InlineData("""[Authorize(AuthenticationSchemes = JwtBearerDefaults.AuthenticationScheme)]""")]
    public Task RegisteredNameInAttribute_IsSilent(string attribute) => Silent(AllKinds, Action(attribute));

    [Theory]
    [InlineData("""app.MapGet("/", () => "").RequireAuthorization([|"Publisher"|]);""")]
    [InlineData("""app.MapGet("/", () => "").RequireAuthorization("Publishing", [|"Admin"|]);""")]
    [InlineData("""app.MapGet("/", [Authorize([|"Publisher"|])] () => "");""")]
    [InlineData("""app.MapGet("/", () => "").RequireAuthorization(new AuthorizeAttribute { Policy = [|"Publisher"|] });""")]
    [InlineData("""app.MapGet("/", () => "").RequireRateLimiting([|"signin"|]);""")]
    [InlineData("""app.MapGet("/", () => "").RequireCors([|"partner"|]);""")]
    [InlineData("""app.MapGet("/", () => "").CacheOutput([|"Long"|]);""")]
    [InlineData("""app.UseCors([|"partner"|]);""")]
    [InlineData("""app.MapGet("/", (HttpContext http) => http.ChallengeAsync([|"Cookies"|]));""")]
    [InlineData("""app.MapGet("/", (HttpContext http) => http.SignInAsync([|"bearer"|], http.User));""")]
    [InlineData("""app.MapGet("/", (HttpContext http, IAuthorizationService authorization) => authorization.AuthorizeAsync(http.User, [|"Publisher"|]));""")]
    [InlineData("""app.MapGet("/", (HttpContext http, IAuthorizationService authorization) => authorization.AuthorizeAsync(http.User, 1, [|"Publisher"|]));""")]
    [InlineData("""var policy = new AuthorizationPolicyBuilder([|"bearer"|]).RequireAuthenticatedUser().Build();""")]
    public Task UnknownNameInCall_IsReported(string statement) => Reported(AllKinds, "", statement);

    [Theory]
    [InlineData("""app.MapGet("/", () => "").RequireAuthorization("PUBLISHING");""")]
    [InlineData("""app.MapGet("/", () => "").RequireAuthorization();""")]
    [InlineData("""app.MapGet("/", () => "").RequireAuthorization(args[0]);""")]
    [InlineData("""app.MapGet("/", () => "").RequireRateLimiting("sign-in");""")]
    [InlineData("""app.MapGet("/", () => "").CacheOutput("SHORT");""")]
    [InlineData("""app.MapGet("/", () => "").CacheOutput();""")]
    [InlineData("""app.UseCors(policy => policy.AllowAnyOrigin());""")]
    [InlineData("""app.UseCors("partners");""")]
    [InlineData("""app.MapGet("/", (HttpContext http) => http.ChallengeAsync("admin"));""")]
    [InlineData("""app.MapGet("/", (HttpContext http) => http.AuthenticateAsync("Windows"));""")]
    [InlineData("""app.MapGet("/", (HttpContext http) => http.ChallengeAsync(IdentityConstants.ApplicationScheme));""")]
    public Task RegisteredOrVariableNameInCall_IsSilent(string statement) => Silent(AllKinds, "", statement);

    [Theory]
    [InlineData("""services.AddAuthorizationBuilder().AddPolicy("Admin", policy => policy.RequireRole("admin"));""")]
    [InlineData("""services.Configure<AuthorizationOptions>(options => options.AddPolicy("Admin", policy => policy.RequireRole("admin")));""")]
    [InlineData("""services.AddAuthorization(); services.ConfigureOptions<AdminPolicies>();""")]
    [InlineData("""services.AddAuthorization(AdminPolicies.Add);""")]
    [InlineData("""const string Name = "Admin"; services.AddAuthorization(options => options.AddPolicy(Name, policy => policy.RequireRole("admin")));""")]
    [InlineData("""services.AddAuthorization(options => options.AddPolicy(AdminPolicies.Name, policy => policy.RequireRole("admin")));""")]
    public Task PolicyRegisteredInAnotherWay_IsSilent(string registration) => Silent(
        registration,
        Action(
            """[Authorize("Admin")]""",
            """
            public class AdminPolicies : IConfigureOptions<AuthorizationOptions>
            {
                public static readonly string Name = "Admin";

                public void Configure(AuthorizationOptions options) => Add(options);

                public static void Add(AuthorizationOptions options) => options.AddPolicy(Name, policy => policy.RequireRole("admin"));
            }
            """));

    [Fact]
    public Task NameHandedToAnOwnMethod_IsFollowed() => Reported(
        "services.AddAuthorization(options => options.AddRole(\"Admin\", \"admin\"));",
        """
        public static class PolicySetup
        {
            public static void AddRole(this AuthorizationOptions options, string name, string role) => options.AddPolicy(name, policy => policy.RequireRole(role));
        }

        [Authorize("Admin")]
        public class OrdersController : ControllerBase
        {
            [Authorize([|"Administrator"|])] public IActionResult Get() => Ok();
        }
        """);

    [Theory]
    [InlineData("""foreach (var name in args) services.AddAuthorization(options => options.AddPolicy(name, policy => policy.RequireRole(name)));""")]
    [InlineData("""services.AddAuthorization(options => options.AddPolicy(builder.Configuration["Policy"]!, policy => policy.RequireRole("admin")));""")]
    [InlineData("""services.AddAuthorization(); services.AddSingleton<IAuthorizationPolicyProvider, Permissions>();""")]
    [InlineData("""services.AddAuthorization().AddPermissions(args);""")]
    public Task RegistrationsThatCannotBeRead_AreSilent(string registration) => Silent(
        registration,
        Action(
            """[Authorize("Admin")]""",
            """
            public class Permissions(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
            {
                public override Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) => base.GetPolicyAsync(policyName);
            }

            public static class PermissionSetup
            {
                public static void AddPermissions(this IServiceCollection services, string[] names)
                {
                    foreach (var name in names)
                        services.Configure<AuthorizationOptions>(options => options.AddPolicy(name, policy => policy.RequireClaim(name)));
                }
            }
            """));

    [Fact]
    public Task ProviderThatIsOnlyAsked_ReplacesNothing() => Reported(
        AllKinds,
        Action(
            """[Authorize([|"Publisher"|])]""",
            "public class Report(IAuthorizationPolicyProvider policies) { public Task<AuthorizationPolicy?> Read() => policies.GetPolicyAsync(\"x\"); }"));

    [Fact]
    public Task NothingOfTheKindRegisteredHere_IsSilent() => Silent(
        "services.AddControllers();",
        Action("""[Authorize("Admin"), EnableRateLimiting("x"), EnableCors("y"), OutputCache(PolicyName = "z")]"""));

    [Fact]
    public Task ServicesWithoutAnyPolicy_AreReported() => Reported("services.AddAuthorization();", Action("""[Authorize([|"Admin"|])]"""));

    [Fact]
    public Task LibraryWithoutHost_IsSilent() => Verify.Silent(
        Usings + """
        public static class Setup
        {
            public static IServiceCollection AddOrders(this IServiceCollection services) =>
                services.AddAuthorization(options => options.AddPolicy("Orders", policy => policy.RequireRole("clerk")));
        }

        [Authorize("Reports")]
        public class ReportsController : ControllerBase;
        """);

    [Fact]
    public Task SchemeOfUnknownExtension_IsSilent() => Silent(
        """services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, Keys>(args[0], null);""",
        Action(
            """[Authorize(AuthenticationSchemes = "keys")]""",
            """
            public class Keys(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, System.Text.Encodings.Web.UrlEncoder encoder)
                : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
            {
                protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());
            }
            """));

    [Theory]
    [InlineData("""services.AddIdentity<IdentityUser, IdentityRole>();""", "Identity.Application")]
    [InlineData("""services.AddIdentityApiEndpoints<IdentityUser>();""", "Identity.Bearer")]
    [InlineData("""services.AddAuthentication().AddIdentityCookies();""", "Identity.External")]
    [InlineData("""services.AddAuthentication().AddBearerToken();""", "BearerToken")]
    [InlineData("""services.AddAuthentication().AddCookie();""", "Cookies")]
    [InlineData("""services.AddAuthentication().AddJwtBearer(options => options.Audience = "shop");""", "Bearer")]
    [InlineData("""services.AddAuthentication(options => options.AddScheme("own", scheme => scheme.DisplayName = "x"));""", "own")]
    public Task DefaultSchemes_AreKnown(string registration, string scheme) =>
        Verify.Reported(App(registration, Action($$"""[Authorize(AuthenticationSchemes = "{{scheme}}"), Authorize(AuthenticationSchemes = [|"other"|])]""")));

    [Fact]
    public Task DerivedAttribute_IsReportedWhereItNamesThePolicy() => Reported(
        AllKinds,
        """
        public class MayPublishAttribute() : AuthorizeAttribute([|"Publisher"|]);

        public class PermissionAttribute(string permission) : AuthorizeAttribute("Publishing")
        {
            public string Permission => permission;
        }

        [MayPublish, Permission("orders.write")]
        public class OrdersController : ControllerBase;
        """);

    [Fact]
    public Task MessageInThePlaceOfAScheme_IsReported() => Reported(
        AllKinds,
        """
        public class OrdersController : ControllerBase
        {
            public IActionResult Get(bool mayRead) => mayRead ? Ok() : Forbid([|"You may not read orders"|]);
            public IActionResult Leave() => SignOut("Bearer", [|"Cookies"|]);
            public IActionResult Refuse() => Forbid();
        }
        """);

    [Fact]
    public Task OwnMethodsOfTheSameName_AreSilent() => Silent(
        AllKinds,
        """
        public class Desk
        {
            public Desk RequireAuthorization(string policyNames) => this;
            public static Desk Make() => new Desk().RequireAuthorization("anything");
        }
        """);

    [Fact]
    public Task RoleConstant_IsLeftToTheRuleOnRoles() => Silent(
        AllKinds,
        Action("[Authorize(Roles.Admin)]", "public static class Roles { public const string Admin = \"admin\"; }"));

    [Fact]
    public Task TestProject_IsSilent() => Verify.Run(
        App(AllKinds, Action("""[Authorize("Publisher")]""")), null, "build_property.IsTestProject = true", OutputKind.DynamicallyLinkedLibrary);

    [Fact]
    public Task MisspeltNames_AreFixed() => Verify.Fixed(
        App(AllKinds, Action(
            """[Authorize([|"Publshing"|])] [EnableRateLimiting([|"signin"|])] [Authorize(AuthenticationSchemes = [|"Bearer, admn"|])]"""),
            """app.MapGet("/", () => "").RequireAuthorization([|Policies.Publish|], "Publishing");""")
        + "public static class Policies { public const string Publish = \"publishin\"; public const string Publishing = \"Publishing\"; }",
        App(AllKinds, Action(
            """[Authorize("Publishing")] [EnableRateLimiting("sign-in")] [Authorize(AuthenticationSchemes = "Bearer, admin")]"""),
            """app.MapGet("/", () => "").RequireAuthorization(Policies.Publishing, "Publishing");""")
        + "public static class Policies { public const string Publish = \"publishin\"; public const string Publishing = \"Publishing\"; }");

    [Fact]
    public Task NameThatIsNearNone_IsNotFixed() => Verify.NotFixed(App(AllKinds, Action("""[Authorize([|"Administrators"|])]""")));

    [Theory]
    [InlineData("sign-in", "Sign-In")]
    [InlineData("Administration", "administraton")]
    [InlineData("RequireAdminRole", "RequireAdminRoel")]
    [InlineData(null, "other")]
    [InlineData(null, "policy")]
    [InlineData(null, "a")]
    public void NearestName_IsTheOneThatIsMeant(string? expected, string written) =>
        Assert.Equal(expected, NearestName.To(written, ["sign-in", "Administration", "RequireAdminRole", "policy1", "policy2", "b"]));
}
