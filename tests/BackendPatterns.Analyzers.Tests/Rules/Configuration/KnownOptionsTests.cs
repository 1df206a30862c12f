using System.Reflection;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Rules.Configuration;
using BackendPatterns.Analyzers.Tests.Verification;

namespace BackendPatterns.Analyzers.Tests.Rules.Configuration;

public class KnownOptionsTests
{
    [Fact]
    public void EveryOption_IsListed()
    {
        var declared = typeof(RuleOption).Assembly.GetTypes()
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => typeof(RuleOption).IsAssignableFrom(field.FieldType))
            .Select(field => (RuleOption)field.GetValue(null)!);
        Assert.Equal(declared.Select(option => option.Key).Order(StringComparer.Ordinal), KnownOptions.All.Select(option => option.Key).Order(StringComparer.Ordinal));
        Assert.All(KnownOptions.All, option => Assert.Same(option, KnownOptions.Find(option.Key.ToUpperInvariant())));
    }

    /// <summary>Every key that the documentation names, in tables, examples and sentences, is an option.</summary>
    [Fact]
    public void EveryKeyOfTheDocumentation_IsAnOption()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(TestReferences.RepositoryRoot, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(TestReferences.RepositoryRoot, "README.md"));
        foreach (var page in pages.Where(page => !page.EndsWith("BP0001.md", StringComparison.Ordinal)))
        {
            foreach (System.Text.RegularExpressions.Match match in System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(page), @"backend_patterns\.(BP\d{4}\.)?[a-z_]+"))
                Assert.True(KnownOptions.Find(match.Value) is not null, $"{page}: {match.Value}");
        }
    }

    [Fact]
    public void EveryDefault_IsAccepted() =>
        Assert.All(KnownOptions.All.Where(option => option.DefaultText != RuleOption.Nothing), option => Assert.Null(option.ProblemOf(option.DefaultText)));

    [Fact]
    public void Names_AreThoseThatUsersWrite()
    {
        Assert.Equal("BackendPatternsFacts", FactsGenerator.Switch.Name);
        Assert.Equal("backend_patterns.analyze_test_projects", AnalysisScope.AnalyzeTestProjects.Name);
    }
}
