using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using BackendPatterns.Analyzers.Baseline;
using BackendPatterns.Analyzers.Rules.Configuration;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.Tests.Baseline;

/// <summary>What builds of a small project show with a baseline.</summary>
internal sealed record BaselineRun(ImmutableArray<Diagnostic> Reports)
{
    public const string Project = "Shop";
    public const string Path = "/shop/backendpatterns.baseline";
    public const string Build = "backend_patterns_build = true";

    /// <summary>The lines of source that the rule is shown at, from 1; with the file where it is not the first.</summary>
    public IEnumerable<string> Shown => Of(FlagsLoopCalls.Id).Select(Place);

    /// <summary>The lines of the baseline that are reported as removable, from 1.</summary>
    public IEnumerable<int> Removable => Of(BP0003RemovableBaselineEntryAnalyzer.Id).Select(report => report.Location.GetLineSpan().StartLinePosition.Line + 1);

    /// <summary>The lines of the baseline that are reported as damaged, from 1, with what is said about them.</summary>
    public IEnumerable<(int Line, string Message)> Damaged =>
        Of(BP0002DamagedBaselineAnalyzer.Id).Select(report => (report.Location.GetLineSpan().StartLinePosition.Line + 1, report.GetMessage()));

    /// <summary>The baseline that a build of these files writes.</summary>
    public static async Task<string> Written(params string[] files)
    {
        var run = await Over(null, "build_property.BackendPatternsBaselineWriting = true", files);
        var lines = run.Of(FlagsLoopCalls.Id).Select(report => report.Properties[ProjectBaseline.LineProperty]!).Distinct().Order(StringComparer.Ordinal);
        return string.Concat(lines.Prepend(BaselineFile.Header(Project)).Select(line => line + "\n"));
    }

    /// <summary>A build of these files, <c>File0.cs</c> and so on, with a baseline.</summary>
    public static Task<BaselineRun> Over(string? baseline, params string[] files) => Over(baseline, Build, files);

    /// <summary>The same with the rule switched off in one file, as a section of an <c>.editorconfig</c> does it.</summary>
    public static Task<BaselineRun> Over(string? baseline, string[] files, string offIn)
    {
        var compilation = Compile(files);
        return Over(baseline, Build, compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new OffIn(offIn))), ask: null);
    }

    /// <summary>The same with these lines of global configuration.</summary>
    public static Task<BaselineRun> Over(string? baseline, string options, string[] files, Func<CompilationWithAnalyzers, Task<ImmutableArray<Diagnostic>>>? ask = null) =>
        Over(baseline, options, Compile(files), ask);

    private static async Task<BaselineRun> Over(string? baseline, string options, Compilation compilation, Func<CompilationWithAnalyzers, Task<ImmutableArray<Diagnostic>>>? ask)
    {
        var failures = new ConcurrentQueue<string>();
        var analyzers = compilation.WithAnalyzers(
            [new FlagsLoopCalls(), new BP0002DamagedBaselineAnalyzer(), new BP0003RemovableBaselineEntryAnalyzer()],
            new CompilationWithAnalyzersOptions(
                Options(baseline, options), onAnalyzerException: (exception, analyzer, _) => failures.Enqueue($"{analyzer}: {exception}"), concurrentAnalysis: true, logAnalyzerExecutionTime: false));
        var reports = await (ask ?? (run => run.GetAnalyzerDiagnosticsAsync()))(analyzers);
        Assert.Empty(failures);
        return new BaselineRun([.. reports.OrderBy(report => report.Location.GetLineSpan().Path, StringComparer.Ordinal).ThenBy(report => report.Location.SourceSpan.Start)]);
    }

    public static CSharpCompilation Compile(params string[] files) => CSharpCompilation.Create(
        Project,
        files.Select((file, index) => CSharpSyntaxTree.ParseText(file, new CSharpParseOptions(LanguageVersion.Latest), $"/shop/File{index}.cs")),
        TestReferences.All,
        new CSharpCompilationOptions(files.Any(file => file.StartsWith("// program", StringComparison.Ordinal)) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary));

    public static AnalyzerOptions Options(string? baseline, string lines) => new(
        baseline is null ? [] : [new BaselineOf(baseline)],
        new StatedOptions(lines.Split('\n').Append("build_property.MSBuildProjectName = " + Project)));

    private IEnumerable<Diagnostic> Of(string id) => Reports.Where(report => report.Id == id);

    private static string Place(Diagnostic report)
    {
        var place = report.Location.GetLineSpan();
        var line = place.StartLinePosition.Line + 1;
        return place.Path == "/shop/File0.cs" ? $"{line}" : $"{System.IO.Path.GetFileName(place.Path)}:{line}";
    }

    private sealed class OffIn(string file) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.NotGenerated;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = tree.FilePath == file && diagnosticId == FlagsLoopCalls.Id ? ReportDiagnostic.Suppress : ReportDiagnostic.Default;
            return severity is ReportDiagnostic.Suppress;
        }

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = ReportDiagnostic.Default;
            return false;
        }
    }

    private sealed class BaselineOf(string text) : AdditionalText
    {
        public override string Path => BaselineRun.Path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class StatedOptions(IEnumerable<string> lines) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(
            lines.Select(line => line.Split('=', 2)).ToImmutableDictionary(pair => pair[0].Trim(), pair => pair[1].Trim(), AnalyzerConfigOptions.KeyComparer));

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
        }
    }
}
