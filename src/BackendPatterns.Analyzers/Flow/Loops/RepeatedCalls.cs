using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>
/// The operations of a member that are worth a look by the rules on loops. Listed once per member for all of these rules; a member whose text mentions no name that could
/// reach a round trip is not looked at.
/// </summary>
internal static class RepeatedCalls
{
    private static readonly ConditionalWeakTable<IOperation, StrongBox<ImmutableArray<RepeatedCall>>> Known = new();

    /// <summary>Returns the operations of a member, in source order, that stand in a repetition and make a round trip or may by the names behind them.</summary>
    public static IEnumerable<RepeatedCall> In(ImmutableArray<IOperation> blocks, BackendModel model, CancellationToken cancellation)
    {
        if (blocks.Length == 1)
            return Below(blocks[0].Root(), model, cancellation);
        // The initializer and the body of a constructor are two blocks of one root.
        return blocks.Select(static block => block.Root()).Distinct().SelectMany(root => Below(root, model, cancellation));
    }

    private static ImmutableArray<RepeatedCall> Below(IOperation root, BackendModel model, CancellationToken cancellation)
    {
        if (Known.TryGetValue(root, out var known))
            return known.Value;
        var kinds = model.Calls.KindsAround(root.Syntax, cancellation);
        var found = kinds is NameTraits.None ? ImmutableArray<RepeatedCall>.Empty : Find(root, kinds, model, cancellation);
        return Known.GetValue(root, _ => new StrongBox<ImmutableArray<RepeatedCall>>(found)).Value;
    }

    private static ImmutableArray<RepeatedCall> Find(IOperation root, NameTraits kinds, BackendModel model, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<RepeatedCall>();
        var pending = new Stack<(IOperation Operation, bool IsRepeated)>();
        pending.Push((root, false));
        while (pending.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var (operation, isRepeated) = pending.Pop();
            if (isRepeated || operation is IMethodReferenceOperation)
                Add(operation, kinds, model, found);
            switch (operation)
            {
                case ILoopOperation:
                    isRepeated = true;
                    break;
                case ILocalFunctionOperation:
                    isRepeated = false;
                    break;
                case IAnonymousFunctionOperation lambda:
                    if (Loops.IsTranslated(lambda))
                        continue;
                    isRepeated = PerItemOperators.CallOf(lambda) is not null;
                    break;
            }

            foreach (var child in operation.ChildOperations.Reverse())
                pending.Push((child, isRepeated));
        }

        return found.ToImmutable();
    }

    private static void Add(IOperation operation, NameTraits kinds, BackendModel model, ImmutableArray<RepeatedCall>.Builder found)
    {
        var trip = operation is IMethodReferenceOperation group ? model.DataAccess.Classify(group) : model.DataAccess.Classify(operation);
        RoundTrip? suspected = null;
        if (trip is not null)
        {
            kinds = RoundTripNames.Of(trip.Kind);
        }
        else
        {
            suspected = (kinds & NameTraits.Suspected) != 0 && operation is IInvocationOperation call ? model.SuspectedReads.Of(call) : null;
            kinds &= model.Calls.KindsBehind(operation);
            if (suspected is not null)
                kinds |= NameTraits.Suspected;
        }

        if ((kinds & NameTraits.MayLeave) != 0 && Loops.Enclosing(operation) is { IsEmpty: false } repetitions)
            found.Add(new RepeatedCall(operation, trip, suspected, kinds, repetitions));
    }
}
