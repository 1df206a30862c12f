using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Framework;

/// <summary>Which code the rules look at: not test projects, not files below a <c>Migrations</c> folder.</summary>
public static class AnalysisScope
{
    public static readonly RuleOption<bool> AnalyzeTestProjects = RuleOption.Flag(
        "analyze_test_projects", defaultValue: false, "Whether test projects are analysed too; read from a global config only.") with { IsOfWholeProject = true };

    private static readonly HashSet<string> TestFrameworks = new(StringComparer.OrdinalIgnoreCase)
    {
        "xunit.core", "xunit.v3.core", "nunit.framework", "Microsoft.VisualStudio.TestPlatform.TestFramework", "MSTest.TestFramework", "TUnit.Core",
    };

    private static readonly ConditionalWeakTable<SyntaxTree, object> Covered = new();

    /// <summary>True for a test project: the SDK's <c>IsTestProject</c> property says so, or a test framework is referenced.</summary>
    public static bool LeavesOut(Compilation compilation, AnalyzerOptions options)
    {
        if (AnalyzeTestProjects.InAll(options))
            return false;
        if (options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.IsTestProject", out var text) && bool.TryParse(text, out var isTest))
            return isTest;
        foreach (var assembly in compilation.ReferencedAssemblyNames)
        {
            if (TestFrameworks.Contains(assembly.Name))
                return true;
        }

        return false;
    }

    /// <summary>False for a file below a folder named <c>Migrations</c>.</summary>
    public static bool Covers(SyntaxTree tree) => (bool)Covered.GetValue(tree, static t => !IsMigration(t.FilePath));

    private static bool IsMigration(string path)
    {
        for (var at = path.IndexOf("Migrations", StringComparison.OrdinalIgnoreCase); at >= 0; at = path.IndexOf("Migrations", at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + "Migrations".Length;
            if (at > 0 && IsSeparator(path[at - 1]) && end < path.Length && IsSeparator(path[end]))
                return true;
        }

        return false;
    }

    private static bool IsSeparator(char c) => c is '/' or '\\';
}
