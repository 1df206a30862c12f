using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Framework;

/// <summary>What a rule has found.</summary>
/// <param name="Report">The report to show; null where the baseline of the project has it already.</param>
public readonly record struct Finding(Diagnostic? Report);

/// <summary>Lets the contexts of Roslyn take findings as they take diagnostics.</summary>
public static class FindingExtensions
{
    public static void ReportDiagnostic(this OperationAnalysisContext context, Finding finding)
    {
        if (finding.Report is { } report)
            context.ReportDiagnostic(report);
    }

    public static void ReportDiagnostic(this OperationBlockAnalysisContext context, Finding finding)
    {
        if (finding.Report is { } report)
            context.ReportDiagnostic(report);
    }

    public static void ReportDiagnostic(this SymbolAnalysisContext context, Finding finding)
    {
        if (finding.Report is { } report)
            context.ReportDiagnostic(report);
    }

    public static void ReportDiagnostic(this SyntaxNodeAnalysisContext context, Finding finding)
    {
        if (finding.Report is { } report)
            context.ReportDiagnostic(report);
    }

    public static void ReportDiagnostic(this SyntaxTreeAnalysisContext context, Finding finding)
    {
        if (finding.Report is { } report)
            context.ReportDiagnostic(report);
    }
}
