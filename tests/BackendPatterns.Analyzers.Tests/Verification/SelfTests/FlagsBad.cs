using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Tests.Verification.SelfTests;

/// <summary>Reports every method called <c>Bad</c>.</summary>
public class FlagsBad : DiagnosticAnalyzer
{
    public const string Id = "TEST1";

    private static readonly DiagnosticDescriptor Descriptor = new(Id, "Bad method", "'{0}' is bad", "Test", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(Report, SymbolKind.Method);
    }

    protected virtual void Report(SymbolAnalysisContext context)
    {
        if (context.Symbol.Name == "Bad")
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, context.Symbol.Locations[0], context.Symbol.Name));
    }
}

/// <summary>Throws where it should report.</summary>
public sealed class ThrowsOnBad : FlagsBad
{
    protected override void Report(SymbolAnalysisContext context)
    {
        if (context.Symbol.Name == "Bad")
            throw new NotSupportedException("The analyzer fails.");
    }
}
