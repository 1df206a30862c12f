using BackendPatterns.RuleTool.Checks;

namespace BackendPatterns.RuleTool.Tests;

/// <summary>What the tool does with bad input: a message, and no file touched.</summary>
public class CommandTests
{
    [Theory]
    [InlineData("dance")]
    [InlineData("new")]
    [InlineData("new", "BP1999")]
    [InlineData("docs", "all")]
    [InlineData("--root")]
    [InlineData("docs", "--root", "/no/such/folder")]
    public Task WrongArguments_AreRefused(params string[] arguments) => Assert.ThrowsAsync<ToolFailure>(() => Commands.Run(arguments));

    [Theory]
    [InlineData("1999", "Thing", "DataAccess", "not a rule id")]
    [InlineData("BP199", "Thing", "DataAccess", "not a rule id")]
    [InlineData("BP1999\n", "Thing", "DataAccess", "not a rule id")]
    [InlineData("BP1999", "thing", "DataAccess", "not a rule name")]
    [InlineData("BP1999", "../Thing", "DataAccess", "not a rule name")]
    [InlineData("BP1999", "Thing", "Data", "not a category")]
    [InlineData("BP0999", "Thing", "Configuration", "not a category")]
    [InlineData("BP1999", "Thing", "Security", "have ids BP4000 to BP4999")]
    public async Task NewRuleThatIsNotAcceptable_IsRefusedAndNothingIsWritten(string id, string name, string category, string reason)
    {
        using var copy = new TemporaryRepository();
        var before = Snapshot(copy);
        var failure = await Assert.ThrowsAsync<ToolFailure>(() => Commands.Run(["new", id, name, category, "--root", copy.Repository.Root]));
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot(copy));
    }

    [Fact]
    public async Task NewRule_IsWrittenOnce()
    {
        using var copy = new TemporaryRepository();
        string[] command = ["new", "BP1999", "Thing", "DataAccess", "--root", copy.Repository.Root];
        Assert.Equal(0, await Commands.Run(command));
        Assert.Contains("class BP1999ThingAnalyzer()", copy.Repository.Read("src/BackendPatterns.Analyzers/Rules/DataAccess/BP1999ThingAnalyzer.cs"), StringComparison.Ordinal);
        Assert.Contains("class BP1999ThingFix()", copy.Repository.Read("src/BackendPatterns.Analyzers.CodeFixes/DataAccess/BP1999ThingFix.cs"), StringComparison.Ordinal);
        Assert.Contains("class BP1999ThingTests", copy.Repository.Read("tests/BackendPatterns.Analyzers.Tests/Rules/DataAccess/BP1999ThingTests.cs"), StringComparison.Ordinal);
        Assert.StartsWith("# BP1999 Thing\n", copy.Repository.Read("docs/rules/BP1999.md"), StringComparison.Ordinal);
        Assert.Contains("\nBP1999 | DataAccess | Info | Thing\n", copy.Repository.Read("src/BackendPatterns.Analyzers/AnalyzerReleases.Unshipped.md"), StringComparison.Ordinal);

        var before = Snapshot(copy);
        Assert.Contains("exists", (await Assert.ThrowsAsync<ToolFailure>(() => Commands.Run(command))).Message, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot(copy));
    }

    [Fact]
    public async Task FixSample_RefusesAFolderWithFiles()
    {
        using var copy = new TemporaryRepository();
        var failure = await Assert.ThrowsAsync<ToolFailure>(() => Commands.Run(["fix-sample", copy.Repository.Root, "--root", Paths.Root]));
        Assert.Contains("not empty", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\nb\n", "a\nc\n", "  - b\n  + c")]
    [InlineData("a\na\n", "a\n", "  - a")]
    [InlineData("a\nb\n", "b\na\n", "  the same lines in another order or with other blank lines")]
    public void LineDifference_ShowsWhatChanged(string actual, string wanted, string expected) => Assert.Equal(expected, LineDifference.Between(actual, wanted));

    private static Dictionary<string, string> Snapshot(TemporaryRepository copy) =>
        Directory.EnumerateFiles(copy.Repository.Root, "*", SearchOption.AllDirectories).ToDictionary(path => path, File.ReadAllText);
}
