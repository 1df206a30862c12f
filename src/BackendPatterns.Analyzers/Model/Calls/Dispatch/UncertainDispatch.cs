using System.Collections.Concurrent;
using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>
/// The calls of which it is not known that they make a round trip: of several implementations at least half make none. A file system of which one implementation keeps its files in
/// the database is such a case; so is a list of plug-ins. What stands in for the real thing (a fake, a store in memory) and what does nothing are not counted.
/// </summary>
internal sealed class UncertainDispatch(CallModel calls)
{
    private static readonly string[] StandIns = ["InMemory", "Memory", "Fake", "Mock", "Stub", "Dummy", "Null", "NoOp", "Noop", "Empty", "Test", "Sample"];

    // One more for a body that makes a round trip of the kind, one less for a body that does something else, nothing for the rest.
    private readonly ConcurrentDictionary<IMethodSymbol, int>[] _votes =
        Enum.GetNames(typeof(RoundTripKind)).Select(static _ => new ConcurrentDictionary<IMethodSymbol, int>(SymbolEqualityComparer.Default)).ToArray();

    /// <summary>True where a call may run several bodies, and it is not known that it makes a round trip of this kind.</summary>
    public bool Is<T>(ImmutableArray<T> targets, Func<T, BodyInSource> bodyOf, RoundTripKind kind, CancellationToken cancellation)
    {
        if (targets.Length < 2)
            return false;
        var (sum, isAnyElse) = (0, false);
        foreach (var target in targets)
        {
            var body = bodyOf(target);
            // A handler is chosen by its request.
            if (body.Request >= 0)
                return false;
            var vote = VoteOf(body, kind, cancellation);
            sum += vote;
            isAnyElse |= vote < 0;
        }

        return isAnyElse && sum <= 0;
    }

    private int VoteOf(BodyInSource body, RoundTripKind kind, CancellationToken cancellation)
    {
        var votes = _votes[(int)kind];
        if (votes.TryGetValue(body.Method, out var known))
            return known;
        var vote = Reaches(body, kind, cancellation) ? 1 : !IsStandIn(body.Method.ContainingType.Name) && DoesSomething(body.Method) ? -1 : 0;
        return votes.GetOrAdd(body.Method, vote);
    }

    private static bool IsStandIn(string name) => StandIns.Any(word => name.StartsWith(word, StringComparison.Ordinal) || name.EndsWith(word, StringComparison.Ordinal));

    private static bool DoesSomething(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax().DescendantNodes().Any(static node => node is InvocationExpressionSyntax or AwaitExpressionSyntax));

    private bool Reaches(BodyInSource body, RoundTripKind kind, CancellationToken cancellation)
    {
        if (!calls.MayReach(body, RoundTripNames.Of(kind), cancellation))
            return false;
        if (body.Owner.Calls.SummaryOf(body.Method, cancellation).Trips.Any(trip => trip.Trip.Kind == kind))
            return true;
        var search = new CallSearch(calls, kind, cancellation, asksWhatIsCertain: false);
        search.Enter(body, ImmutableArray<CallLink>.Empty, Location.None, carried: null);
        search.Run();
        return search.Found is not null;
    }
}
