using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Security.BP4010TokenAudienceOrIssuerUncheckedAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Security.BP4010TokenAudienceOrIssuerUncheckedFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Security;

public class BP4010TokenAudienceOrIssuerUncheckedTests
{
    [Theory]
    [InlineData("ValidateIssuer = false", "ValidateIssuer = false", "tokens of every issuer")]
    [InlineData("ValidateAudience = false", "ValidateAudience = false", "tokens for every audience")]
    [InlineData("IssuerValidator = (issuer, token, parameters) => issuer", "IssuerValidator", "tokens of every issuer")]
    [InlineData("AudienceValidator = (audiences, token, parameters) => true", "AudienceValidator", "tokens for every audience")]
    public Task Report_NamesTheSettingAndWhatComesIn(string setting, string name, string tokens) => Verify.Reported(
        Scheme($"options.TokenValidationParameters = new TokenValidationParameters {{ {{|#0:{setting}|}} }};"),
        expected: new DiagnosticResult(BP4010TokenAudienceOrIssuerUncheckedAnalyzer.Id, DiagnosticSeverity.Info).WithLocation(0)
            .WithMessage($"'{name}' lets {tokens} in; name the expected one and leave the check on"));

    [Theory]
    [InlineData("options.TokenValidationParameters = new() { [|ValidateIssuer = false|], [|ValidateAudience = false|], ValidIssuer = \"shop\" };")]
    [InlineData("options.Authority = \"https://id\"; [|options.TokenValidationParameters.ValidateAudience = false|];")]
    [InlineData("var parameters = new TokenValidationParameters(); [|parameters.ValidateAudience = false|]; options.TokenValidationParameters = parameters;")]
    public Task ParametersOfAScheme_AreReported(string statements) => Verify.Reported(Scheme(statements));

    [Theory]
    [InlineData("options.TokenValidationParameters = new() { ValidateIssuer = true, ValidateAudience = true };")]
    [InlineData("options.TokenValidationParameters = new() { ValidateLifetime = false };")]
    [InlineData("options.TokenValidationParameters = new() { ValidateIssuer = config[\"Issuer\"] != null };")]
    [InlineData("options.TokenValidationParameters = new() { ValidateIssuer = false, IssuerValidator = (issuer, _, _) => issuer.StartsWith(\"https://id\") ? issuer : throw new SecurityTokenInvalidIssuerException() };")]
    [InlineData("options.TokenValidationParameters = new() { ValidateAudience = false, AudienceValidator = (audiences, _, _) => audiences.Contains(\"shop\") };")]
    [InlineData("if (env.IsDevelopment()) { options.TokenValidationParameters.ValidateIssuer = false; }")]
    [InlineData("if (options.Audience is null) return; if (!env.IsDevelopment()) throw new InvalidOperationException(); options.TokenValidationParameters.ValidateIssuer = false;")]
    public Task ChecksThatAreOnOrMadeElsewhere_AreSilent(string statements) => Verify.Silent(Scheme(statements));

    [Fact]
    public Task RenewalOfExpiredTokens_IsSilent() => Verify.Silent(
        Usings + """
        public class Tokens
        {
            public ClaimsPrincipal GetPrincipalFromExpiredToken(string token)
            {
                var parameters = new TokenValidationParameters { ValidateAudience = false, ValidateIssuer = false, ValidateLifetime = false };
                return new JwtSecurityTokenHandler().ValidateToken(token, parameters, out _);
            }
        }
        """);

    [Fact]
    public Task Lines_AreRemoved() => Verify.Fixed(
        Scheme("""
            options.Audience = "shop";
            options.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = "shop",
                [|ValidateIssuer = false|],
                [|ValidateAudience = false|]
            };
            """),
        Scheme("""
            options.Audience = "shop";
            options.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = "shop"
            };
            """));

    [Fact]
    public Task Statement_IsRemoved() => Verify.Fixed(
        Scheme("""
            options.Audience = "shop";

            [|options.TokenValidationParameters.ValidateAudience = false|];
            options.SaveToken = true;
            """),
        Scheme("""
            options.Audience = "shop";
            options.SaveToken = true;
            """));

    [Theory]
    // Without an expected issuer or audience every token would be refused.
    [InlineData("options.TokenValidationParameters = new() { [|ValidateIssuer = false|], ValidAudience = \"shop\" };")]
    [InlineData("options.Authority = \"https://id\"; [|options.TokenValidationParameters.ValidateAudience = false|];")]
    [InlineData("if (options.Audience == \"\") [|options.TokenValidationParameters.ValidateAudience = false|]; options.Audience = \"shop\";")]
    public Task WithoutAnExpectedOne_IsNotFixed(string statements) => Verify.NotFixed(Scheme(statements));

    /// <summary>The own tokens would be refused.</summary>
    [Theory]
    [InlineData("new SecurityTokenDescriptor { Subject = identity, SigningCredentials = credentials, Audience = \"shop\" }", false)]
    [InlineData("new SecurityTokenDescriptor { Subject = identity, SigningCredentials = credentials, Issuer = null }", false)]
    [InlineData("new JwtSecurityToken(claims: identity.Claims, signingCredentials: credentials)", false)]
    [InlineData("new JwtSecurityToken(null, \"shop\", identity.Claims)", false)]
    [InlineData("new SecurityTokenDescriptor { Subject = identity, SigningCredentials = credentials, Issuer = \"shop\" }", true)]
    [InlineData("new JwtSecurityToken(issuer: \"shop\", claims: identity.Claims, signingCredentials: credentials)", true)]
    [InlineData("new JwtSecurityToken(\"shop\", null, identity.Claims)", true)]
    [InlineData("new JwtSecurityToken(identity.Name)", true)]
    public Task WhereTokensAreMadeWithoutIt_ItIsNotFixed(string token, bool isFixed)
    {
        const string Statement = "options.TokenValidationParameters.ValidIssuer = \"shop\";\n        ";
        var issue = "\npublic static class Tokens { public static object Make(ClaimsIdentity identity, SigningCredentials credentials) => " + token + "; }";
        var before = Scheme(Statement + "[|options.TokenValidationParameters.ValidateIssuer = false|];") + issue;
        return isFixed ? Verify.Fixed(before, Scheme(Statement.TrimEnd()) + issue) : Verify.NotFixed(before);
    }

    private const string Usings = """
        using System.IdentityModel.Tokens.Jwt;
        using System.Security.Claims;
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
        """;
}
