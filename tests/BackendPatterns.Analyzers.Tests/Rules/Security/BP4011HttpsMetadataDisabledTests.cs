using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Security.BP4011HttpsMetadataDisabledAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Security.BP4011HttpsMetadataDisabledFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Security;

public class BP4011HttpsMetadataDisabledTests
{
    [Fact]
    public Task Report_SaysWhatMayHappen() => Verify.Reported(
        Scheme("{|#0:options.RequireHttpsMetadata = false|};"),
        expected: new DiagnosticResult(BP4011HttpsMetadataDisabledAnalyzer.Id, DiagnosticSeverity.Warning).WithLocation(0)
            .WithMessage("'RequireHttpsMetadata = false' lets the keys of the authority come over plain HTTP in production too; limit it to development"));

    [Theory]
    [InlineData("options.Authority = \"http://id\"; [|options.RequireHttpsMetadata = false|];")]
    [InlineData("const bool Https = false; [|options.RequireHttpsMetadata = Https|];")]
    [InlineData("if (env.IsProduction()) [|options.RequireHttpsMetadata = false|];")]
    [InlineData("if (options.Authority is not null) [|options.RequireHttpsMetadata = false|];")]
    public Task EveryEnvironment_IsReported(string statements) => Verify.Reported(Scheme(statements));

    [Fact]
    public Task InitializerOfOptions_IsReported() => Verify.Reported(
        """
        using Microsoft.AspNetCore.Authentication.JwtBearer;

        public static class Setup
        {
            public static JwtBearerOptions Options() => new() { [|RequireHttpsMetadata = false|] };
        }
        """);

    [Theory]
    [InlineData("options.RequireHttpsMetadata = true;")]
    [InlineData("options.RequireHttpsMetadata = !env.IsDevelopment();")]
    [InlineData("options.RequireHttpsMetadata = env.IsDevelopment() ? false : true;")]
    [InlineData("options.RequireHttpsMetadata = config.GetValue<bool>(\"Https\");")]
    [InlineData("if (env.IsDevelopment()) options.RequireHttpsMetadata = false;")]
    [InlineData("if (env.IsStaging() || env.IsDevelopment()) options.RequireHttpsMetadata = false;")]
    [InlineData("if (!env.IsProduction()) { options.RequireHttpsMetadata = false; }")]
    [InlineData("switch (env.EnvironmentName) { case \"Development\": options.RequireHttpsMetadata = false; break; }")]
    [InlineData("if (config[\"Authority\"]!.StartsWith(\"http://\")) options.RequireHttpsMetadata = false;")]
    [InlineData("var other = new Other { RequireHttpsMetadata = false };")]
    public Task DevelopmentOrSetting_IsSilent(string statements) => Verify.Silent(Scheme(statements));

    [Fact]
    public Task EnvironmentParameter_IsUsedByTheFix() => Verify.Fixed(
        Scheme("[|options.RequireHttpsMetadata = false|]; // local"), Scheme("options.RequireHttpsMetadata = !env.IsDevelopment(); // local"));

    [Fact]
    public Task EnvironmentOfTheBuilder_IsUsedByTheFix() => Verify.Fixed(
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication()
            .AddJwtBearer(options => [|options.RequireHttpsMetadata = false|])
            .AddJwtBearer("other", options =>
            {
                [|options.RequireHttpsMetadata = false|];
            });
        """,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication()
            .AddJwtBearer(options => options.RequireHttpsMetadata = !builder.Environment.IsDevelopment())
            .AddJwtBearer("other", options =>
            {
                options.RequireHttpsMetadata = !builder.Environment.IsDevelopment();
            });
        """,
        output: OutputKind.ConsoleApplication);

    [Fact]
    public Task EnvironmentField_IsUsedByTheFix() => Verify.Fixed(
        """
        public class Startup
        {
            private readonly IWebHostEnvironment _env;

            public Startup(IWebHostEnvironment env) => _env = env;

            public void ConfigureServices(IServiceCollection services) =>
                services.AddAuthentication().AddJwtBearer(options => [|options.RequireHttpsMetadata = false|]);
        }
        """,
        """
        public class Startup
        {
            private readonly IWebHostEnvironment _env;

            public Startup(IWebHostEnvironment env) => _env = env;

            public void ConfigureServices(IServiceCollection services) =>
                services.AddAuthentication().AddJwtBearer(options => options.RequireHttpsMetadata = !_env.IsDevelopment());
        }
        """);

    [Theory]
    [InlineData("IServiceCollection services", "")]
    [InlineData("IServiceCollection services, IHostEnvironment env", "static ")]
    public Task WithoutAnEnvironment_IsNotFixed(string parameters, string modifier) => Verify.NotFixed(
        $$"""
        public static class Setup
        {
            public static void Add({{parameters}}) =>
                services.AddAuthentication().AddJwtBearer({{modifier}}options => [|options.RequireHttpsMetadata = false|]);
        }
        """);

    private static string Scheme(string statements) => $$"""
        public static class Setup
        {
            public static void Add(IServiceCollection services, IHostEnvironment env, IConfiguration config) => services.AddAuthentication().AddJwtBearer(options =>
            {
                {{statements}}
            });
        }

        public class Other { public bool RequireHttpsMetadata { get; set; } }
        """;
}
