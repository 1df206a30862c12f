using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>Whether the context keeps track of the rows of a load.</summary>
/// <param name="IsTracked">The answer.</param>
/// <param name="Context">The context that loads them, or null where the code does not show it.</param>
/// <param name="IsByDefault">True where the query does not say so itself: the configuration of the context decides.</param>
public sealed record LoadTracking(ContextAnswer IsTracked, IOperation? Context, bool IsByDefault)
{
    private static readonly LoadTracking NotKnown = new(ContextAnswer.Unknown, Context: null, IsByDefault: true);

    /// <summary>True for the operators that say whether rows are tracked.</summary>
    public static bool IsOperator(string name) => name is "AsTracking" or "AsNoTracking" or "AsNoTrackingWithIdentityResolution";

    /// <summary>Returns what is known about a load.</summary>
    public static LoadTracking Of(EntityLoad load, BackendModel model)
    {
        // Rows without a key are never tracked: https://learn.microsoft.com/ef/core/modeling/keyless-entity-types
        if (load.Entity.Key.IsEmpty || EagerLoading.Of(load.Source, model) is not { } ways)
            return NotKnown;
        if (ways.TrackingOperators.Count > 0)
            return new LoadTracking(AnswerOf(ways), ways.ContextInstance, IsByDefault: false);
        return new LoadTracking(ByContext(load, ways, model), ways.ContextInstance, IsByDefault: true);
    }

    /// <summary>The operator nearest to the end of the query decides.</summary>
    private static ContextAnswer AnswerOf(EagerLoading ways)
    {
        var nearest = ways.TrackingOperators[0];
        foreach (var other in ways.TrackingOperators)
        {
            if ((other.IsOptional || ways.HasBranches) && (other.Name is "AsTracking") != (nearest.Name is "AsTracking"))
                return ContextAnswer.Unknown;
        }

        if (nearest.IsOptional || ways.HasBranches)
            return ContextAnswer.Unknown;
        return nearest.Name is "AsTracking" ? ContextAnswer.Yes : ContextAnswer.No;
    }

    private static ContextAnswer ByContext(EntityLoad load, EagerLoading ways, BackendModel model)
    {
        if (ways.ContextInstance.ReferencedSymbol() is ILocalSymbol local && SwitchIn(load.Operation, local) is { } switched)
            return switched;
        return model.Entities.Contexts.IsNoTracking(ways.Context) switch
        {
            ContextAnswer.Yes => ContextAnswer.No,
            ContextAnswer.No => ContextAnswer.Yes,
            _ => ContextAnswer.Unknown,
        };
    }

    /// <summary><c>db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;</c> in the member that makes the context.</summary>
    private static ContextAnswer? SwitchIn(IOperation load, ILocalSymbol context)
    {
        ContextAnswer? answer = null;
        foreach (var reference in Flow.LocalValues.Around(load).ReferencesTo(context))
        {
            if (reference.Parent is not IPropertyReferenceOperation { Property.Name: "ChangeTracker", Parent: IPropertyReferenceOperation { Property.Name: "QueryTrackingBehavior" } target }
                || target.Parent is not ISimpleAssignmentOperation assignment || assignment.Target != target)
            {
                continue;
            }

            var isBefore = assignment.Parent is IExpressionStatementOperation { Parent: IBlockOperation block } && load.IsWithin(block) && assignment.Syntax.SpanStart < load.Syntax.SpanStart;
            answer = answer is null && isBefore && assignment.Value is IFieldReferenceOperation { Field.Name: var behaviour }
                ? behaviour is "TrackAll" ? ContextAnswer.Yes : ContextAnswer.No
                : ContextAnswer.Unknown;
        }

        return answer;
    }
}
