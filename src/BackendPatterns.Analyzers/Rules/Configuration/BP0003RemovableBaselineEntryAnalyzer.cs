using BackendPatterns.Analyzers.Baseline;
using BackendPatterns.Analyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.Configuration;

/// <summary>BP0003: an entry of the baseline that hides nothing any more.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP0003RemovableBaselineEntryAnalyzer() : SetupAnalyzer(Descriptor)
{
    public const string Id = "BP0003";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Baseline entry that can be removed",
        messageFormat: "'{0}' is not reported in '{1}' any more; remove this line from the baseline",
        category: Category.Configuration,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Nothing in the project needs this entry of the baseline. As long as it stays, the same mistake can come back unseen.",
        customTags: WellKnownDiagnosticTags.CompilationEnd);

#pragma warning disable RS1013 // A message is only registered where there is a baseline; the start action is that of the base class.
    protected override void Register(CompilationStartAnalysisContext start)
    {
        // Only a build runs all rules over all files; an editor asks for one file, one rule, one method at a time.
        if (!BuildMarker.IsIn(start.Options) || ProjectBaseline.For(start.Compilation, start.Options) is not { Entries.IsEmpty: false } baseline)
            return;
        start.RegisterCompilationEndAction(context =>
        {
            // Roslyn ends a compilation after all rules have seen all of it: https://github.com/dotnet/roslyn/blob/main/docs/analyzers/Analyzer%20Actions%20Semantics.md
            var unused = new UnusedEntries(baseline, context.Compilation);
            foreach (var entry in unused.Removable(context.CancellationToken))
                context.ReportDiagnostic(Diagnostic.Create(Descriptor, baseline.LocationOf(entry.Span), entry.Rule, entry.Member));
        });
    }
#pragma warning restore RS1013
}
