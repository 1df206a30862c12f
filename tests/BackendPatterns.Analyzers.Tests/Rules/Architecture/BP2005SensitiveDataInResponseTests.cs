using BackendPatterns.Analyzers.Tests.Verification;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Architecture.BP2005SensitiveDataInResponseAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Architecture.BP2005SensitiveDataInResponseFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Architecture;

public class BP2005SensitiveDataInResponseTests
{
    private const string Usings = """
        using System.Runtime.Serialization;
        using System.Text.Json.Serialization;
        using Microsoft.AspNetCore.Http.HttpResults;
        using Microsoft.AspNetCore.Identity;
        using Microsoft.AspNetCore.Mvc;

        public class Partner
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public string ApiKey { get; set; } = "";
        }

        public class Member
        {
            public int Id { get; set; }
            public string PasswordHash { get; set; } = "";
            public string AccessToken { get; set; } = "";
            public Partner? Partner { get; set; }
        }

        public class Staff : IdentityUser { }

        public class AccountContext : DbContext
        {
            public DbSet<Partner> Partners => Set<Partner>();
            public DbSet<Member> Members => Set<Member>();
            public DbSet<Staff> Staff => Set<Staff>();
        }

        public interface IAccounts { Task<T> Get<T>(); }

        public class Wrapped<T> { public T Data { get; set; } = default!; public bool IsOk { get; set; } }

        """;

    private static Task Reported(string source) => Verify.Reported(Usings + source);

    private static Task Silent(string source) => Verify.Silent(Usings + source);

    private static string Action(string returns, string body, string name = "[|Find|]", string verb = "HttpGet") => $$"""
        [ApiController]
        public class PartnersController(AccountContext db, IAccounts accounts) : ControllerBase
        {
            [{{verb}}]
            public async Task<{{returns}}> {{name}}() { await Task.Yield(); {{body}} }
        }
        """;

    private static string Dto(string members, string name = "AccountDto") => $$"""
        public class {{name}} { {{members}} }
        {{Action(name, $"return await accounts.Get<{name}>();")}}
        """;

    [Theory]
    [InlineData("Partner", "return await db.Partners.FirstAsync();")]
    [InlineData("ActionResult<Partner>", "return await db.Partners.FirstAsync();")]
    [InlineData("ActionResult<Partner>", "return Ok(await db.Partners.FirstAsync());")]
    [InlineData("IActionResult", "return Ok(await db.Partners.FirstAsync());")]
    [InlineData("IActionResult", "var all = await db.Partners.ToListAsync(); return Ok(all);")]
    [InlineData("IActionResult", "var one = await db.Partners.FirstOrDefaultAsync(); return one is null ? NotFound() : Ok(one);")]
    [InlineData("IActionResult", "var one = await db.Partners.FirstOrDefaultAsync(); if (one == null) return NotFound(); var result = Ok(one); return result;")]
    [InlineData("IActionResult", "return new JsonResult(await db.Partners.FirstAsync());")]
    [InlineData("IActionResult", "return CreatedAtAction(\"Find\", null, await db.Partners.FirstAsync());")]
    [InlineData("IActionResult", "return StatusCode(200, new { total = 1, partners = await db.Partners.ToListAsync() });")]
    [InlineData("IEnumerable<Partner>", "return await db.Partners.ToListAsync();")]
    [InlineData("Wrapped<List<Partner>>", "return new Wrapped<List<Partner>> { Data = await db.Partners.ToListAsync() };")]
    [InlineData("Dictionary<int, Partner>", "return await db.Partners.ToDictionaryAsync(p => p.Id);")]
    [InlineData("ActionResult<Staff>", "return await db.Staff.FirstAsync();")]
    [InlineData("ActionResult<Member>", "return await db.Members.FirstAsync();")]
    public Task EntityWithASecret_IsReported(string returns, string body) => Reported(Action(returns, body));

