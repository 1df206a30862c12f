using BackendPatterns.Analyzers.CodeFixes.Security;
using BackendPatterns.Analyzers.Rules.Security;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.Security;

/// <summary>Real tokens of another issuer or for another audience before and after the fix of BP4010.</summary>
public class BP4010AudienceAndIssuerBehaviourTests
{
    [Theory]
    [InlineData("ValidateIssuer = false", "good foreign")]
    [InlineData("ValidateAudience = false", "good misdirected")]
    [InlineData("ValidateIssuer = false, ValidateAudience = false", "good foreign misdirected")]
    [InlineData("IssuerValidator = (issuer, _, _) => issuer", "good foreign")]
    [InlineData("AudienceValidator = (_, _, _) => true", "good misdirected")]
    public async Task Token_IsAcceptedBeforeAndRefusedAfter(string setting, string accepted)
    {
        foreach (var isNewHandler in new[] { false, true })
        {
            var run = await BeforeAndAfter.Of<BP4010TokenAudienceOrIssuerUncheckedAnalyzer, BP4010TokenAudienceOrIssuerUncheckedFix>(TokenScenario.With(setting, isNewHandler));
            Assert.Equal($"\"{accepted}\"", run.Before.Answer);
            Assert.Equal("\"good\"", run.After.Answer);
        }
    }
}
