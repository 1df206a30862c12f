using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using BackendPatterns.Analyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Tests.Repository;

/// <summary>Runs rules over a compilation that may be broken; an exception in a rule fails the test.</summary>
internal static class RuleRun
{
    /// <summary>The reports in the whole compilation.</summary>
    public static Task<ImmutableArray<Diagnostic>> Over(Compilation compilation, params IEnumerable<RuleAnalyzer> rules) =>
        Guarded(compilation, rules, run => run.GetAnalyzerDiagnosticsAsync());

    /// <summary>The reports in the whole compilation with these options, a line each.</summary>
    public static Task<ImmutableArray<Diagnostic>> Over(Compilation compilation, string? options, params IEnumerable<RuleAnalyzer> rules) =>
        Guarded(compilation, rules, run => run.GetAnalyzerDiagnosticsAsync(), options);

    /// <summary>The reports in one file, as an editor asks for them.</summary>
    public static Task<ImmutableArray<Diagnostic>> OverFile(Compilation compilation, SyntaxTree tree, params IEnumerable<RuleAnalyzer> rules) =>
        Guarded(compilation, rules, run => run.GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(tree), filterSpan: null, CancellationToken.None));

    /// <summary>A rule that is off by default is looked at as those see it who switch it on.</summary>
    private static Compilation SwitchedOn(Compilation compilation, IEnumerable<RuleAnalyzer> rules)
    {
        var off = rules.Select(rule => rule.Rule).Where(rule => !rule.IsEnabledByDefault).ToList();
        return off.Count == 0
            ? compilation
            : compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(off.ToDictionary(rule => rule.Id, _ => ReportDiagnostic.Info)));
    }

    private static async Task<ImmutableArray<Diagnostic>> Guarded(
        Compilation compilation, IEnumerable<RuleAnalyzer> rules, Func<CompilationWithAnalyzers, Task<ImmutableArray<Diagnostic>>> ask, string? lines = null)
    {
        var failures = new ConcurrentQueue<string>();
        var options = new CompilationWithAnalyzersOptions(
            lines is null ? new AnalyzerOptions([]) : new AnalyzerOptions([], new StatedOptions(lines)),
            onAnalyzerException: (exception, analyzer, _) => failures.Enqueue($"{analyzer}: {exception}"),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false);
        var reports = await ask(SwitchedOn(compilation, rules).WithAnalyzers([.. rules], options));
        Assert.True(failures.IsEmpty, string.Join(Environment.NewLine, failures));
        return reports;
    }

    private sealed class StatedOptions(string lines) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(lines.Split('\n')
            .Select(line => line.Split('=', 2)).ToImmutableDictionary(pair => pair[0].Trim(), pair => pair[1].Trim(), AnalyzerConfigOptions.KeyComparer));

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
        }
    }
}