    [Theory]
    [InlineData("public string PasswordHash { get; set; } = \"\";")]
    [InlineData("public byte[] PasswordSalt { get; set; } = [];")]
    [InlineData("public string SecurityStamp { get; set; } = \"\";")]
    [InlineData("public string Password { get; init; } = \"\";")]
    [InlineData("public string? ClientSecret { get; set; }")]
    [InlineData("public string WebhookSecret { get; private set; } = \"\";")]
    [InlineData("public string ApiKey { get; set; } = \"\";")]
    [InlineData("public string ConnectionString { get; set; } = \"\";")]
    [InlineData("[JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ApiKey { get; set; }")]
    public Task ContractWithASecret_IsReported(string member) => Reported(Dto(member));

    [Fact]
    public Task SecretInsideTheContract_IsReported() => Reported("""
        public class Remote { public string ApiKey { get; set; } = ""; }
        public class Line { public Remote? Access { get; set; } }
        """ + Dto("public List<Line> Lines { get; set; } = [];"));

    [Fact]
    public Task SecretOfABaseClass_IsReported() => Reported("public abstract class Keyed { public string ApiKey { get; set; } = \"\"; }\n" + Dto("public int Id { get; set; }").Replace("class AccountDto", "class AccountDto : Keyed", StringComparison.Ordinal));

    [Theory]
    [InlineData("return Ok(new MemberDto { AccessToken = one.AccessToken });")]
    [InlineData("var token = one.AccessToken; return Ok(new MemberDto { AccessToken = token });")]
    [InlineData("return Ok(new MemberDto { ClientSecret = one.AccessToken });")]
    public Task SecretCopiedFromTheDatabase_IsReported(string body) => Reported("""
        public class MemberDto { public string? AccessToken { get; set; } public string? ClientSecret { get; set; } }
        """ + Action("IActionResult", "var one = await db.Members.FirstAsync(); " + body));

    [Theory]
    [InlineData("return Ok(new MemberDto { ClientSecret = await payments.BeginAsync() });")]
    [InlineData("var secret = await payments.BeginAsync(); return Ok(new MemberDto { ClientSecret = secret });")]
    public Task SecretOfWhatWasJustBegun_IsSilent(string body) => Silent("""
        public interface IPayments { Task<string> BeginAsync(); }
        public class MemberDto { public string? ClientSecret { get; set; } }
        """ + Action("IActionResult", "IPayments payments = null!; " + body, "Pay"));

    [Theory]
    [InlineData("() => new Partner()")]
    [InlineData("async (AccountContext db) => await db.Partners.ToListAsync()")]
    [InlineData("async (AccountContext db) => Results.Ok(await db.Partners.FirstAsync())")]
    [InlineData("async (AccountContext db) => TypedResults.Ok(await db.Partners.FirstAsync())")]
    [InlineData("async Task<Results<Ok<Partner>, NotFound>> (AccountContext db) => await db.Partners.FirstOrDefaultAsync() is { } one ? TypedResults.Ok(one) : TypedResults.NotFound()")]
    [InlineData("Find")]
    public Task MinimalApi_IsReported(string handler) => Reported($$"""
        public static class Endpoints
        {
            public static void Map(WebApplication app) => app.[|MapGet|]("/partners", {{handler}});
            private static async Task<IResult> Find(AccountContext db) => Results.Ok(await db.Partners.FirstAsync());
        }
        """);

