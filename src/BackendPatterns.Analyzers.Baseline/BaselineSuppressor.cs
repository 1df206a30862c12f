using System.Collections.Immutable;
using BackendPatterns.Analyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Baseline;

/// <summary>
/// While a baseline is written, no report of a rule may fail the build: neither that of a project nor that of the projects it refers to, whatever <c>TreatWarningsAsErrors</c> or an
/// <c>.editorconfig</c> says. Suppressed reports still are in the error log, with their severity, and with another mark than those that the source suppresses.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BaselineSuppressor : DiagnosticSuppressor
{
    /// <summary>What the ids of the suppressions start with; the id of the rule follows.</summary>
    public const string IdStart = "Baseline";

    private static readonly ImmutableDictionary<string, SuppressionDescriptor> Descriptors = RuleIds().ToImmutableDictionary(
        id => id, id => new SuppressionDescriptor(IdStart + id, id, "Goes into the baseline"));

    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } =
        Descriptors.Values.OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal).ToImmutableArray();

    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (var report in context.ReportedDiagnostics)
        {
            if (report.Properties.ContainsKey(ProjectBaseline.LineProperty) && Descriptors.TryGetValue(report.Id, out var descriptor))
                context.ReportSuppression(Suppression.Create(descriptor, report));
        }
    }

    private static IEnumerable<string> RuleIds() =>
        typeof(RuleAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(RuleAnalyzer).IsAssignableFrom(type))
            .Select(type => ((RuleAnalyzer)Activator.CreateInstance(type)!).Rule.Id);
}
