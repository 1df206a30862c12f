using BackendPatterns.Analyzers.CodeFixes.Security;
using BackendPatterns.Analyzers.Rules.Security;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.Security;

/// <summary>Real tokens before and after the fix of BP4009.</summary>
public class BP4009TokenValidationBehaviourTests
{
    [Theory]
    [InlineData("ValidateLifetime = false", "good expired endless")]
    [InlineData("RequireExpirationTime = false", "good endless")]
    [InlineData("RequireSignedTokens = false", "good unsigned")]
    [InlineData("LifetimeValidator = (_, _, _, _) => true", "good expired endless")]
    [InlineData("SignatureValidator = (token, _) => new JwtSecurityToken(token)", "good unsigned forged")]
    public async Task Token_IsAcceptedBeforeAndRefusedAfter(string setting, string accepted) => await Compare(setting, accepted, isNewHandler: false);

    [Theory]
    [InlineData("ValidateLifetime = false", "good expired endless")]
    [InlineData("RequireExpirationTime = false", "good endless")]
    [InlineData("RequireSignedTokens = false", "good unsigned")]
    [InlineData("LifetimeValidator = (_, _, _, _) => true", "good expired endless")]
    [InlineData("SignatureValidator = (token, _) => new JsonWebToken(token)", "good unsigned forged")]
    public async Task NewHandler_IsTheSame(string setting, string accepted) => await Compare(setting, accepted, isNewHandler: true);

    [Theory]
    // The default, and a validator of keys that accepts all of them: the signature is checked all the same.
    [InlineData("ValidateIssuerSigningKey = false", "good")]
    [InlineData("IssuerSigningKeyValidator = (_, _, _) => true", "good")]
    // Another validator takes the place of the check, also where its flag is off.
    [InlineData("ValidateLifetime = false, LifetimeValidator = (_, expires, _, _) => expires > DateTime.UtcNow", "good")]
    public async Task SilentSettings_LetNothingElseIn(string setting, string accepted)
    {
        foreach (var isNewHandler in new[] { false, true })
        {
            var source = TokenScenario.With(setting, isNewHandler);
            var run = await BeforeAndAfter.Of<BP4009TokenValidationDisabledAnalyzer, BP4009TokenValidationDisabledFix>(source);
            Assert.Equal(source, run.FixedSource);
            Assert.Equal($"\"{accepted}\"", run.Before.Answer);
        }
    }

    private static async Task Compare(string setting, string accepted, bool isNewHandler)
    {
        var run = await BeforeAndAfter.Of<BP4009TokenValidationDisabledAnalyzer, BP4009TokenValidationDisabledFix>(TokenScenario.With(setting, isNewHandler));
        Assert.Equal($"\"{accepted}\"", run.Before.Answer);
        Assert.Equal("\"good\"", run.After.Answer);
    }
}