    [Theory]
    [InlineData("[JsonIgnore] public string ApiKey { get; set; } = \"\";")]
    [InlineData("[Other.JsonIgnore] public string ApiKey { get; set; } = \"\"; class Other { public class JsonIgnoreAttribute : Attribute { } }")]
    [InlineData("[IgnoreDataMember] public string ApiKey { get; set; } = \"\";")]
    [InlineData("internal string ApiKey { get; set; } = \"\";")]
    [InlineData("public string ApiKey { internal get; set; } = \"\";")]
    [InlineData("public string ApiKey { set { } }")]
    [InlineData("public string ApiKey = \"\";")]
    [InlineData("public static string ApiKey { get; set; } = \"\";")]
    [InlineData("public string ApiKey => \"****\";")]
    [InlineData("[JsonConverter(typeof(JsonStringEnumConverter))] public string ApiKey { get; set; } = \"\";")]
    [InlineData("[Masked] public string ApiKey { get; set; } = \"\"; class MaskedAttribute : Attribute { }")]
    [InlineData("public bool HasPassword { get; set; }")]
    [InlineData("public bool Password { get; set; }")]
    [InlineData("public int ApiKeyId { get; set; }")]
    [InlineData("public DateTime AccessToken { get; set; }")]
    [InlineData("public string TokenType { get; set; } = \"\";")]
    [InlineData("public string TokenExpiry { get; set; } = \"\";")]
    [InlineData("public string ContinuationToken { get; set; } = \"\";")]
    [InlineData("public string? NextPageToken { get; set; }")]
    [InlineData("public string ConcurrencyToken { get; set; } = \"\";")]
    [InlineData("public string AntiforgeryToken { get; set; } = \"\";")]
    [InlineData("public string ConcurrencyStamp { get; set; } = \"\";")]
    [InlineData("public CancellationToken Token { get; set; }")]
    [InlineData("public string PublicKey { get; set; } = \"\";")]
    [InlineData("public string AccessToken { get; set; } = \"\";")]
    public Task OtherMember_IsSilent(string member) => Silent(Dto(member).Replace("[|Find|]", "Find", StringComparison.Ordinal));

    [Theory]
    [InlineData("Login", "HttpPost")]
    [InlineData("SignIn", "HttpPost")]
    [InlineData("Refresh", "HttpPost")]
    [InlineData("Register", "HttpPost")]
    [InlineData("GetToken", "HttpGet")]
    [InlineData("CreateApiKey", "HttpPost")]
    [InlineData("RotateSecret", "HttpPut")]
    [InlineData("Find", "HttpPost(\"auth/2fa\")")]
    public Task EndpointThatIssuesIt_IsSilent(string name, string verb) => Silent(Action("ActionResult<Partner>", "return await db.Partners.FirstAsync();", name, verb));

    [Fact]
    public Task PasswordHashOfASignIn_IsReported() => Reported(Action("ActionResult<Member>", "return await db.Members.FirstAsync();", "[|Login|]", "HttpPost"));

    [Theory]
    [InlineData("TokenResponse")]
    [InlineData("LoginResult")]
    [InlineData("AuthenticatedUser")]
    public Task ContractNamedAfterSignIn_IsSilent(string name) => Silent(Dto("public string ApiKey { get; set; } = \"\";", name).Replace("[|Find|]", "Find", StringComparison.Ordinal));

    [Fact]
    public Task ContractThatSignInAnswersWith_IsSilent() => Silent(Dto("public string ApiKey { get; set; } = \"\";").Replace("[|Find|]", "Find", StringComparison.Ordinal) + """

        [ApiController]
        public class AccountController(IAccounts accounts) : ControllerBase { [HttpPost("login")] public Task<AccountDto> Enter() => accounts.Get<AccountDto>(); }
        """);

    [Fact]
    public Task FormThatClientsEdit_IsSilent() => Silent(Dto("public string ApiKey { get; set; } = \"\";").Replace("[|Find|]", "Find", StringComparison.Ordinal) + """

        [ApiController]
        public class SettingsController : ControllerBase { [HttpPut] public void Save(AccountDto settings) { } }
        """);

    [Fact]
    public Task MemberThatIsLeftEmpty_IsSilent() => Silent("public class AboutDto { public string Version { get; set; } = \"\"; public string? ConnectionString { get; set; } }\n"
        + Action("AboutDto", "var about = new AboutDto { Version = \"1\" }; return about;", "About"));

