using System.Text.RegularExpressions;
using BackendPatterns.Analyzers.Tests.Verification;

namespace BackendPatterns.Analyzers.Tests.Repository;

/// <summary>What <c>docs/comparison.md</c> has to have: every rule once, a verdict that is explained above the tables, and a known link for each rule of others.</summary>
public class ComparisonPageTests
{
    /// <summary>The address of a rule's documentation by the letters of its id; <c>{0}</c> is its id, <c>{1}</c> its number. Two libraries have one page for several rules.</summary>
    private static readonly Dictionary<string, string> Addresses = new()
    {
        ["ASP"] = "https://learn.microsoft.com/aspnet/core/diagnostics/{0}",
        ["CA"] = "https://learn.microsoft.com/dotnet/fundamentals/code-analysis/quality-rules/{0}",
        ["DI"] = "https://github.com/georgepwall1991/DependencyInjection.Lifetime.Analyzers/blob/main/docs/RULES.md#{0}-",
        ["EF"] = "https://learn.microsoft.com/ef/core/",
        ["EFD"] = "https://github.com/vuglll/EFDoctor/blob/main/docs/rules/{0}.md",
        ["LC"] = "https://github.com/georgepwall1991/LinqContraband/blob/master/docs/{0}_",
        ["MA"] = "https://github.com/meziantou/Meziantou.Analyzer/blob/main/docs/Rules/{0}.md",
        ["NP"] = "https://github.com/selcukgural/NPlusOne/releases",
        ["S"] = "https://rules.sonarsource.com/csharp/RSPEC-{1}/",
        ["SCS"] = "https://security-code-scan.github.io/#{0}",
        ["VSTHRD"] = "https://microsoft.github.io/vs-threading/analyzers/{0}.html",
    };

    private static readonly Regex Row = new(@"^\| \[(BP\d{4})\]\(rules/\1\.md\) (\w+) \| ([^|]*) \| \*\*([^*]+?)[.:,]?\*\*[^|]* \|$", RegexOptions.Multiline);
    private static readonly Regex Use = new(@"\[([A-Z]+)(\d+)\](?![(:])");
    private static readonly Regex Definition = new(@"^\[([A-Z]+)(\d+)\]: (\S+)$", RegexOptions.Multiline);

    private static readonly string Page = File.ReadAllText(Path.Combine(TestReferences.RepositoryRoot, "docs", "comparison.md")).ReplaceLineEndings("\n");

    [Fact]
    public void EveryRule_HasOneRowInItsCategory()
    {
        var rules = AllRules.Analyzers.Where(analyzer => !analyzer.Rule.Id.StartsWith("BP0", StringComparison.Ordinal)).ToList();
        Assert.Equal(rules.Select(analyzer => $"{analyzer.Rule.Id} {AllRules.Name(analyzer)}").Order(StringComparer.Ordinal), Rows.Select(row => $"{row.Groups[1]} {row.Groups[2]}"));
        foreach (var section in Page[..Page.IndexOf("<!-- comparison:end -->", StringComparison.Ordinal)].Split("\n## ").Skip(1))
            Assert.Single(Row.Matches(section).Select(row => AllRules.Analyzer(row.Groups[1].Value).Rule.Category).Distinct());
    }

    [Fact]
    public void Verdicts_AreExplained_AndSayWhetherThereAreOthers() => Assert.All(Rows, row =>
    {
        Assert.Contains($"- **{row.Groups[4].Value}**: ", Page, StringComparison.Ordinal);
        Assert.Equal(row.Groups[3].Value == "–", row.Groups[4].Value == "only here");
    });

    [Fact]
    public void RulesOfOthers_AreLinkedToTheirDocumentation()
    {
        var definitions = Definition.Matches(Page);
        Assert.Equal(
            Use.Matches(Page).Select(use => use.Groups[1].Value + use.Groups[2].Value).Distinct().Order(StringComparer.Ordinal),
            definitions.Select(definition => definition.Groups[1].Value + definition.Groups[2].Value));
        Assert.All(definitions, definition =>
        {
            var (letters, number) = (definition.Groups[1].Value, definition.Groups[2].Value);
            Assert.StartsWith(string.Format(null, Addresses[letters], letters + number, number), definition.Groups[3].Value, StringComparison.OrdinalIgnoreCase);
        });
    }

    private static MatchCollection Rows => Row.Matches(Page);
}
