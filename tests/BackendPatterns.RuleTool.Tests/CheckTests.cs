using System.Collections.Immutable;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.RuleTool.Catalogue;
using BackendPatterns.RuleTool.Checks;
using BackendPatterns.RuleTool.Documents;

namespace BackendPatterns.RuleTool.Tests;

public class CheckTests
{
    private static readonly ImmutableArray<RuleFacts> Rules = RuleCatalogue.Rules();
    private static readonly ImmutableArray<RuleOption> Options = RuleCatalogue.Options();

    [Fact]
    public void Repository_PassesItsCheck() => Assert.Empty(new RepositoryCheck(Paths.Repository, Rules, Options).Findings());

    [Fact]
    public void EveryOption_IsFound()
    {
        Assert.Contains(Options, option => option.Key == "backend_patterns.analyze_test_projects");
        Assert.All(Options, option => Assert.Matches(@"^(backend_patterns\.(BP\d{4}\.)?[a-z0-9_]+|build_property\.BackendPatterns[A-Za-z]+)$", option.Key));
    }

    [Theory]
    [InlineData("README.md", "<!-- rules:start -->\n", "<!-- rules:start -->\nedited by hand\n")]
    [InlineData("docs/configuration.md", "backend_patterns.analyze_test_projects", "backend_patterns.analyse_tests")]
    [InlineData("docs/configuration.md", "<!-- modes:start -->", "<!-- modes:start --> by hand")]
    [InlineData("docs/configuration.md", "<!-- categories:start -->", "<!-- categories:start --> by hand")]
    [InlineData("docs/configuration.md", "<!-- properties:start -->", "<!-- properties:start --> by hand")]
    [InlineData(Presets.TargetsFile, "_BackendPatternsMode Include=\"Security\"", "_BackendPatternsMode Include=\"Safety\"")]
    [InlineData(Presets.Folder + "/none.Security.globalconfig", "dotnet_diagnostic.BP4001.severity = none\n", "")]
    [InlineData("docs/how-it-works.md", "<!-- cases:start -->", "<!-- cases:start --> by hand")]
    [InlineData("docs/how-it-works.md", "<!-- applications:start -->", "<!-- applications:start --> by hand")]
    [InlineData("docs/rules/README.md", "# Rules", "# Our rules")]
    [InlineData("src/BackendPatterns.Analyzers/AnalyzerReleases.Unshipped.md", "### New Rules\n", "### New Rules\n\nBP9999 | Nothing | Info | Gone\n")]
    public void GeneratedTextChangedByHand_IsFoundAndMended(string file, string text, string changed)
    {
        using var copy = new TemporaryRepository();
        copy.Repository.Write(file, copy.Repository.Read(file).Replace(text, changed, StringComparison.Ordinal));
        Assert.Contains(Findings(copy), finding => finding.StartsWith(file, StringComparison.Ordinal));

        copy.Repository.Write(file, new GeneratedDocuments(copy.Repository, Rules, Options).Texts().Single(generated => generated.File == file).Text());
        Assert.DoesNotContain(Findings(copy), finding => finding.StartsWith(file, StringComparison.Ordinal));
    }

    [Fact]
    public void PageWithApplications_IsTabulatedByItsColumns()
    {
        using var copy = new TemporaryRepository();
        const string Case = "\n### A filter\n\nIt may let anyone in.\n\n```csharp app unknown POST /orders 401\nvar x = 1;\n```\n";
        copy.Repository.Write("docs/cases/callers.md", "# Callers\n\n<!-- columns: model | method | path | status -->\n" + Case);
        Assert.Equal(
            "### [Callers](cases/callers.md)\n\n| case | model | method | path | status |\n|---|---|---|---|---|\n| A filter | unknown: it may let anyone in | POST | /orders | 401 |\n",
            new CasePages(copy.Repository).ApplicationTables());
        Assert.Equal("", new CasePages(copy.Repository).Tables());

        copy.Repository.Write("docs/cases/callers.md", "# Callers\n" + Case);
        Assert.Contains(Findings(copy), finding => finding.Contains("names its columns", StringComparison.Ordinal));
    }

    [Fact]
    public void PageThatIsTooLong_IsFound()
    {
        using var copy = new TemporaryRepository();
        var page = Rules[0].Page;
        copy.Repository.Write(page, copy.Repository.Read(page) + string.Concat(Enumerable.Repeat("More.\n", 120)));
        Assert.Contains(Findings(copy), finding => finding.StartsWith(page, StringComparison.Ordinal) && finding.Contains("at most 120", StringComparison.Ordinal));
    }

    [Fact]
    public void MissingSection_IsFound()
    {
        using var copy = new TemporaryRepository();
        var page = Rules.First(rule => !rule.IsAboutSetup).Page;
        copy.Repository.Write(page, copy.Repository.Read(page).Replace("## Known limits", "## Limits", StringComparison.Ordinal));
        Assert.Contains($"{page}: no section '## Known limits'.", Findings(copy));
    }

    [Fact]
    public void PageOfAMessage_HasSectionsOfItsOwn()
    {
        using var copy = new TemporaryRepository();
        var page = Rules.First(rule => rule.IsAboutSetup).Page;
        copy.Repository.Write(page, copy.Repository.Read(page).Replace("## What to do", "## Advice", StringComparison.Ordinal));
        Assert.Equal([$"{page}: no section '## What to do'."], Findings(copy).Where(finding => finding.StartsWith(page, StringComparison.Ordinal)));
    }

    [Fact]
    public void MissingMarker_IsAFinding_AndDocsRefuses()
    {
        using var copy = new TemporaryRepository();
        copy.Repository.Write("README.md", "# Nothing\n");
        Assert.Contains(Findings(copy), finding => finding.Contains("<!-- rules:start -->", StringComparison.Ordinal));
        Assert.Throws<ToolFailure>(() => new GeneratedDocuments(copy.Repository, Rules, Options).Compute());
    }

    [Fact]
    public void PageOfNoRule_IsFound()
    {
        using var copy = new TemporaryRepository();
        copy.Repository.Write("docs/rules/BP9999.md", "# BP9999 Nothing\n");
        Assert.Contains("docs/rules/BP9999.md: there is no rule BP9999.", Findings(copy));
    }

    [Fact]
    public void SampleWithoutOccurrence_IsFound()
    {
        using var copy = new TemporaryRepository();
        var findings = new RepositoryCheck(copy.Repository, Rules, Options).SampleFindings("expected.txt", "BP0000 A.cs:A.M 'x'\n").ToList();
        Assert.All(Rules, rule => Assert.Equal(!rule.IsAboutSetup, findings.Exists(finding => finding.StartsWith($"{rule.Id}: no occurrence", StringComparison.Ordinal))));
        Assert.Contains(findings, finding => finding.Contains("+ BP0000 A.cs:A.M 'x'", StringComparison.Ordinal));
    }

    private static List<string> Findings(TemporaryRepository copy) => [.. new RepositoryCheck(copy.Repository, Rules, Options).Findings()];
}
