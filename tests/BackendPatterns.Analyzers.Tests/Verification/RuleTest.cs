using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace BackendPatterns.Analyzers.Tests.Verification;

/// <summary>One run of a rule (and its fix) over sources that are compiled against the real libraries.</summary>
public sealed class RuleTest<TAnalyzer, TFix> : CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    private static readonly ReferenceAssemblies NoPackages = new("net10.0");

    public RuleTest()
    {
        ReferenceAssemblies = NoPackages;
        TestState.AdditionalReferences.AddRange(TestReferences.All);
        TestState.Sources.Add(("GlobalUsings.cs", Shop.GlobalUsings));
        TestState.Sources.Add(("Shop.cs", Shop.Domain));
        SolutionTransforms.Add((solution, id) =>
        {
            var project = solution.GetProject(id)!;
            return solution
                .WithProjectParseOptions(id, ((CSharpParseOptions)project.ParseOptions!).WithLanguageVersion(LanguageVersion.Latest))
                .WithProjectCompilationOptions(id, ((CSharpCompilationOptions)project.CompilationOptions!).WithNullableContextOptions(NullableContextOptions.Enable));
        });
    }

    /// <summary>Compiles the sources against this version of EF Core.</summary>
    public void UseEfCore(int version)
    {
        TestState.AdditionalReferences.Clear();
        TestState.AdditionalReferences.AddRange(TestReferences.WithEfCore(version));
    }

    /// <summary>Adds lines to the configuration of the test. A global one: the sources have no folder that an <c>.editorconfig</c> could be above.</summary>
    public void Configure(string? lines)
    {
        if (lines is not null)
            TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\n" + lines + "\n"));
    }
}
