using System.Text.RegularExpressions;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Tests.Repository;

/// <summary>What holds for every rule, whatever it flags.</summary>
public class RuleContractTests
{
    private static readonly string[] Categories =
        [.. typeof(Category).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];

    public static TheoryData<string> Ids => AllRules.AllIds;

    [Fact]
    public void Ids_AreUnique() => Assert.Equal(AllRules.Everything.Length, AllRules.Everything.Select(analyzer => analyzer.Rule.Id).Distinct().Count());

    [Fact]
    public void EveryAnalyzer_IsARule()
    {
        var strangers = typeof(RuleAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type) && !typeof(DiagnosticSuppressor).IsAssignableFrom(type))
            .Where(type => !typeof(RuleAnalyzer).IsAssignableFrom(type) && !typeof(SetupAnalyzer).IsAssignableFrom(type));
        Assert.Empty(strangers);
    }

    [Fact]
    public void EveryFix_BelongsToARule()
    {
        var ids = AllRules.Analyzers.Select(analyzer => analyzer.Rule.Id).ToList();
        Assert.All(AllRules.Fixes, fix => Assert.All(fix.FixableDiagnosticIds, id => Assert.Contains(id, ids)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void IdNameAndCategory_MatchTypeAndFolder(string id)
    {
        var analyzer = AllRules.Any(id);
        var (name, category) = (AllRules.Name(analyzer), analyzer.Rule.Category);
        Assert.Matches("^[A-Z][A-Za-z0-9]+$", name);
        Assert.Equal(Array.IndexOf(Categories, category), id[2] - '0');
        Assert.Equal(category == Category.Configuration, analyzer is SetupAnalyzer);
        Assert.Equal($"BackendPatterns.Analyzers.Rules.{category}", analyzer.GetType().Namespace);
        AssertExists($"src/BackendPatterns.Analyzers/Rules/{category}/{id}{name}Analyzer.cs");
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(TestReferences.RepositoryRoot, "tests/BackendPatterns.Analyzers.Tests/Rules", category), $"{id}*Tests.cs"));
        Assert.All(AllRules.FixesOf(id), fix =>
        {
            Assert.Matches($"^{id}[A-Z][A-Za-z0-9]*Fix$", fix.GetType().Name);
            Assert.Equal($"BackendPatterns.Analyzers.CodeFixes.{category}", fix.GetType().Namespace);
            AssertExists($"src/BackendPatterns.Analyzers.CodeFixes/{category}/{fix.GetType().Name}.cs");
        });
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void HelpLink_IsThePage(string id)
    {
        Assert.EndsWith($"/docs/rules/{id}.md", AllRules.Any(id).Rule.HelpLinkUri, StringComparison.Ordinal);
        AssertExists($"docs/rules/{id}.md");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Texts_FollowTheHouseStyle(string id)
    {
        var rule = AllRules.Any(id).Rule;
        Assert.All([rule.Title.ToString(), rule.MessageFormat.ToString()], text =>
        {
            Assert.NotEmpty(text);
            Assert.Equal(text.Trim(), text);
            Assert.False(text.EndsWith('.'), "A title or message ends without a full stop: " + text);
            Assert.DoesNotContain(". ", text, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', text);
        });
        // A hole that stands for a name is quoted: '{0}'.
        Assert.DoesNotMatch(new Regex("\"\\{\\d"), rule.MessageFormat.ToString());
        Assert.EndsWith(".", rule.Description.ToString(), StringComparison.Ordinal);
    }

    /// <summary>What viewers of SARIF show beside a report, within the lengths that code scanning keeps.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void Descriptor_HasWhatViewersShow(string id)
    {
        var rule = AllRules.Any(id).Rule;
        Assert.InRange(rule.Title.ToString().Length, 5, 255);
        Assert.InRange(rule.Description.ToString().Length, 60, 1024);
        Assert.DoesNotContain('\n', rule.Description.ToString());
        Assert.True(Uri.TryCreate(rule.HelpLinkUri, UriKind.Absolute, out _), rule.HelpLinkUri);
        Assert.Contains(rule.Category, Categories);
        Assert.Equal(Regex.Replace(rule.Category, "(?<=[a-z])[A-Z]", "-$0").ToLowerInvariant(), rule.CustomTags.First());
        Assert.Equal(rule.CustomTags.Count(), rule.CustomTags.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Fix_CanFixAllEverywhere(string id) =>
        Assert.All(
            AllRules.FixesOf(id).Select(fix => fix.GetFixAllProvider()).OfType<FixAllProvider>(),
            all => Assert.Superset(new HashSet<FixAllScope> { FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution }, all.GetSupportedFixAllScopes().ToHashSet()));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_IsAWarningOrInformation(string id) =>
        // A file of the set-up that cannot be read is an error; code never is.
        Assert.Contains(AllRules.Any(id).Rule.DefaultSeverity, id == "BP0002" ? new[] { DiagnosticSeverity.Error } : [DiagnosticSeverity.Warning, DiagnosticSeverity.Info]);

    private static void AssertExists(string file) => Assert.True(File.Exists(Path.Combine(TestReferences.RepositoryRoot, file)), file + " does not exist.");
}
