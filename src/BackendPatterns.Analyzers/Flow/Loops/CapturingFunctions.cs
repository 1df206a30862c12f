using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>A round trip that depends on the element and stands in a function that is called per element.</summary>
/// <param name="Chain">The way to it.</param>
/// <param name="IsExpected">True where it is cached, or a batch or a page that the loop asks for.</param>
internal sealed record CapturedTrip(CallChain Chain, bool IsExpected);

/// <summary>
/// Local functions and lambdas held by a local see the variables around them: the element reaches their queries without being an argument. Arguments alone are the
/// business of the call engine, which knows no repetition.
/// </summary>
internal static class CapturingFunctions
{
    private const int MostLinks = 4;

    /// <summary>True for a call of a local function or of a delegate that a local holds; cheap.</summary>
    public static bool IsCall(IInvocationOperation call) => call.TargetMethod.MethodKind switch
    {
        MethodKind.LocalFunction => true,
        MethodKind.DelegateInvoke => call.Instance?.Unwrap() is ILocalReferenceOperation,
        _ => false,
    };

    /// <summary>
    /// Returns the first round trip of this kind that the call makes and that depends on the element, also through what the function captures; null where there
    /// is none. One that is not expected is preferred.
    /// </summary>
    public static CapturedTrip? RoundTripBehind(IInvocationOperation call, RoundTripKind kind, Repetition repetition, BackendModel model)
    {
        CapturedTrip? expected = null;
        var visited = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        var pending = new Queue<Step>();
        pending.Enqueue(new Step(call, ValueFlow.OfElement(repetition, model.Libraries), ImmutableArray<CallLink>.Empty));
        while (pending.Count > 0)
        {
            var step = pending.Dequeue();
            if (FunctionOf(step.Call, model) is not { } function || !visited.Add(function.Symbol))
                continue;
            var links = step.Links.Add(new CallLink(function.Symbol, step.Call.Syntax.GetLocation()));
            var flow = ValueFlow.OfCall(function.Body, step.Call, function.Symbol, step.Flow, model.Libraries);
            foreach (var operation in Executed(function.Body))
            {
                if (model.DataAccess.Classify(operation) is { } trip)
                {
                    if (trip.Kind != kind || QueryText.SourcesOf(operation, flow) == 0)
                        continue;
                    var found = new CapturedTrip(Chain(links, ChainEnd.At(trip), operation), IsExpected(operation, function.Body, repetition, flow));
                    if (!found.IsExpected)
                        return found;
                    expected ??= found;
                }
                else if (operation is IInvocationOperation inner && IsCall(inner) && links.Length < MostLinks)
                {
                    pending.Enqueue(new Step(inner, flow, links));
                }
                else if (operation is IInvocationOperation followed && model.Calls.CanFollow(followed) && model.Calls.RoundTripBehind(followed, kind, flow.Reaches) is { } onward)
                {
                    var found = new CapturedTrip(Chain(links, onward, followed), IsExpected(followed, function.Body, repetition, flow));
                    if (!found.IsExpected)
                        return found;
                    expected ??= found;
                }
            }
        }

        return expected;
    }

    private static (IMethodSymbol Symbol, IOperation Body)? FunctionOf(IInvocationOperation call, BackendModel model)
    {
        if (StoredFunctions.LambdaOf(call) is { } lambda)
            return (lambda.Symbol, lambda.Body);
        return call.TargetMethod.MethodKind is MethodKind.LocalFunction && model.BodyOf(call.TargetMethod) is { } body ? (call.TargetMethod.OriginalDefinition, body) : null;
    }

    /// <summary>What runs when the function runs, and not in a loop of its own: there it is a finding or meant to be.</summary>
    private static IEnumerable<IOperation> Executed(IOperation body)
    {
        var pending = new Stack<IOperation>();
        pending.Push(body);
        while (pending.Count > 0)
        {
            var current = pending.Pop();
            if (current is ILocalFunctionOperation or IAnonymousFunctionOperation)
                continue;
            yield return current;
            foreach (var child in current.ChildOperations.Reverse())
            {
                if (current is not ILoopOperation loop || child != loop.Body)
                    pending.Push(child);
            }
        }
    }

    private static bool IsExpected(IOperation operation, IOperation body, Repetition repetition, ValueFlow flow) =>
        ReadThroughCache.Guards(operation, body) || Batch.Is(repetition, operation, flow) || Paging.AdvancesIn(repetition, operation, flow);

    private static CallChain Chain(ImmutableArray<CallLink> links, ChainEnd end, IOperation trip) =>
        new(links, end, Caller(links), InnerCalls(links).Add(trip.Syntax.GetLocation()));

    private static CallChain Chain(ImmutableArray<CallLink> links, CallChain onward, IOperation call) =>
        new(links.AddRange(onward.Links), onward.End, Caller(links), InnerCalls(links).Add(call.Syntax.GetLocation()).AddRange(onward.Locations));

    private static INamedTypeSymbol? Caller(ImmutableArray<CallLink> links) => links[0].Method.ContainingType;

    private static ImmutableArray<Location> InnerCalls(ImmutableArray<CallLink> links)
    {
        var places = ImmutableArray.CreateBuilder<Location>(links.Length);
        for (var i = 1; i < links.Length; i++)
            places.Add(links[i].CallSite);
        return places.ToImmutable();
    }

    private sealed record Step(IInvocationOperation Call, ValueFlow Flow, ImmutableArray<CallLink> Links);
}
