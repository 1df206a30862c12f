using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Security.BP4009TokenValidationDisabledAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Security.BP4009TokenValidationDisabledFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Security;

public class BP4009TokenValidationDisabledTests
{
    [Theory]
    [InlineData("ValidateLifetime = false", "ValidateLifetime = false", "expired tokens")]
    [InlineData("RequireSignedTokens = false", "RequireSignedTokens = false", "tokens without a signature")]
    [InlineData("RequireExpirationTime = false", "RequireExpirationTime = false", "tokens that never expire")]
    [InlineData("LifetimeValidator = (from, to, token, parameters) => true", "LifetimeValidator", "expired tokens")]
    [InlineData("SignatureValidator = (token, parameters) => new JsonWebToken(token)", "SignatureValidator", "tokens with any signature")]
    public Task Report_NamesTheSettingAndWhatComesIn(string setting, string name, string tokens) => Verify.Reported(
        Scheme($"options.TokenValidationParameters = new TokenValidationParameters {{ {{|#0:{setting}|}}, ValidIssuer = \"shop\" }};"),
        expected: new DiagnosticResult(BP4009TokenValidationDisabledAnalyzer.Id, DiagnosticSeverity.Warning).WithLocation(0)
            .WithMessage($"'{name}' lets {tokens} in; leave the check on"));

    [Theory]
    [InlineData("options.TokenValidationParameters = new() { [|ValidateLifetime = false|] };")]
    [InlineData("[|options.TokenValidationParameters.ValidateLifetime = false|];")]
    [InlineData("const bool Check = false; options.TokenValidationParameters = new() { [|ValidateLifetime = Check|] };")]
    [InlineData("var check = false; options.TokenValidationParameters = new() { [|ValidateLifetime = check|] };")]
    [InlineData("options.TokenValidationParameters = new() { [|ValidateLifetime = Checks.Lifetime|] };")]
    [InlineData("var parameters = new TokenValidationParameters { [|ValidateLifetime = false|] }; options.TokenValidationParameters = parameters;")]
    [InlineData("var parameters = new TokenValidationParameters(); [|parameters.ValidateLifetime = false|]; options.TokenValidationParameters = parameters;")]
    [InlineData("options.TokenValidationParameters = new() { [|LifetimeValidator = delegate { return true; }|] };")]
    [InlineData("options.TokenValidationParameters = new() { [|LifetimeValidator = Checks.Accept|] };")]
    [InlineData("options.TokenValidationParameters = new() { [|LifetimeValidator = (_, _, _, _) => { Console.WriteLine(1); return true; }|] };")]
    [InlineData("options.TokenValidationParameters = new() { [|SignatureValidator = (token, _) => new JwtSecurityTokenHandler().ReadJwtToken(token)|] };")]
    [InlineData("options.TokenValidationParameters = new() { [|SignatureValidator = (token, _) => { var jwt = new JwtSecurityToken(token); return jwt; }|] };")]
    [InlineData("options.TokenValidationParameters = new() { ValidateIssuerSigningKey = true, [|IssuerSigningKeyValidator = (_, _, _) => true|] };")]
    // What else is off is a mistake of its own; an always-true validator makes up for nothing.
    [InlineData("options.TokenValidationParameters = new() { [|ValidateLifetime = false|], [|LifetimeValidator = (_, _, _, _) => true|] };")]
    // These tests say nothing about the environment.
    [InlineData("if (options.Authority != null) { [|options.TokenValidationParameters.ValidateLifetime = false|]; }")]
    [InlineData("if (env.IsProduction()) { [|options.TokenValidationParameters.ValidateLifetime = false|]; }")]
    [InlineData("if (env.IsDevelopment()) { options.Audience = \"\"; } else { [|options.TokenValidationParameters.ValidateLifetime = false|]; }")]
    [InlineData("if (env.IsDevelopment()) return; [|options.TokenValidationParameters.ValidateLifetime = false|];")]
    [InlineData("if (env.IsDevelopment() || options.Audience == \"\") { [|options.TokenValidationParameters.ValidateLifetime = false|]; }")]
    public Task ParametersOfAScheme_AreReported(string statements) => Verify.Reported(Scheme(statements));

