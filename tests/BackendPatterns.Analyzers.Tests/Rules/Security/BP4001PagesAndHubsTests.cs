using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Security.BP4001MissingAuthorizationAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Security.BP4001MissingAuthorizationFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Security;

public class BP4001PagesAndHubsTests
{
    private const string Usings = """
        using System.Security.Claims;
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Mvc.Filters;
        using Microsoft.AspNetCore.Mvc.RazorPages;
        using Microsoft.AspNetCore.SignalR;

        """;

    private static string Host(string services, string mapping) => Usings + $$"""
        public static class Hosting
        {
            public static void Run(WebApplicationBuilder builder)
            {
                builder.Services.AddAuthentication();
                {{services}}
                WebApplication app = builder.Build();
                {{mapping}}
            }
        }
        """;

    private const string AddPages = "builder.Services.AddRazorPages();";
    private const string MapPages = "app.MapRazorPages();";
    private const string Markup = "@page\n@model OrderModel\n<p>Order</p>";

    private static string Page(string handlers, string on = "") => Usings + $$"""
        {{on}}
        public class OrderModel : PageModel
        {
            {{handlers}}
        }
        """;

    /// <summary>The code of a page beside its markup, in a folder as the Razor SDK has them.</summary>
    private static Task Run(string page, string services, string mapping, string? markup = Markup, string file = "/src/Pages/Shop/Order.cshtml", string? imports = null, string? fixedPage = null) =>
        Verify.Run(Host(services, mapping), fixedPage is null ? null : Host(services, mapping), options: null, Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary, test =>
        {
            test.TestState.Sources.Add((file + ".cs", page));
            if (markup is not null)
                test.TestState.AdditionalFiles.Add((file, markup));
            if (imports is not null)
                test.TestState.AdditionalFiles.Add(("/src/Pages/_ViewImports.cshtml", imports));
            if (fixedPage is not null)
            {
                test.FixedState.Sources.Add((file + ".cs", fixedPage));
                test.FixedState.AdditionalFiles.Add((file, Markup));
            }
        });

    [Theory]
    [InlineData("public void [|OnPost|]() { }")]
    [InlineData("public Task<IActionResult> [|OnPostAsync|]() => Task.FromResult<IActionResult>(Page());")]
    [InlineData("public void OnGet() { } public IActionResult [|OnPostDelete|](int id) => Page();")]
    [InlineData("public void [|OnPut|]() { }")]
    [InlineData("public void [|OnPost|]() { } public void OnPostDeleteAsync() { }")]
    [InlineData("[Authorize] public void [|OnPost|]() { }")]
    public Task HandlerThatChangesState_IsReported(string handlers) => Run(Page(handlers), AddPages, MapPages);

    [Theory]
    [InlineData("public void OnGet() { }")]
    [InlineData("public void OnPosted() { }")]
    [InlineData("public void Post() { }")]
    [InlineData("private void OnPost() { }")]
    [InlineData("public static void OnPost() { }")]
    [InlineData("[NonHandler] public void OnPost() { }")]
    [InlineData("public IActionResult OnPost() => User.Identity is null ? NotFound() : Page();")]
    [InlineData("public void OnPostLogin() { }")]
    [InlineData("public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) { if (User.Identity is null) context.Result = NotFound(); } public void OnPost() { }")]
    public Task HandlerThatReadsOrChecks_IsSilent(string handlers) => Run(Page(handlers), AddPages, MapPages);

    [Theory]
    [InlineData("[Authorize]")]
    [InlineData("[AllowAnonymous]")]
    [InlineData("[Authorize(Policy = \"admin\")]")]
    [InlineData("[Gate]")]
    public Task PageModelWithStance_IsSilent(string on) => Run(Page("public void OnPost() { }", on) + "public class GateAttribute : ResultFilterAttribute { }", AddPages, MapPages);

    [Fact]
    public Task StanceOfTheBaseClass_IsSilent() => Run(
        Usings + "[Authorize] public abstract class ClosedPage : PageModel { } public class OrderModel : ClosedPage { public void OnPost() { } }", AddPages, MapPages);

    [Fact]
    public Task HandlerOfTheBaseClass_IsReportedAtThePage() => Run(
        Usings + "public abstract class Crud<T> : PageModel { public void OnPost(T item) { } } public class [|OrderModel|] : Crud<Order> { }", AddPages, MapPages);

