using BackendPatterns.Analyzers.Rules.Security;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<BackendPatterns.Analyzers.Rules.Security.BP4014UnvalidatedTokenReadAnalyzer, BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Security;

public class BP4014UnvalidatedTokenReadTests
{
    [Fact]
    public Task Report_NamesTheCall() => Verify.Reported(
        Middleware("var jwt = handler.{|#0:ReadJwtToken|}(context.Request.Headers[\"X-Token\"]); context.User = new ClaimsPrincipal({|#1:new ClaimsIdentity(jwt.Claims, \"jwt\")|});"),
        expected: new DiagnosticResult(BP4014UnvalidatedTokenReadAnalyzer.Id, DiagnosticSeverity.Info).WithLocation(0).WithLocation(1)
            .WithMessage("'ReadJwtToken' reads the token of a request without checking its signature, and its claims become the identity; validate the token"));

    [Theory]
    [InlineData("var header = context.Request.Headers.Authorization.ToString(); var jwt = handler.[|ReadJwtToken|](header.Replace(\"Bearer \", \"\")); context.User = new ClaimsPrincipal(new ClaimsIdentity(jwt.Claims, \"jwt\"));")]
    [InlineData("if (context.Request.Cookies.TryGetValue(\"token\", out var cookie)) { var jwt = (JwtSecurityToken)handler.[|ReadToken|](cookie); context.User = new ClaimsPrincipal(new ClaimsIdentity(jwt.Claims, \"jwt\")); }")]
    [InlineData("var token = context.Request.Headers[\"Authorization\"].FirstOrDefault()?.Split(' ').Last(); var jwt = new JsonWebTokenHandler().[|ReadJsonWebToken|](token); var identity = new ClaimsIdentity(jwt.Claims, \"jwt\"); await context.SignInAsync(new ClaimsPrincipal(identity));")]
    [InlineData("var claims = new List<Claim>(); foreach (var claim in handler.[|ReadJwtToken|](context.Request.Query[\"token\"]).Claims) claims.Add(claim); context.User = new ClaimsPrincipal(new ClaimsIdentity(claims, \"jwt\"));")]
    [InlineData("var jwt = handler.[|ReadJwtToken|](context.Request.Form[\"token\"]); var name = jwt.Subject; context.User = new ClaimsPrincipal(new ClaimsIdentity(new[] { new Claim(ClaimTypes.Name, name) }, \"jwt\"));")]
    public Task RequestToken_IsReported(string statements) => Verify.Reported(Middleware(statements));

    [Theory]
    [InlineData("var token = context.Request.Headers[\"X-Token\"].ToString(); var jwt = handler.ReadJwtToken(token); context.User = handler.ValidateToken(token, parameters, out _);")]
    [InlineData("string token = context.Request.Headers[\"X-Token\"]!; await new JsonWebTokenHandler().ValidateTokenAsync(token, parameters); context.User = new ClaimsPrincipal(new ClaimsIdentity(handler.ReadJwtToken(token).Claims, \"jwt\"));")]
    [InlineData("string token = context.Request.Headers[\"X-Token\"]!; ValidateToken(token); context.User = new ClaimsPrincipal(new ClaimsIdentity(handler.ReadJwtToken(token).Claims, \"jwt\"));")]
    // Only looked at.
    [InlineData("var jwt = handler.ReadJwtToken(context.Request.Headers[\"X-Token\"]); Console.WriteLine(jwt.ValidTo);")]
    [InlineData("var jwt = handler.ReadJwtToken(context.Request.Headers[\"X-Token\"]); if (jwt.ValidTo < DateTime.UtcNow) context.User = new ClaimsPrincipal(new ClaimsIdentity());")]
    // From a server that was asked, or a file.
    [InlineData("var answer = await new HttpClient().GetStringAsync(\"https://id/token\"); context.User = new ClaimsPrincipal(new ClaimsIdentity(handler.ReadJwtToken(answer).Claims, \"jwt\"));")]
    [InlineData("context.User = new ClaimsPrincipal(new ClaimsIdentity(handler.ReadJwtToken(File.ReadAllText(\"token\")).Claims, \"jwt\"));")]
    [InlineData("var jwt = new Other().ReadJwtToken(context.Request.Headers[\"X-Token\"]!); context.User = new ClaimsPrincipal(new ClaimsIdentity(jwt.Claims, \"jwt\"));")]
    public Task ValidatedOrUnusedToken_IsSilent(string statements) => Verify.Silent(Middleware(statements));

    [Fact]
    public Task ParameterOfAnAction_IsReported() => Verify.Reported(Controller("[|ReadJwtToken|]"));

    [Fact]
    public Task ParameterOfAService_IsSilent() => Verify.Silent(Controller("ReadJwtToken").Replace(": ControllerBase", "").Replace("[HttpPost]", ""));

    private static string Controller(string read) => $$"""
        using System.IdentityModel.Tokens.Jwt;
        using System.Security.Claims;
        using Microsoft.AspNetCore.Mvc;

        public class Sessions : ControllerBase
        {
            [HttpPost]
            public ClaimsPrincipal Open(string token) => new(new ClaimsIdentity(new JwtSecurityTokenHandler().{{read}}(token).Claims, "jwt"));
        }
        """;

    private static string Middleware(string statements) => $$"""
        using System.IdentityModel.Tokens.Jwt;
        using System.Security.Claims;
        using Microsoft.AspNetCore.Authentication;
        using Microsoft.IdentityModel.JsonWebTokens;
        using Microsoft.IdentityModel.Tokens;

        public class Middleware(TokenValidationParameters parameters)
        {
            public async Task InvokeAsync(HttpContext context)
            {
                var handler = new JwtSecurityTokenHandler();
                await Task.Yield();
                {{statements}}
            }

            private static void ValidateToken(string token) { }

            public override string ToString() => $"{parameters}";
        }

        public class Other
        {
            public JwtSecurityToken ReadJwtToken(string token) => new();
        }
        """;
}