    [Theory]
    [InlineData("options.TokenValidationParameters = new() { ValidateLifetime = true, RequireSignedTokens = true };")]
    [InlineData("options.TokenValidationParameters = new() { ValidateLifetime = config.GetValue<bool>(\"Check\") };")]
    [InlineData("options.TokenValidationParameters = new() { ValidateLifetime = !env.IsDevelopment() };")]
    // The default, which does not switch off the check of the signature.
    [InlineData("options.TokenValidationParameters = new() { ValidateIssuerSigningKey = false };")]
    [InlineData("options.TokenValidationParameters = new() { IssuerSigningKeyValidator = (_, _, _) => true };")]
    [InlineData("options.TokenValidationParameters = new() { ValidateIssuer = false, ValidateAudience = false };")]
    // A custom validator in place.
    [InlineData("options.TokenValidationParameters = new() { ValidateLifetime = false, LifetimeValidator = (from, to, _, _) => to > DateTime.UtcNow };")]
    [InlineData("options.TokenValidationParameters = new() { ValidateLifetime = false, LifetimeValidator = (_, to, _, _) => { if (to < DateTime.UtcNow) throw new SecurityTokenExpiredException(); return true; } };")]
    [InlineData("options.TokenValidationParameters = new() { RequireExpirationTime = false, LifetimeValidator = Checks.Refuse };")]
    [InlineData("options.TokenValidationParameters = new() { RequireSignedTokens = false, SignatureValidator = (token, _) => Checks.Verify(token) };")]
    [InlineData("options.TokenValidationParameters = new() { SignatureValidator = (token, _) => token.Length > 5 ? new JsonWebToken(token) : throw new SecurityTokenException() };")]
    // Development.
    [InlineData("if (env.IsDevelopment()) options.TokenValidationParameters.ValidateLifetime = false;")]
    [InlineData("if (!env.IsProduction()) { options.TokenValidationParameters = new() { ValidateLifetime = false }; }")]
    [InlineData("if (env.IsProduction()) { options.Audience = \"\"; } else { options.TokenValidationParameters.ValidateLifetime = false; }")]
    [InlineData("if (!env.IsDevelopment()) return; options.TokenValidationParameters.ValidateLifetime = false;")]
    [InlineData("if (env.EnvironmentName == \"Development\") { options.TokenValidationParameters.ValidateLifetime = false; }")]
    [InlineData("if (env.EnvironmentName is \"Local\" && options.Audience == null) { options.TokenValidationParameters.ValidateLifetime = false; }")]
    [InlineData("if (env.EnvironmentName.Equals(Environments.Development)) { options.TokenValidationParameters.ValidateLifetime = false; }")]
    [InlineData("var isLocal = env.IsEnvironment(\"Local\"); if (isLocal) { options.TokenValidationParameters.ValidateLifetime = false; }")]
    [InlineData("if (System.Diagnostics.Debugger.IsAttached) { options.TokenValidationParameters.ValidateLifetime = false; }")]
    [InlineData("options.TokenValidationParameters = env.IsDevelopment() ? new() { ValidateLifetime = false } : new();")]
    [InlineData("if (config.GetValue<bool>(\"SkipLifetime\")) { options.TokenValidationParameters.ValidateLifetime = false; }")]
    // Parameters that go somewhere unknown.
    [InlineData("Checks.Use(new TokenValidationParameters { ValidateLifetime = false });")]
    [InlineData("var parameters = new TokenValidationParameters { ValidateLifetime = false };")]
    [InlineData("var parameters = new Other.TokenValidationParameters { ValidateLifetime = false }; options.Audience = parameters.ToString();")]
    public Task ChecksThatAreOnOrMadeElsewhere_AreSilent(string statements) => Verify.Silent(Scheme(statements));

    [Theory]
    [InlineData("#if DEBUG", "#endif", true)]
    [InlineData("#if !DEBUG", "#endif", false)]
    [InlineData("#if RELEASE\n        options.Audience = \"\";\n#else", "#endif", true)]
    [InlineData("#if !SPECIAL", "#endif", false)]
    public Task DebugRegion_IsSilent(string start, string end, bool isDebug)
    {
        const string Assignment = "options.TokenValidationParameters.ValidateLifetime = false";
        var source = Scheme($"\n{start}\n        {(isDebug ? Assignment : $"[|{Assignment}|]")};\n{end}\n");
        // The test compiles without symbols: what stands below #if DEBUG is no code there.
        return isDebug ? Verify.Silent("#define DEBUG\n" + source) : Verify.Reported(source);
    }