    [Theory]
    [InlineData("builder.Services.AddRazorPages(o => o.Conventions.AuthorizeFolder(\"/\"));")]
    [InlineData("builder.Services.AddRazorPages(o => { o.Conventions.AuthorizeFolder(\"/Shop\"); });")]
    [InlineData("builder.Services.AddRazorPages(o => o.Conventions.AuthorizePage(\"/Shop/Order\", \"admin\"));")]
    [InlineData("builder.Services.AddRazorPages(o => o.Conventions.AuthorizeFolder(\"/Admin\").AllowAnonymousToPage(\"/Shop/Order\"));")]
    [InlineData("builder.Services.AddRazorPages(o => o.Conventions.AllowAnonymousToFolder(\"/shop\"));")]
    [InlineData("builder.Services.AddRazorPages().AddRazorPagesOptions(o => o.Conventions.AuthorizeFolder(\"/Shop\"));")]
    [InlineData("builder.Services.Configure<RazorPagesOptions>(o => o.Conventions.AuthorizeFolder(\"/Shop\"));")]
    [InlineData("builder.Services.AddRazorPages(o => o.Conventions.AddFolderApplicationModelConvention(\"/\", model => model.Filters.Add(new Microsoft.AspNetCore.Mvc.Authorization.AuthorizeFilter())));")]
    [InlineData("builder.Services.AddRazorPages(o => o.Conventions.ConfigureFilter(new Microsoft.AspNetCore.Mvc.Authorization.AuthorizeFilter()));")]
    [InlineData("builder.Services.AddRazorPages(o => { o.RootDirectory = \"/src\"; o.Conventions.AuthorizeFolder(\"/Pages\"); });")]
    [InlineData("builder.Services.AddRazorPages(); builder.Services.AddMvc(o => o.Filters.Add(new Microsoft.AspNetCore.Mvc.Authorization.AuthorizeFilter()));")]
    [InlineData("builder.Services.AddRazorPages(); builder.Services.AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy);")]
    [InlineData("var folder = builder.Environment.ApplicationName; builder.Services.AddRazorPages(o => o.Conventions.AuthorizeFolder(folder));")]
    public Task ConventionThatCoversThePage_IsSilent(string services) => Run(Page("public void OnPost() { }"), services, MapPages);

    [Theory]
    [InlineData("builder.Services.AddRazorPages(o => o.Conventions.AuthorizeFolder(\"/Admin\"));")]
    [InlineData("builder.Services.AddRazorPages(o => o.Conventions.AuthorizeFolder(\"/Sho\"));")]
    [InlineData("builder.Services.AddRazorPages(o => o.Conventions.AuthorizePage(\"/Shop\"));")]
    [InlineData("builder.Services.AddRazorPages(o => o.Conventions.AuthorizeAreaFolder(\"Shop\", \"/\"));")]
    public Task ConventionForOtherPages_IsReported(string services) => Run(Page("public void [|OnPost|]() { }"), services, MapPages);

    [Fact]
    public Task AreaConvention_CoversItsPages() => Run(
        Page("public void OnPost() { }"), "builder.Services.AddRazorPages(o => o.Conventions.AuthorizeAreaFolder(\"Shop\", \"/\"));", MapPages, file: "/src/Areas/Shop/Pages/Order.cshtml");

    [Theory]
    [InlineData("app.MapRazorPages().RequireAuthorization();")]
    [InlineData("app.MapGroup(\"/x\").RequireAuthorization().MapRazorPages();")]
    [InlineData("")]
    public Task PagesMappedWithStanceOrElsewhere_AreSilent(string mapping) => Run(Page("public void OnPost() { }"), AddPages, mapping);

    [Fact]
    public Task ControllersMappedWithStance_DoNotCoverPages() => Run(Page("public void [|OnPost|]() { }"), AddPages + "builder.Services.AddControllers();", "app.MapRazorPages(); app.MapControllers().RequireAuthorization();");

    [Theory]
    [InlineData("@page\n@attribute [Authorize]\n@model OrderModel")]
    [InlineData("@page\n@attribute [AllowAnonymous]\n@model OrderModel")]
    [InlineData("@page\n@attribute [Gate]\n@model OrderModel")]
    [InlineData("@page\n@model OtherModel")]
    [InlineData("@model OrderModel")]
    [InlineData(null)]
    public Task MarkupWithStanceOrOfAnotherPage_IsSilent(string? markup) => Run(Page("public void OnPost() { }"), AddPages, MapPages, markup);

    [Fact]
    public Task ImportsWithStance_AreSilent() => Run(Page("public void OnPost() { }"), AddPages, MapPages, imports: "@using Microsoft.AspNetCore.Authorization\n@attribute [Authorize]\n");

    [Fact]
    public Task ImportsWithoutStance_AreReported() => Run(Page("public void [|OnPost|]() { }"), AddPages, MapPages, imports: "@using Microsoft.AspNetCore.Authorization\n");

    [Fact]
    public Task LoginPage_IsSilent() => Run(Page("public void OnPost() { }"), AddPages, MapPages, file: "/src/Pages/Account/Login.cshtml");

    [Fact]
    public Task Page_IsFixedAtItsClass() => Run(
        Page("public void [|OnPost|]() { } public void OnPostDelete() { }", "/// <summary>Orders.</summary>"), AddPages, MapPages,
        fixedPage: Page("public void OnPost() { } public void OnPostDelete() { }", "/// <summary>Orders.</summary>\n[Authorize]"));

