using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>A database read that runs once per element of a repetition and asks for something that depends on the element.</summary>
/// <param name="Place">The call inside the loop.</param>
/// <param name="Name">The round trip, or the chain that leads to it, as messages name it.</param>
/// <param name="Repetition">What repeats it.</param>
/// <param name="Chain">The chain, or null where the call itself is the round trip.</param>
internal sealed record PerElementRead(SyntaxNode Place, string Name, Repetition Repetition, CallChain? Chain)
{
    /// <summary>Returns the finding for a call or enumeration that is itself the round trip, or null.</summary>
    public static PerElementRead? Direct(IOperation query, RoundTrip trip, ImmutableArray<Repetition> repetitions, BackendModel model) =>
        Repeated(query, repetitions, model, element => QueryText.SourcesOf(query, element) != 0 && !IsExplicitLoadWhereNeeded(query, element) && !ContextOfElement.Is(query, element)) is { } repetition
            ? new PerElementRead(query.Syntax, trip.Name, repetition, Chain: null)
            : null;

    /// <summary>Returns the finding for a call that reaches a database read through methods of this class, or null. Where it writes too, the writes are the finding (BP1005).</summary>
    public static PerElementRead? Behind(IInvocationOperation call, ImmutableArray<Repetition> repetitions, BackendModel model)
    {
        // What stands behind a method is known once for all of its calls; what reaches this call is not.
        if (!model.Calls.Reaches(call.TargetMethod, RoundTripKind.DatabaseRead))
            return null;
        CallChain? chain = null;
        var repetition = Repeated(call, repetitions, model, element => (chain = model.Calls.RoundTripBehind(call, RoundTripKind.DatabaseRead, element.Reaches)) is not null);
        return repetition is not null && !model.Calls.Reaches(call.TargetMethod, RoundTripKind.DatabaseWrite)
            ? new PerElementRead(call.Syntax, chain!.Text, repetition, chain)
            : null;
    }

    /// <summary>The same for a method group that an operator calls per item, also where the method is itself the round trip.</summary>
    public static PerElementRead? Behind(IMethodReferenceOperation group, ImmutableArray<Repetition> repetitions, BackendModel model)
    {
        if (PerItemOperators.CallOf(group) is null || model.Calls.RoundTripBehind(group, RoundTripKind.DatabaseRead) is not { } chain)
            return null;
        return LegitimateLoops.ShapeOf(repetitions[0], group, model.Libraries) is null && !model.Calls.Reaches(group.Method, RoundTripKind.DatabaseWrite)
            ? new PerElementRead(group.Syntax, chain.Text, repetitions[0], chain)
            : null;
    }

    /// <summary>
    /// Returns the innermost repetition that counts: a legitimate one ends the search, unless it only bounds the tries per item; one whose element the
    /// query does not depend on ends it too (the query is invariant there, which is BP1006's finding).
    /// </summary>
    private static Repetition? Repeated(IOperation query, ImmutableArray<Repetition> repetitions, BackendModel model, Func<ValueFlow, bool> dependsOn)
    {
        foreach (var repetition in repetitions)
        {
            if (repetition.Sequence is { } sequence && query.IsWithin(sequence))
                continue;
            var depends = dependsOn(ValueFlow.OfElement(repetition, model.Libraries));
            var shape = depends || repetition.IsOpenEnded || repetition.Kind is RepetitionKind.For ? LegitimateLoops.ShapeOf(repetition, query, model.Libraries) : null;
            if (shape is null)
                return depends ? repetition : null;
            if (!shape.Value.LooksOutward())
                return null;
        }

        return null;
    }

    /// <summary>
    /// <c>if (order.IsDraft) await db.Entry(order).Collection(o => o.Lines).LoadAsync();</c>: loading only where needed is what explicit loading is for.
    /// Reloading an entry of <c>DbUpdateConcurrencyException.Entries</c> has no bulk form: https://learn.microsoft.com/ef/core/saving/concurrency
    /// </summary>
    private static bool IsExplicitLoadWhereNeeded(IOperation query, ValueFlow element)
    {
        if (query is not IInvocationOperation { TargetMethod: var method } call || !method.IsIn("Microsoft.EntityFrameworkCore.ChangeTracking"))
            return false;
        if (call.Instance?.Unwrap() is ILocalReferenceOperation or IParameterReferenceOperation)
            return true;
        for (IOperation current = query; current.Parent is { } parent and not ILoopOperation; current = parent)
        {
            if (parent is IConditionalOperation conditional && conditional.Condition != current && element.Reaches(conditional.Condition))
                return true;
        }

        return false;
    }
}
