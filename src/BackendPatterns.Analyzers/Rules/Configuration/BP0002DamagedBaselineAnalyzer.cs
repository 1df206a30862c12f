using BackendPatterns.Analyzers.Baseline;
using BackendPatterns.Analyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.Configuration;

/// <summary>BP0002: the baseline cannot be read, so it hides nothing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP0002DamagedBaselineAnalyzer() : SetupAnalyzer(Descriptor)
{
    public const string Id = "BP0002";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Baseline that cannot be read",
        messageFormat: "The baseline hides nothing, because it is damaged: {0}",
        category: Category.Configuration,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "A line of the baseline is not what the build writes. No report is hidden until the file is mended or written again.");

    protected override void Register(CompilationStartAnalysisContext start)
    {
        if (ProjectBaseline.For(start.Compilation, start.Options) is not { File.Damages.IsEmpty: false } baseline)
            return;
        start.RegisterAdditionalFileAction(context =>
        {
            if (context.AdditionalFile.Path != baseline.Path)
                return;
            foreach (var damage in baseline.File.Damages)
                context.ReportDiagnostic(Diagnostic.Create(Descriptor, baseline.LocationOf(damage.Span), damage.Problem));
        });
    }
}
