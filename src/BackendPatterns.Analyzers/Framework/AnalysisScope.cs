using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Framework;

/// <summary>Which code of one compilation the rules look at: not test projects, not files below a <c>Migrations</c> folder.</summary>
public sealed class AnalysisScope
{
    public static readonly RuleOption<bool> AnalyzeTestProjects = RuleOption.Flag(
        "analyze_test_projects", defaultValue: false, "Whether test projects are analysed too; read from a global config only.") with { IsOfWholeProject = true };

    private static readonly HashSet<string> TestFrameworks = new(StringComparer.OrdinalIgnoreCase)
    {
        "xunit.core", "xunit.v3.core", "nunit.framework", "Microsoft.VisualStudio.TestPlatform.TestFramework", "MSTest.TestFramework", "TUnit.Core",
    };

    // Every rule asks when an analysis begins, and again for every operation: the references and the paths of the files are read once.
    private static readonly ConditionalWeakTable<Compilation, AnalysisScope> Scopes = new();

    private readonly bool _hasTestFramework;
    private readonly HashSet<SyntaxTree> _leftOut = [];

    private AnalysisScope(Compilation compilation)
    {
        foreach (var assembly in compilation.ReferencedAssemblyNames)
            _hasTestFramework |= TestFrameworks.Contains(assembly.Name);
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (IsMigration(tree.FilePath))
                _leftOut.Add(tree);
        }
    }

    /// <summary>True where no file of the compilation is left out.</summary>
    public bool CoversAll => _leftOut.Count == 0;

    /// <summary>Returns the scope of a compilation: always the same one for the same compilation.</summary>
    public static AnalysisScope Of(Compilation compilation) => Scopes.GetValue(compilation, static c => new AnalysisScope(c));

    /// <summary>True for a test project: the SDK's <c>IsTestProject</c> property says so, or a test framework is referenced.</summary>
    public static bool LeavesOut(Compilation compilation, AnalyzerOptions options)
    {
        if (AnalyzeTestProjects.InAll(options))
            return false;
        return options.AnalyzerConfigOptionsProvider.GlobalOptions.Flag("build_property.IsTestProject") ?? Of(compilation)._hasTestFramework;
    }

    /// <summary>False for a file of the compilation that lies below a folder named <c>Migrations</c>.</summary>
    public bool Covers(SyntaxTree tree) => _leftOut.Count == 0 || !_leftOut.Contains(tree);

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