    [Fact]
    public Task SchemeThatIsAddedInDevelopment_IsSilent() => Verify.Silent(
        Usings + """
        public static class Setup
        {
            public static void Add(WebApplicationBuilder builder)
            {
                if (builder.Environment.IsDevelopment())
                    AddLocalTokens(builder.Services);
                else
                    builder.Services.AddAuthentication().AddJwtBearer();
            }

            private static void AddLocalTokens(IServiceCollection services) =>
                services.AddAuthentication().AddJwtBearer(options => options.TokenValidationParameters.ValidateLifetime = false);

            private static void AddDevelopmentTokens(IServiceCollection services) =>
                services.AddAuthentication().AddJwtBearer(options => options.TokenValidationParameters.ValidateLifetime = false);
        }
        """);

    [Fact]
    public Task SettingAroundTheWholeScheme_IsNoDecisionAboutTheCheck() => Verify.Reported(
        Usings + """
        public static class Setup
        {
            public static void Add(IServiceCollection services, bool usesTokens)
            {
                if (usesTokens)
                    services.AddAuthentication().AddJwtBearer(options => [|options.TokenValidationParameters.ValidateLifetime = false|]);
            }
        }
        """);

    [Theory]
    [InlineData("return new JwtSecurityTokenHandler().ValidateToken(token, parameters, out _);")]
    [InlineData("var principal = new JwtSecurityTokenHandler().ValidateToken(token, parameters, out var read); return principal;")]
    [InlineData("new JwtSecurityTokenHandler().ValidateToken(token, parameters, out var read); return new ClaimsPrincipal(new ClaimsIdentity(((JwtSecurityToken)read).Claims));")]
    [InlineData("var result = new JsonWebTokenHandler().ValidateTokenAsync(token, parameters).Result; return new ClaimsPrincipal(result.ClaimsIdentity);")]
    public Task ParametersOfAValidation_AreReported(string statements) => Verify.Reported(Reader("Read", statements, "[|ValidateLifetime = false|]"));

    [Theory]
    [InlineData("GetPrincipalFromExpiredToken", "return new JwtSecurityTokenHandler().ValidateToken(token, parameters, out _);")]
    [InlineData("Refresh", "return new JwtSecurityTokenHandler().ValidateToken(token, parameters, out _);")]
    [InlineData("SignOut", "return new JwtSecurityTokenHandler().ValidateToken(token, parameters, out _);")]
    // Nothing looks at the principal.
    [InlineData("Read", "new JwtSecurityTokenHandler().ValidateToken(token, parameters, out _); return null;")]
    [InlineData("Read", "_ = new JwtSecurityTokenHandler().ValidateToken(token, parameters, out _); return null;")]
    public Task RenewalAndUnusedResults_AreSilent(string method, string statements) => Verify.Silent(Reader(method, statements, "ValidateLifetime = false"));

    [Fact]
    public Task ReaderThatOnlyARenewalCalls_IsSilent() => Verify.Silent(
        Usings + """
        public class Tokens(TokenValidationParameters accepted)
        {
            public ClaimsPrincipal RefreshToken(string token) => Read(token);

            private ClaimsPrincipal Read(string token)
            {
                var parameters = accepted.Clone();
                parameters.ValidateLifetime = false;
                return new JwtSecurityTokenHandler().ValidateToken(token, parameters, out _);
            }
        }
        """);

    [Fact]
    public Task UnsignedTokens_AreNeverPartOfARenewal() => Verify.Reported(
        Reader("RefreshToken", "return new JwtSecurityTokenHandler().ValidateToken(token, parameters, out _);", "[|RequireSignedTokens = false|]"));

    [Fact]
    public Task ParametersInAField_AreFollowed() => Verify.Reported(
        Usings + """
        public class Tokens
        {
            private readonly TokenValidationParameters _parameters = new() { [|ValidateLifetime = false|] };
            private readonly TokenValidationParameters _expired = new() { ValidateLifetime = false };
            private readonly TokenValidationParameters _unused = new() { ValidateLifetime = false };

            public ClaimsPrincipal Read(string token) => new JwtSecurityTokenHandler().ValidateToken(token, _parameters, out _);

            public ClaimsPrincipal Renew(string token) => new JwtSecurityTokenHandler().ValidateToken(token, _expired, out _);
        }
        """);

