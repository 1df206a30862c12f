using BackendPatterns.Analyzers.Model.Endpoints;

namespace BackendPatterns.Analyzers.Tests.Model.Endpoints;

public class AuthorizationWordsTests
{
    [Theory]
    [InlineData("EnsurePermissionAsync", true)]
    [InlineData("ICurrentUser", true)]
    [InlineData("Unpermitted", false)]
    [InlineData("CurrentOrder", false)]
    public void Words_AreWholeWords(string name, bool expected)
    {
        Assert.Equal(expected, AuthorizationWords.OfChecks.AreIn(name));
        // More names than are remembered change no answer.
        Assert.All(Enumerable.Range(0, 10_001), number => Assert.False(AuthorizationWords.OfChecks.AreIn($"{name.Length}Plain{number}")));
        Assert.Equal(expected, AuthorizationWords.OfChecks.AreIn(name));
    }
}
