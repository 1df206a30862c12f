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
/// Local functions and lambdas see the variables around them: the element reaches their queries without being an argument, and a batch or a page of the loop
/// is told where the query stands, not where the function is called.
/// </summary>
internal static class CapturingFunctions
{
    private const int MostLinks = 4;

    /// <summary>
    /// Returns the first round trip of this kind behind a call of a local function or lambda in a repetition that depends on the element, as an argument or through
    /// what the function captures; null where there is none, and for any other call. One that is not expected is preferred.
    /// </summary>
    public static CapturedTrip? RoundTripBehind(IOperation call, RoundTripKind kind, Repetition repetition, BackendModel model)
    {
        if (FunctionOf(call, model) is not { } first)
            return null;
        CapturedTrip? expected = null;
        var visited = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        var pending = new Queue<Step>();
        pending.Enqueue(new Step(first, ValueFlow.OfElement(repetition, model.Libraries), ImmutableArray<CallLink>.Empty));
        while (pending.Count > 0)
        {
            var step = pending.Dequeue();
            if (!visited.Add(step.Callee.Method) || model.BodyOf(step.Callee.Method) is not { } body)
                continue;
            var inside = step with
            {
                Flow = ValueFlow.OfCall(body, step.Callee, step.Flow, model.Libraries),
                Links = step.Links.Add(new CallLink(step.Callee.Method, step.Callee.Operation.Syntax.GetLocation())),
            };
            var summary = model.Calls.SummaryOf(step.Callee.Method, CancellationToken.None);
            foreach (var found in TripsOf(summary, kind, inside, repetition).Concat(TripsBehind(summary, kind, inside, repetition, model, pending)))
            {
                if (!found.IsExpected)
                    return found;
                expected ??= found;
            }
        }

        return expected;
    }

    private static IEnumerable<CapturedTrip> TripsOf(MethodSummary summary, RoundTripKind kind, Step inside, Repetition repetition)
    {
        foreach (var trip in summary.Trips)
        {
            if (trip.Trip.Kind != kind || QueryText.SourcesOf(trip.Query, inside.Flow) == 0)
                continue;
            var chain = new CallChain(inside.Links, ChainEnd.At(trip.Trip), Caller(inside.Links), Places(inside.Links, trip.Trip.Operation));
            yield return new CapturedTrip(chain, trip.IsExpected || IsMeant(trip.Query, repetition, inside.Flow));
        }
    }

    /// <summary>The trips behind methods that are called; functions that are called come next.</summary>
    private static IEnumerable<CapturedTrip> TripsBehind(MethodSummary summary, RoundTripKind kind, Step inside, Repetition repetition, BackendModel model, Queue<Step> pending)
    {
        foreach (var call in summary.Calls)
        {
            var operation = call.Callee.Operation;
            if (inside.Links.Length < MostLinks && FunctionOf(operation, model) is { } function)
            {
                if (!call.IsExpected)
                    pending.Enqueue(new Step(function, inside.Flow, inside.Links));
            }
            else if (model.Calls.RoundTripBehind(operation, kind, inside.Flow.Reaches) is { } onward)
            {
                var chain = new CallChain(inside.Links.AddRange(onward.Links), onward.End, Caller(inside.Links), Places(inside.Links, operation).AddRange(onward.Locations));
                yield return new CapturedTrip(chain, call.IsExpected || onward.End.IsNextPage || IsMeant(operation, repetition, inside.Flow));
            }
        }
    }

    private static Callee? FunctionOf(IOperation call, BackendModel model) =>
        call is IInvocationOperation { TargetMethod.MethodKind: MethodKind.LocalFunction or MethodKind.DelegateInvoke } && Callee.Of(call, model) is { } callee
        && callee.Method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction
            ? callee with { Method = callee.Method.OriginalDefinition }
            : null;

    private static bool IsMeant(IOperation operation, Repetition repetition, ValueFlow flow) =>
        Batch.Is(repetition, operation, flow) || Paging.AdvancesIn(repetition, operation, flow);

    private static INamedTypeSymbol? Caller(ImmutableArray<CallLink> links) => links[0].Method.ContainingType;

    private static ImmutableArray<Location> Places(ImmutableArray<CallLink> links, IOperation last)
    {
        var places = ImmutableArray.CreateBuilder<Location>(links.Length);
        for (var i = 1; i < links.Length; i++)
            places.Add(links[i].CallSite);
        places.Add(last.Syntax.GetLocation());
        return places.ToImmutable();
    }

    private sealed record Step(Callee Callee, ValueFlow Flow, ImmutableArray<CallLink> Links);
}
