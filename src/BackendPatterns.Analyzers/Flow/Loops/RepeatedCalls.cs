using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>The operations of a member that are worth a look by the rules on loops; listed once per member for all of these rules (<see cref="MemberTrips"/>).</summary>
internal static class RepeatedCalls
{
    /// <summary>Returns the operations of a member, in source order, that stand in a repetition and make a round trip or may by the names behind them.</summary>
    public static IEnumerable<RepeatedCall> In(ImmutableArray<IOperation> blocks, BackendModel model, CancellationToken cancellation)
    {
        foreach (var member in MemberTrips.Of(blocks, model, cancellation))
        {
            foreach (var call in member.Repeated(cancellation))
                yield return call;
        }
    }

    /// <summary>The same below one root, whose text mentions names that may reach these kinds of round trips.</summary>
    public static ImmutableArray<RepeatedCall> Below(IOperation root, NameTraits kinds, BackendModel model, CancellationToken cancellation)
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