    [Fact]
    public Task ParametersInAStaticFieldOfAnotherType_AreFollowed() => Verify.Reported(
        Usings + """
        public static class Setup
        {
            public static void Add(IServiceCollection services) =>
                services.AddAuthentication().AddJwtBearer(options => options.TokenValidationParameters = Accepted.Tokens);
        }

        public static class Accepted
        {
            public static readonly TokenValidationParameters Tokens = new() { [|ValidateLifetime = false|] };
        }
        """);

    [Fact]
    public Task ParametersFromAMethod_AreFollowed() => Verify.Reported(
        Usings + """
        public static class Setup
        {
            public static void Add(IServiceCollection services) =>
                services.AddAuthentication().AddJwtBearer(options => options.TokenValidationParameters = Parameters());

            private static TokenValidationParameters Parameters() => new() { [|ValidateLifetime = false|] };
        }
        """);

    [Fact]
    public Task Flags_AreFixed() => Verify.Fixed(
        Scheme("""
            options.TokenValidationParameters = new TokenValidationParameters
            {
                // Mobile clients stay signed in.
                [|ValidateLifetime = false|], // for now
                [|RequireExpirationTime = false|],
                ValidIssuer = "shop",
            };
            """),
        Scheme("""
            options.TokenValidationParameters = new TokenValidationParameters
            {
                // Mobile clients stay signed in.
                ValidateLifetime = true, // for now
                RequireExpirationTime = true,
                ValidIssuer = "shop",
            };
            """));

    [Fact]
    public Task Validators_AreRemoved() => Verify.Fixed(
        Scheme("""
            options.TokenValidationParameters = new TokenValidationParameters
            {
                // First.
                [|SignatureValidator = (token, _) => new JsonWebToken(token)|],
                ValidIssuer = "shop",
                [|LifetimeValidator = (_, _, _, _) => true|]
            };
            // Second.
            [|options.TokenValidationParameters.LifetimeValidator = (_, _, _, _) => true|];
            options.Audience = "shop";
            """),
        Scheme("""
            options.TokenValidationParameters = new TokenValidationParameters
            {
                // First.
                ValidIssuer = "shop"
            };
            // Second.
            options.Audience = "shop";
            """));

    [Fact]
    public Task OnlyValidator_IsRemoved() => Verify.Fixed(
        Scheme("options.TokenValidationParameters = new() { [|LifetimeValidator = (_, _, _, _) => true|] };"),
        Scheme("options.TokenValidationParameters = new() { };"));

    [Fact]
    public Task ValidatorThatIsTheBodyOfALambda_IsNotFixed() => Verify.NotFixed(
        Usings + """
        public static class Setup
        {
            public static void Add(IServiceCollection services) =>
                services.AddAuthentication().AddJwtBearer(options => [|options.TokenValidationParameters.LifetimeValidator = (_, _, _, _) => true|]);
        }
        """);

    private const string Usings = """
        using System.IdentityModel.Tokens.Jwt;
        using System.Security.Claims;
        using Microsoft.AspNetCore.Authentication.JwtBearer;
        using Microsoft.IdentityModel.JsonWebTokens;
        using Microsoft.IdentityModel.Tokens;


        """;

    private static string Scheme(string statements) => Usings + $$"""
        public static class Setup
        {
            public static void Add(IServiceCollection services, IHostEnvironment env, IConfiguration config) => services.AddAuthentication().AddJwtBearer(options =>
            {
            {{statements}}
            });
        }

        public static class Checks
        {
            public static readonly bool Lifetime = false;
            public static bool Accept(DateTime? from, DateTime? to, SecurityToken token, TokenValidationParameters parameters) => true;
            public static bool Refuse(DateTime? from, DateTime? to, SecurityToken token, TokenValidationParameters parameters) => to > DateTime.UtcNow;
            public static SecurityToken Verify(string token) => throw new SecurityTokenException();
            public static void Use(TokenValidationParameters parameters) { }
        }

        namespace Other
        {
            public class TokenValidationParameters { public bool ValidateLifetime { get; set; } }
        }
        """;

    private static string Reader(string method, string statements, string setting) => Usings + $$"""
        public class Tokens
        {
            public ClaimsPrincipal? {{method}}(string token)
            {
                var parameters = new TokenValidationParameters { ValidIssuer = "shop", {{setting}} };
                {{statements}}
            }
        }
        """;
}
