using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1022: <c>Update</c> is called for an entity that the context tracks.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1022UpdateOfTrackedEntityAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP1022";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Update of an entity that is tracked",
        messageFormat: "'{0}' marks every column as changed although the context tracks the entity since '{1}' and finds the changes itself; remove the call",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "A context compares the entities that it tracks with what it has loaded, and writes the columns that differ. 'Update' is for entities that it does not know: on a tracked one it makes the command write all columns, over what others have changed since.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.EntityFrameworkCore is not null;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnCalls(BP1022TrackedUpdate.Names, (context, call) => Analyze(context, call, rule, model));

    private static void Analyze(OperationBlockAnalysisContext context, IOperation operation, RuleRegistration rule, BackendModel model)
    {
        if (BP1022TrackedUpdate.Of(operation, model, context.CancellationToken) is { } found && !OneOff.Is(context.OwningSymbol))
        {
            context.ReportDiagnostic(rule.At(
                found.Call.Syntax.GetLocation(), [found.Origin.Syntax.GetLocation()], properties: null, found.Call.TargetMethod.Name, found.OriginName));
        }
    }
}
