using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Tests.Robustness;

/// <summary>What the compiler does with a project without any rule of ours.</summary>
internal static class Compiler
{
    /// <summary>
    /// True where it alone needs so long that the rules cannot be told from it: for binding, or for the many reports of a file, for each of which it looks for attributes that suppress it on
    /// everything around the place.
    /// </summary>
    public static async Task<bool> IsSlowWith(Project project)
    {
        using var limit = new ProcessorTimeLimit(ProcessorTimeLimit.PerDocument / 4);
        try
        {
            // A copy knows nothing of the run before.
            return await limit.Run(async cancellation =>
            {
                var compilation = (await project.GetCompilationAsync(cancellation))!.Clone();
                compilation.GetDiagnostics(cancellation);
                await ReadOperations(compilation, cancellation);
                return false;
            });
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutException)
        {
            return true;
        }
    }

    /// <summary>True where it throws without us: Roslyn 4.8 does, for some broken code, when it is asked for operations. In a build it tells so, in an editor it throws.</summary>
    public static async Task<bool> ThrowsWith(Project project)
    {
        var compilation = (await project.GetCompilationAsync())!.Clone();
        try
        {
            if ((await ReadOperations(compilation, CancellationToken.None)).Any(TellsOfException))
                return true;
            var run = WithReader(compilation.Clone());
            foreach (var tree in run.Compilation.SyntaxTrees)
                await run.GetAnalyzerSemanticDiagnosticsAsync(run.Compilation.GetSemanticModel(tree), filterSpan: null, CancellationToken.None);
            return false;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return true;
        }
    }

    /// <summary>True for a report with which the compiler tells of an exception of its own.</summary>
    public static bool TellsOfException(Diagnostic report) => report.Id.StartsWith("AD", StringComparison.Ordinal);

    /// <summary>Makes the compiler give its operations to a rule that knows nothing and reports every call.</summary>
    public static Task<ImmutableArray<Diagnostic>> ReadOperations(Compilation compilation, CancellationToken cancellation) =>
        WithReader(compilation).GetAnalyzerDiagnosticsAsync(cancellation);

    private static CompilationWithAnalyzers WithReader(Compilation compilation) =>
        compilation.WithAnalyzers([new OperationReader()], new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: true, logAnalyzerExecutionTime: false));

#pragma warning disable RS1001, RS1022 // It is not offered to anyone.
    private sealed class OperationReader : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor Nothing = new("NONE", "None", "None", "None", DiagnosticSeverity.Hidden, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Nothing];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterOperationAction(
                static context =>
                {
                    if (context.Operation.Kind is OperationKind.Invocation)
                        context.ReportDiagnostic(Diagnostic.Create(Nothing, context.Operation.Syntax.GetLocation()));
                },
                Enum.GetValues<OperationKind>().Where(kind => kind is not OperationKind.None).ToImmutableArray());
        }
    }
#pragma warning restore RS1001, RS1022
}
