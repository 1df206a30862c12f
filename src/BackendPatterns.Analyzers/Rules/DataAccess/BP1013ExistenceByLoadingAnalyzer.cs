using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Flow.Rows;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1013: a row or a count is loaded only to see whether there is one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1013ExistenceByLoadingAnalyzer() : QueryReadAnalyzer(Descriptor)
{
    public const string Id = "BP1013";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "A row or a count is loaded only to see whether there is one",
        messageFormat: "'{0}' {1}; ask whether there is a row with '{2}'",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The query reads a row with all its columns, or counts every row, and the answer is only compared with null or zero. 'Any' lets the database stop at the first row and send nothing but yes or no.");

    private protected override void Analyze(OperationBlockAnalysisContext context, IOperation read, RuleRegistration rule, BackendModel model)
    {
        if (WastedLoad.Of(read, model) is not { Mistake: LoadMistake.Existence } found || OneOff.Is(context.OwningSymbol))
            return;
        var work = found.IsCount ? "counts every row only to compare the number with zero" : "loads a row only to compare it with null";
        context.ReportDiagnostic(rule.At(found.Location, found.UseLocations, properties: null, found.Load.TargetMethod.Name, work, found.IsAsync ? "AnyAsync" : "Any"));
    }
}
