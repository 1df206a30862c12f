using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
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
        if (load.Entity.Key.IsEmpty)
            return NotKnown;
        var all = load.Query.Ways.StopsAt(static _ => false);
        if (!all.AreKnown || all.Sources.IsEmpty)
            return NotKnown;
        var context = ContextOf(all.Sources[0]);
        foreach (var source in all.Sources)
        {
            if (!SymbolEqualityComparer.Default.Equals(ContextOf(source).ReferencedSymbol(), context.ReferencedSymbol()))
                context = null;
        }

        // The operator nearest to the end of the query decides.
        var stops = load.Query.Ways.StopsAt(static call => IsOperator(call.TargetMethod.Name));
        return stops.Operators.IsEmpty
            ? new LoadTracking(ByContext(load, context, model), context, IsByDefault: true)
            : new LoadTracking(stops.Sources.IsEmpty ? AnswerOf(stops.Operators) : ContextAnswer.Unknown, context, IsByDefault: false);
    }

    private static IOperation? ContextOf(IOperation source) => source.Unwrap() switch
    {
        IPropertyReferenceOperation { Instance: { } instance } => instance.Unwrap(),
        IInvocationOperation { TargetMethod.Name: "Set", Instance: { } instance } => instance.Unwrap(),
        _ => null,
    };

    private static ContextAnswer AnswerOf(ImmutableArray<IInvocationOperation> operators)
    {
        ContextAnswer? answer = null;
        foreach (var call in operators)
        {
            var own = call.TargetMethod.Name is "AsTracking" ? ContextAnswer.Yes : ContextAnswer.No;
            if (answer is not null && answer != own)
                return ContextAnswer.Unknown;
            answer = own;
        }

        return answer ?? ContextAnswer.Unknown;
    }

    private static ContextAnswer ByContext(EntityLoad load, IOperation? context, BackendModel model)
    {
        if (context.ReferencedSymbol() is ILocalSymbol local && SwitchIn(load.Operation, local) is { } switched)
            return switched;
        var type = context?.Type is { } named && model.Libraries.EntityFrameworkCore!.IsDbContext(named) ? named : null;
        return model.Entities.Contexts.IsNoTracking(type) switch
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
        foreach (var reference in LocalValues.Around(load).ReferencesTo(context))
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
