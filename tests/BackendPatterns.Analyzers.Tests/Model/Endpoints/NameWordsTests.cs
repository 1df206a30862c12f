using BackendPatterns.Analyzers.Roslyn;

namespace BackendPatterns.Analyzers.Tests.Model.Endpoints;

public class NameWordsTests
{
    [Theory]
    [InlineData("ForgotPassword", "forgot password")]
    [InlineData("forgot-password", "forgot password")]
    [InlineData("forgot_password", "forgot password")]
    [InlineData("HTTPContext", "http context")]
    [InlineData("X-Api-Key", "x api key")]
    [InlineData("GetByID", "get by id")]
    [InlineData("", "")]
    public void Words_AreSplitAtCaseAndSeparators(string name, string expected) => Assert.Equal(expected, string.Join(" ", NameWords.Of(name)));

    [Theory]
    [InlineData("AdminSignIn", "sign-in", true)]
    [InlineData("SignIng", "sign-in", false)]
    [InlineData("InSign", "sign-in", false)]
    [InlineData("Catalog", "log", false)]
    [InlineData("Login", "", false)]
    public void Phrases_AreMatchedByWholeWords(string name, string phrase, bool expected) => Assert.Equal(expected, NameWords.Contain(NameWords.Of(name), NameWords.Of(phrase)));
}
