using System.Collections.Concurrent;
using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
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

    private readonly ConcurrentDictionary<(IMethodSymbol Method, RoundTripKind Kind), bool> _reaching = new(Keys.Instance);

    /// <summary>Returns the bodies that a call may run, or none where most of them make no round trip of this kind.</summary>
    public ImmutableArray<BodyInSource> Certain(ImmutableArray<BodyInSource> bodies, RoundTripKind kind, CancellationToken cancellation)
    {
        // A handler is chosen by its request.
        if (bodies.Length < 2 || bodies.Any(static body => body.Request >= 0))
            return bodies;
        var (reaching, others) = (0, 0);
        foreach (var body in bodies)
        {
            if (Reaches(body, kind, cancellation))
                reaching++;
            else if (!IsStandIn(body.Method.ContainingType.Name) && DoesSomething(body.Method))
                others++;
        }

        return others > 0 && reaching <= others ? ImmutableArray<BodyInSource>.Empty : bodies;
    }

    private static bool IsStandIn(string name) => StandIns.Any(word => name.StartsWith(word, StringComparison.Ordinal) || name.EndsWith(word, StringComparison.Ordinal));

    private static bool DoesSomething(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax().DescendantNodes().Any(static node => node is InvocationExpressionSyntax or AwaitExpressionSyntax));

    private bool Reaches(BodyInSource body, RoundTripKind kind, CancellationToken cancellation)
    {
        if (!calls.MayReach(body, RoundTripNames.Of(kind), cancellation))
            return false;
        var key = (body.Method, kind);
        if (_reaching.TryGetValue(key, out var known))
            return known;
        var isItsOwn = body.Owner.Calls.SummaryOf(body.Method, cancellation).Trips.Any(trip => trip.Trip.Kind == kind);
        var search = new CallSearch(calls, kind, cancellation, asksWhatIsCertain: false);
        search.Enter(body, ImmutableArray<CallLink>.Empty, Location.None, carried: null);
        search.Run();
        return _reaching.GetOrAdd(key, isItsOwn || search.Found is not null);
    }

    private sealed class Keys : IEqualityComparer<(IMethodSymbol Method, RoundTripKind Kind)>
    {
        public static readonly Keys Instance = new();

        public bool Equals((IMethodSymbol Method, RoundTripKind Kind) x, (IMethodSymbol Method, RoundTripKind Kind) y) => x.Kind == y.Kind && SymbolEqualityComparer.Default.Equals(x.Method, y.Method);

        public int GetHashCode((IMethodSymbol Method, RoundTripKind Kind) key) => unchecked((SymbolEqualityComparer.Default.GetHashCode(key.Method) * 31) + (int)key.Kind);
    }
}