    private static string Hub(string members, string on = "", string mapping = "app.MapHub<OrderHub>(\"/orders\");", string services = "builder.Services.AddSignalR();") => Host(services, mapping) + $$"""

        {{on}}
        public class OrderHub : Hub
        {
            {{members}}
        }
        """;

    [Theory]
    [InlineData("public Task Send(string text) => Clients.All.SendAsync(\"text\", text);")]
    [InlineData("public Task Join(string group) => Groups.AddToGroupAsync(Context.ConnectionId, group); public override Task OnConnectedAsync() => base.OnConnectedAsync();")]
    public Task HubWithoutStance_IsReportedAtTheClass(string members) => Verify.Reported(Hub(members).Replace("class OrderHub", "class [|OrderHub|]", StringComparison.Ordinal));

    [Fact]
    public Task ReportOfAHub_PointsToItsMethods() => Verify.Reported(
        Hub("public void {|#1:Send|}() { } public void {|#2:Delete|}() { }").Replace("class OrderHub", "class {|#0:OrderHub|}", StringComparison.Ordinal),
        expected: new Microsoft.CodeAnalysis.Testing.DiagnosticResult("BP4001", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithLocation(0).WithLocation(1).WithLocation(2)
            .WithArguments("Delete', 'Send", "SignalR"));

    [Fact]
    public Task OpenMethodBesideClosedOne_IsReportedItself() => Verify.Reported(Hub("[Authorize] public void Send() { } public void [|Delete|]() { }"));

    [Fact]
    public Task HubInAnOpenGroup_IsReported() => Verify.Reported(
        Hub("public void Send() { }", mapping: "app.MapGroup(\"/live\").MapHub<OrderHub>(\"/orders\").WithTags(\"x\");").Replace("class OrderHub", "class [|OrderHub|]", StringComparison.Ordinal));

    [Theory]
    [InlineData("[Authorize]")]
    [InlineData("[AllowAnonymous]")]
    public Task HubWithStance_IsSilent(string on) => Verify.Silent(Hub("public void Send() { }", on));

    [Theory]
    [InlineData("")]
    [InlineData("public override Task OnConnectedAsync() => base.OnConnectedAsync();")]
    [InlineData("private void Send() { } public static void Other() { }")]
    [InlineData("public void Send() { if (Context.User?.Identity is null) Context.Abort(); }")]
    [InlineData("public Task Send() => Clients.User(Context.UserIdentifier!).SendAsync(\"x\");")]
    [InlineData("public override Task OnConnectedAsync() { if (Context.UserIdentifier is null) Context.Abort(); return base.OnConnectedAsync(); } public void Send() { }")]
    [InlineData("public void Send() => Ensure(); private void Ensure() { var user = Context.User; }")]
    [InlineData("public void Ping() { }")]
    public Task HubWithNothingOpen_IsSilent(string members) => Verify.Silent(Hub(members));

    [Theory]
    [InlineData("app.MapHub<OrderHub>(\"/orders\").RequireAuthorization();")]
    [InlineData("app.MapHub<OrderHub>(\"/orders\").AllowAnonymous();")]
    [InlineData("app.MapGroup(\"/live\").RequireAuthorization().MapHub<OrderHub>(\"/orders\");")]
    [InlineData("app.MapHub<OrderHub>(\"/webhooks\");")]
    [InlineData("")]
    public Task HubMappedWithStanceOrElsewhere_IsSilent(string mapping) => Verify.Silent(Hub("public void Send() { }", mapping: mapping));

    [Fact]
    public Task HubWithFilter_IsSilent() => Verify.Silent(Hub("public void Send() { }", services: "builder.Services.AddSignalR(o => o.AddFilter<Gate>());") + "public class Gate : IHubFilter { }");

    [Fact]
    public Task HubBehindTheFallbackPolicy_IsSilent() =>
        Verify.Silent(Hub("public void Send() { }", services: "builder.Services.AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy);"));

    [Fact]
    public Task ControllersMappedWithStance_DoNotCoverHubs() => Verify.Reported(
        Hub("public void Send() { }", mapping: "app.MapControllers().RequireAuthorization(); app.MapHub<OrderHub>(\"/orders\");").Replace("class OrderHub", "class [|OrderHub|]", StringComparison.Ordinal));

    [Fact]
    public Task Hub_IsFixedAtItsClass() => Verify.Fixed(
        Hub("public void Send() { }").Replace("public class OrderHub", "/// <summary>Orders.</summary>\npublic class [|OrderHub|]", StringComparison.Ordinal),
        Hub("public void Send() { }").Replace("public class OrderHub", "/// <summary>Orders.</summary>\n[Authorize]\npublic class OrderHub", StringComparison.Ordinal));

    [Fact]
    public Task MethodOfAHub_IsFixedItself() => Verify.Fixed(
        Hub("[Authorize] public void Send() { }\n    [HubMethodName(\"drop\")] public void [|Delete|]() { }"),
        Hub("[Authorize] public void Send() { }\n    [HubMethodName(\"drop\")] [Authorize] public void Delete() { }"));
}