    [Theory]
    [InlineData("IActionResult", "return Ok(await db.Partners.Select(p => new { p.Id, p.Name }).ToListAsync());")]
    [InlineData("IActionResult", "return Ok(new { token = Guid.NewGuid().ToString() });")]
    [InlineData("IActionResult", "var partner = await db.Partners.FirstAsync(); return Ok(partner.Name);")]
    [InlineData("IActionResult", "return NoContent();")]
    [InlineData("IActionResult", "return new ViewResult();")]
    [InlineData("string", "return (await db.Partners.FirstAsync()).Name;")]
    [InlineData("object", "return new object();")]
    public Task OtherAnswer_IsSilent(string returns, string body) => Silent(Action(returns, body, "Find"));

    [Fact]
    public Task RelatedRows_AreSilent() => Silent("""
        public class Visit { public int Id { get; set; } public Partner? Partner { get; set; } public List<Member> Members { get; set; } = []; }
        public class VisitContext : DbContext { public DbSet<Visit> Visits => Set<Visit>(); }
        [ApiController]
        public class VisitsController(VisitContext db) : ControllerBase { [HttpGet] public Task<Visit> Get() => db.Visits.FirstAsync(); }
        """);

    [Fact]
    public Task MethodThatIsNoEndpoint_IsSilent() => Silent("""
        public class PartnerService(AccountContext db) { public Task<Partner> Find() => db.Partners.FirstAsync(); }
        public class HomeController(AccountContext db) : Controller
        {
            private Task<Partner> Find() => db.Partners.FirstAsync();
            [NonAction] public Task<Partner> Other() => db.Partners.FirstAsync();
            public async Task<IActionResult> Index() => View(await Find());
        }
        """);

    [Fact]
    public Task ODataQuery_IsSilent() => Silent("public class EnableQueryAttribute : Attribute { }\n" + Action("IEnumerable<Partner>", "return db.Partners;", "Find", "HttpGet, EnableQuery"));

    [Fact]
    public Task Secrets_AreIgnored() => Verify.Fixed(
        """
        using Microsoft.AspNetCore.Mvc;

        public class AccountDto
        {
            public int Id { get; set; }

            // Never shown.
            public string PasswordHash { get; set; } = "";

            public string ApiKey { get; set; } = "";
        }

        public interface IAccounts { Task<AccountDto> Get(int id); }

        [ApiController]
        public class AccountsController(IAccounts accounts) : ControllerBase
        {
            [HttpGet("{id}")]
            public Task<AccountDto> [|Get|](int id) => accounts.Get(id);

            [HttpGet]
            public async Task<IActionResult> [|First|]() => Ok(await accounts.Get(1));
        }
        """,
        """
        using System.Text.Json.Serialization;
        using Microsoft.AspNetCore.Mvc;

        public class AccountDto
        {
            public int Id { get; set; }

            // Never shown.
            [JsonIgnore]
            public string PasswordHash { get; set; } = "";

            [JsonIgnore]
            public string ApiKey { get; set; } = "";
        }

        public interface IAccounts { Task<AccountDto> Get(int id); }

        [ApiController]
        public class AccountsController(IAccounts accounts) : ControllerBase
        {
            [HttpGet("{id}")]
            public Task<AccountDto> Get(int id) => accounts.Get(id);

            [HttpGet]
            public async Task<IActionResult> First() => Ok(await accounts.Get(1));
        }
        """);

    [Theory]
    [InlineData("public required string ApiKey { get; set; }", "")]
    [InlineData("public string PasswordHash { get; set; } = \"\";", "[ApiController] public class OtherController : ControllerBase { [HttpPost] public void Save(AccountDto account) { } }")]
    [InlineData("public string ApiKey { get; set; } = \"\";", "public class Store { public string Write(AccountDto account) => System.Text.Json.JsonSerializer.Serialize(account); }")]
    public Task TypeThatIsReadOtherwise_IsNotFixed(string member, string other) => Verify.NotFixed(Usings + Dto(member) + other);

    [Fact]
    public Task MemberOfALibrary_IsNotFixed() => Verify.NotFixed(Usings + Action("ActionResult<Staff>", "return await db.Staff.FirstAsync();"));
}
