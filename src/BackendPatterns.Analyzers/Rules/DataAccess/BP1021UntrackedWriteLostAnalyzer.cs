using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1021: rows that are not tracked are changed, and the save that follows does not write the change.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1021UntrackedWriteLostAnalyzer() : QueryReadAnalyzer(Descriptor)
{
    public const string Id = "BP1021";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Change of an untracked entity is not saved",
        messageFormat: "'{0}' loads '{1}' without tracking, so '{2}' does not write {3}; load it tracked",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A context writes the changes of the entities that it tracks. Rows of a query with 'AsNoTracking' are not tracked: what is assigned to them is lost unless they are given to the context with 'Update' or 'Attach'.");

    private protected override void Analyze(OperationBlockAnalysisContext context, IOperation read, RuleRegistration rule, BackendModel model)
    {
        if (BP1021UntrackedWrite.Of(read, model, context.CancellationToken) is { } found && !OneOff.Is(context.OwningSymbol))
        {
            context.ReportDiagnostic(rule.At(
                found.Load.Place, [found.Change.Syntax.GetLocation(), found.Save.Syntax.GetLocation()], properties: null,
                found.Load.Name, found.Load.Entity.Symbol.Name, found.Save.TargetMethod.Name, found.Changed.Length > 0 ? $"the change of '{found.Changed}'" : "its changes"));
        }
    }
}
