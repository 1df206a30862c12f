using System.Collections.Immutable;
using BackendPatterns.Analyzers.Framework;
using Microsoft.CodeAnalysis.CodeFixes;
using System.Reflection;

namespace BackendPatterns.Analyzers.Tests.Repository;

/// <summary>Every rule and message of the shipped assemblies, found by reflection.</summary>
internal static class AllRules
{
    private const string Suffix = "Analyzer";

    /// <summary>The rules about code.</summary>
    public static ImmutableArray<RuleAnalyzer> Analyzers { get; } =
    [
        .. InstancesOf<RuleAnalyzer>(typeof(RuleAnalyzer).Assembly).OrderBy(analyzer => analyzer.Rule.Id, StringComparer.Ordinal),
    ];

    /// <summary>The messages about the set-up, which have no sample, no marked code on their pages and no fix.</summary>
    public static ImmutableArray<SetupAnalyzer> SetupAnalyzers { get; } =
    [
        .. InstancesOf<SetupAnalyzer>(typeof(SetupAnalyzer).Assembly).OrderBy(analyzer => analyzer.Rule.Id, StringComparer.Ordinal),
    ];

    public static ImmutableArray<CodeFixProvider> Fixes { get; } = [.. InstancesOf<CodeFixProvider>(Assembly.Load("BackendPatterns.Analyzers.CodeFixes"))];

    /// <summary>The ids of rules about code, for theories with one case per rule.</summary>
    public static TheoryData<string> Ids { get; } = new(Analyzers.Select(analyzer => analyzer.Rule.Id));

    /// <summary>The rules and the messages.</summary>
    public static ImmutableArray<PackageAnalyzer> Everything { get; } = [.. Analyzers, .. SetupAnalyzers];

    /// <summary>The ids of rules and messages.</summary>
    public static TheoryData<string> AllIds { get; } = new(Everything.Select(analyzer => analyzer.Rule.Id));

    public static PackageAnalyzer Any(string id) => Everything.First(analyzer => analyzer.Rule.Id == id);

    public static RuleAnalyzer Analyzer(string id) => Analyzers.First(analyzer => analyzer.Rule.Id == id);

    /// <summary>The fixes of a rule, those that support Fix All first.</summary>
    public static ImmutableArray<CodeFixProvider> FixesOf(string id) =>
    [
        .. Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(id)).OrderBy(fix => fix.GetFixAllProvider() is null).ThenBy(fix => fix.GetType().Name, StringComparer.Ordinal),
    ];

    /// <summary>The pattern that a rule flags: the name of its type without id and suffix.</summary>
    public static string Name(PackageAnalyzer analyzer)
    {
        var type = analyzer.GetType().Name;
        return type.StartsWith(analyzer.Rule.Id, StringComparison.Ordinal) && type.EndsWith(Suffix, StringComparison.Ordinal)
            ? type[analyzer.Rule.Id.Length..^Suffix.Length]
            : "";
    }

    private static IEnumerable<T> InstancesOf<T>(Assembly assembly) =>
        assembly.GetTypes().Where(type => !type.IsAbstract && typeof(T).IsAssignableFrom(type)).Select(type => (T)Activator.CreateInstance(type)!);
}
