using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace BackendPatterns.Analyzers.Tests.Verification;

/// <summary>
/// What rule tests call, by an alias: <c>using Verify = RuleVerifier&lt;BP1001QueryInLoopAnalyzer, BP1001QueryInLoopFix&gt;;</c>.
/// Every run fails on a compile error before or after the fix, on an exception in the analyzer (AD0001), and on a report that is missing or not expected.
/// </summary>
public static class RuleVerifier<TAnalyzer, TFix>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    /// <summary>The rule reports exactly the places marked with <c>[|…|]</c> (or <c>{|#0:…|}</c> with <paramref name="expected"/>).</summary>
    public static Task Reported(string source, string? options = null, OutputKind output = OutputKind.DynamicallyLinkedLibrary, params DiagnosticResult[] expected)
    {
        if (expected.Length == 0 && !source.Contains("[|", StringComparison.Ordinal) && !source.Contains("{|", StringComparison.Ordinal))
            throw new ArgumentException("A test that expects reports marks at least one place.", nameof(source));
        return Run(source, fixedSource: null, options, output, configure: test => test.ExpectedDiagnostics.AddRange(expected));
    }

    /// <summary>The rule reports nothing.</summary>
    public static Task Silent(string source, string? options = null, OutputKind output = OutputKind.DynamicallyLinkedLibrary)
    {
        if (source.Contains("[|", StringComparison.Ordinal) || source.Contains("{|", StringComparison.Ordinal))
            throw new ArgumentException("A silent test marks nothing.", nameof(source));
        return Run(source, fixedSource: null, options, output);
    }

    /// <summary>
    /// The fix turns the marked source into <paramref name="fixedSource"/>: one report at a time, and by Fix All in document, project and solution. Files that it adds follow
    /// in the same text, see <see cref="SourceFiles"/>.
    /// </summary>
    public static Task Fixed(
        string source, string fixedSource, string? options = null, OutputKind output = OutputKind.DynamicallyLinkedLibrary,
        Action<RuleTest<TAnalyzer, TFix>>? configure = null) =>
        Run(source, fixedSource, options, output, configure);

    /// <summary>The rule reports the marked places and offers no fix for them.</summary>
    public static Task NotFixed(string source, string? options = null, OutputKind output = OutputKind.DynamicallyLinkedLibrary) =>
        Run(source, source, options, output);

    /// <summary>Any other run: several projects, additional files, another set of references.</summary>
    public static async Task Run(
        string source, string? fixedSource, string? options, OutputKind output, Action<RuleTest<TAnalyzer, TFix>>? configure = null)
    {
        var test = new RuleTest<TAnalyzer, TFix>();
        test.TestState.OutputKind = output;
        var (files, fixedFiles) = SourceFiles.Of(source, fixedSource);
        foreach (var file in files)
            test.TestState.Sources.Add(file);
        test.Configure(options);
        if (fixedSource is not null)
        {
            test.FixedState.Sources.Add(("GlobalUsings.cs", Shop.GlobalUsings));
            test.FixedState.Sources.Add(("Shop.cs", Shop.Domain));
            foreach (var file in fixedFiles)
                test.FixedState.Sources.Add(file);
        }

        configure?.Invoke(test);
        await test.RunAsync();
    }
}
