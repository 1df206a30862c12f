using Microsoft.CodeAnalysis;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Security.BP4016MalformedRolesAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Security.BP4016MalformedRolesFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Security;

public class BP4016MalformedRolesTests
{
    private const string Constants = """
        public static class Roles { public const string Admin = "admin"; public const string Clerk = "clerk"; }
        public static class Policies { public const string AdminRole = "AdminPolicy"; public const string Admin = "admin"; }
        """;

    private static string Class(string attribute, string more = "") => $$"""
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.Extensions.Options;

        public class OrdersController : ControllerBase
        {
            {{attribute}} public IActionResult Get() => Ok();
        }
        {{Constants}}
        {{more}}
        """;

    private static string Host(string registration = "builder.Services.AddAuthorization();", string mapping = "") => $$"""

        public static class Hosting
        {
            public static void Run(string[] args)
            {
                var builder = WebApplication.CreateBuilder(args);
                {{registration}}
                WebApplication app = builder.Build();
                {{mapping}}
                app.MapControllers();
            }
        }
        """;

    [Theory]
    [InlineData("""[Authorize(Roles = [|"Admin,,User"|])]""")]
    [InlineData("""[Authorize(Roles = [|"Admin,"|])]""")]
    [InlineData("""[Authorize(Roles = [|"Admin, , User"|])]""")]
    [InlineData("""[Authorize(Roles = [|Roles.Admin + ","|])]""")]
    [InlineData("""[Authorize(Roles = [|$"{Roles.Admin},,{Roles.Clerk}"|])]""")]
    [InlineData("""[Authorize(Roles = [|""|])]""")]
    [InlineData("""[Authorize(AuthenticationSchemes = "Bearer", Roles = [|","|])]""")]
    public Task EmptyEntry_IsReported(string attribute) => Verify.Reported(Class(attribute));

    [Theory]
    [InlineData("""[Authorize(Roles = "Admin,User")]""")]
    [InlineData("""[Authorize(Roles = "Admin, User")]""")]
    [InlineData("""[Authorize(Roles = Roles.Admin + "," + Roles.Clerk)]""")]
    [InlineData("""[Authorize(Roles = null)]""")]
    [InlineData("""[Authorize(AuthenticationSchemes = "Bearer,")]""")]
    [InlineData("""[Authorize]""")]
    public Task WholeList_IsSilent(string attribute) => Verify.Silent(Class(attribute));

    [Fact]
    public Task AttributesOfHandlersAndObjects_AreReported() => Verify.Reported(Class("") + Host(mapping: """
        app.MapGet("/a", [Authorize(Roles = [|"admin,"|])] () => "");
        app.MapGet("/b", () => "").RequireAuthorization(new AuthorizeAttribute { Roles = [|",admin"|] });
        [Authorize(Roles = [|"admin,,"|])] string Clerk() => "";
        app.MapGet("/c", Clerk);
        """));

    [Fact]
    public Task PropertyOfAnotherAttribute_IsSilent() => Verify.Silent(Class(
        """[Allowed(Roles = "Admin,,User")]""", "public class AllowedAttribute : Attribute { public string? Roles { get; set; } }"));

    [Fact]
    public Task HiddenProperty_IsSilent() => Verify.Silent(Class(
        """[Allowed(Roles = "Admin,,User")]""", "public class AllowedAttribute : AuthorizeAttribute { public new string? Roles { get; set; } }"));

    [Theory]
    [InlineData("""[Authorize([|Roles.Admin|])]""")]
    [InlineData("""[Authorize(Policy = [|Roles.Clerk|])]""")]
    public Task RoleConstantAsPolicy_IsReported(string attribute) => Verify.Reported(Class(attribute) + Host());

    [Theory]
    [InlineData("""[Authorize(Roles = Roles.Admin)]""")]
    [InlineData("""[Authorize(Policies.AdminRole)]""")]
    [InlineData("""[Authorize(Policies.Admin)]""")]
    [InlineData("""[Authorize("admin")]""")]
    public Task OtherNames_AreSilent(string attribute) => Verify.Silent(Class(attribute) + Host());

    [Fact]
    public Task RoleConstantThatIsAPolicyToo_IsSilent() => Verify.Silent(
        Class("[Authorize(Roles.Admin)]") + Host("builder.Services.AddAuthorization(options => options.AddPolicy(Roles.Admin, policy => policy.RequireRole(Roles.Admin)));"));

    [Fact]
    public Task RegistrationsThatAreNotKnown_AreSilent() => Verify.Silent(
        Class("[Authorize(Roles.Admin)]") + Host("builder.Services.AddAuthorization(options => options.AddPolicy(args[0], policy => policy.RequireRole(Roles.Admin)));"));

    [Fact]
    public Task LibraryWithoutHost_IsSilentOnRoleConstants() => Verify.Silent(Class("[Authorize(Roles.Admin)]"));

    [Fact]
    public Task CustomProvider_IsSilent() => Verify.Silent(
        Class(
            """[Authorize(Roles.Admin, Roles = "admin,,clerk")]""",
            "public class Permissions(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options);")
        + Host());

    [Fact]
    public Task EmptyEntries_AreFixed() => Verify.Fixed(
        Class("""[Authorize(Roles = [|"Admin,,User"|])] [Authorize(Roles = [|"Admin, User, "|])]"""),
        Class("""[Authorize(Roles = "Admin,User")] [Authorize(Roles = "Admin, User")]"""));

    [Theory]
    [InlineData("""[Authorize(Roles = [|","|])]""")]
    [InlineData("""[Authorize(Roles = [|Roles.Admin + ","|])]""")]
    public Task ListWithoutARepair_IsNotFixed(string attribute) => Verify.NotFixed(Class(attribute));

    [Fact]
    public Task RoleConstants_AreFixed() => Verify.Fixed(
        Class("""[Authorize([|Roles.Admin|])] [Authorize(Policy = [|Roles.Clerk|])] [Authorize([|Roles.Admin|], AuthenticationSchemes = "Bearer")]""")
        + Host(mapping: """app.MapGet("/", () => "").RequireAuthorization([|Roles.Admin|]);"""),
        Class("""[Authorize(Roles = Roles.Admin)] [Authorize(Roles = Roles.Clerk)] [Authorize(Roles = Roles.Admin, AuthenticationSchemes = "Bearer")]""")
        + Host(mapping: """app.MapGet("/", () => "").RequireAuthorization(policy => policy.RequireRole(Roles.Admin));"""));

    [Fact]
    public Task RoleConstantBesideRoles_IsNotFixed() => Verify.NotFixed(Class("""[Authorize([|Roles.Admin|], Roles = "clerk")]""") + Host());

    [Fact]
    public Task TestProject_IsSilent() => Verify.Run(Class("""[Authorize(Roles = "Admin,,User")]"""), null, "build_property.IsTestProject = true", OutputKind.DynamicallyLinkedLibrary);
}
