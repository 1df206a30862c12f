using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Flow.Rows;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1013: a row or a count is loaded only to see whether there is one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1013ExistenceByLoadingAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP1013";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "A row or a count is loaded only to see whether there is one",
        messageFormat: "'{0}' {1}; ask whether there is a row with '{2}'",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The query reads a row with all its columns, or counts every row, and the answer is only compared with null or zero. 'Any' lets the database stop at the first row and send nothing but yes or no.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.EntityFrameworkCore is not null;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnOperation(context => Analyze(context, rule, model), OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context, RuleRegistration rule, BackendModel model)
    {
        if (WastedLoad.Of(context.Operation, model) is not { Mistake: LoadMistake.Existence } found || OneOff.Is(context.ContainingSymbol))
            return;
        var work = found.IsCount ? "counts every row only to compare the number with zero" : "loads a row only to compare it with null";
        context.ReportDiagnostic(rule.At(found.Location, found.UseLocations, properties: null, found.Load.TargetMethod.Name, work, found.IsAsync ? "AnyAsync" : "Any"));
    }
}
