using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Framework;

/// <summary>
/// Base of the messages BP0xxx: they are about how this package is set up in a project and not about its code, so they have no fix and no place in the sample, and no
/// preset switches them off. They also look at projects and files that the rules leave out, where these are set up too.
/// </summary>
public abstract class SetupAnalyzer(DiagnosticDescriptor descriptor) : PackageAnalyzer(descriptor)
{
    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        // No message is about generated code; but the file that stands for a whole setting is chosen among those that Roslyn shows.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(Register);
    }

    /// <summary>Registers the actions of this message for one compilation.</summary>
    protected abstract void Register(CompilationStartAnalysisContext start);
}
