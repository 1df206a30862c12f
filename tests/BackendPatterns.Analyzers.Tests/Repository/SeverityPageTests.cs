using System.Text.RegularExpressions;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Tests.Repository;

/// <summary>Lists of rules by severity that pages write out: the reasons in <c>docs/severity.md</c>, and the property to copy in <c>docs/adoption.md</c>.</summary>
public class SeverityPageTests
{
    private static readonly Regex Id = new(@"BP[1-9]\d{3}");

    private static readonly ILookup<string, string> Rules = AllRules.Analyzers.Select(analyzer => analyzer.Rule).Where(rule => Id.IsMatch(rule.Id)).OrderBy(rule => rule.Id, StringComparer.Ordinal)
        .ToLookup(rule => !rule.IsEnabledByDefault ? "Off" : rule.DefaultSeverity.ToString(), rule => rule.Id);

    [Theory]
    [InlineData("Warning")]
    [InlineData("Info")]
    [InlineData("Off")]
    public void EveryRule_HasItsReasonOnce(string severity)
    {
        var table = Between(Page("severity.md"), $"\n### {severity}\n", severity == "Off" ? "<!-- severities:end -->" : "\n### ");
        var rules = table.Split('\n').Where(line => line.StartsWith('|')).SelectMany(line => Id.Matches(line.Split('|')[1])).Select(id => id.Value);
        Assert.Equal(Rules[severity], rules.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Adoption_ListsEveryWarning()
    {
        var property = Between(Page("adoption.md"), "<WarningsAsErrors>$(WarningsAsErrors);", "</WarningsAsErrors>");
        Assert.Equal(string.Join(';', Rules[nameof(DiagnosticSeverity.Warning)]), property);
    }

    private static string Page(string name) => File.ReadAllText(Path.Combine(TestReferences.RepositoryRoot, "docs", name)).ReplaceLineEndings("\n");

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        Assert.True(from >= start.Length, start);
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }
}
