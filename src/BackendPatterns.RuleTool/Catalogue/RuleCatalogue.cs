using System.Collections.Immutable;
using System.Reflection;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Rules.Configuration;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BackendPatterns.RuleTool.Catalogue;

/// <summary>Every rule, message about the set-up and option of the two assemblies, found by reflection: adding one needs no edit here.</summary>
public static class RuleCatalogue
{
    private static readonly Assembly AnalyzersAssembly = typeof(PackageAnalyzer).Assembly;
    private static readonly Assembly FixesAssembly = Assembly.Load("BackendPatterns.Analyzers.CodeFixes");

    /// <summary>The names of the categories, in the order of their ids.</summary>
    public static ImmutableArray<string> Categories { get; } =
        [.. typeof(Category).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];

    /// <summary>The rules and messages by id.</summary>
    public static ImmutableArray<RuleFacts> Rules()
    {
        var fixes = InstancesOf<CodeFixProvider>(FixesAssembly);
        return
        [
            .. InstancesOf<PackageAnalyzer>(AnalyzersAssembly)
                .Select(analyzer => new RuleFacts(analyzer, FixesOf(analyzer.Rule.Id)))
                .OrderBy(rule => rule.Id, StringComparer.Ordinal),
        ];

        ImmutableArray<CodeFixProvider> FixesOf(string id) =>
        [
            .. fixes.Where(fix => fix.FixableDiagnosticIds.Contains(id))
                .OrderBy(fix => fix.GetFixAllProvider() is null)
                .ThenBy(fix => fix.GetType().Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>The options and properties by key.</summary>
    public static ImmutableArray<RuleOption> Options() => [.. KnownOptions.All.OrderBy(option => option.Key, StringComparer.Ordinal)];

    private static ImmutableArray<T> InstancesOf<T>(Assembly assembly) =>
        [.. assembly.GetTypes().Where(type => !type.IsAbstract && typeof(T).IsAssignableFrom(type)).Select(type => (T)Activator.CreateInstance(type)!)];
}
