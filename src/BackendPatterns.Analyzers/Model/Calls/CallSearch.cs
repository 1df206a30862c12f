using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>One question: the shortest way from a body to a round trip of a kind, breadth first over the summaries. Each body is visited once per set of what is carried into it.</summary>
internal sealed class CallSearch(CallModel calls, RoundTripKind kind, CancellationToken cancellation, bool asksWhatIsCertain = true)
{
    private const int MostLinks = 8;
    private const int MostVisits = 200;

    // What only looks like a read is worth less the further away it is.
    private const int MostLinksToSuspected = 4;
    private const int MostVisitsForSuspected = 40;

    private readonly NameTraits _kinds = RoundTripNames.Of(kind);
    private readonly HashSet<Entry> _visited = [];
    private readonly Queue<(BodyInSource Body, ImmutableArray<CallLink> Links, ulong? Carried, Switches Known)> _pending = new();

    private (ImmutableArray<CallLink> Links, ChainEnd End)? _nextPage;

    /// <summary>What was found: the methods on the way and the round trip at the end.</summary>
    public (ImmutableArray<CallLink> Links, ChainEnd End)? Found { get; private set; }

    /// <summary>Starts at a body; a <paramref name="carried"/> of null asks for any round trip, whatever it depends on.</summary>
    public void Enter(BodyInSource body, ImmutableArray<CallLink> before, Location place, ulong? carried, Switches known = default)
    {
        if (carried is not 0 && calls.MayReach(body, _kinds, cancellation))
            _pending.Enqueue((body, before.Add(new CallLink(body.Method, place)), carried, known));
    }

    /// <summary>Takes what is known of a method without source, and follows the calls in it whose target is known here.</summary>
    public void Enter(IMethodSymbol method, ImmutableArray<CallLink> before, Location place, ulong? carried, Switches known = default)
    {
        if (Found is not null || carried is 0)
            return;
        foreach (var fact in calls.Facts.Of(method))
        {
            if (fact.Kind != kind || !new Requirements(fact.IfTrue, fact.IfFalse, Null: 0, fact.IfChosen).Allow(known))
                continue;
            var links = before.Add(new CallLink(method, place, fact.Implementation));
            if (carried is null || (fact.Sources & carried) != 0)
            {
                Found = (links, ChainEnd.At(fact));
                return;
            }

            if ((fact.PageSources & carried) != 0)
                _nextPage ??= (links, ChainEnd.At(fact, isNextPage: true));
        }

        if (before.Length + 1 == MostLinks || calls.Facts.CallsOf(method) is not { IsEmpty: false } foreign || !_visited.Add(new Entry(method, carried ?? 0, known)))
            return;
        foreach (var call in foreign)
        {
            var links = before.Add(new CallLink(method, place, call.Names));
            var received = carried is { } bits ? call.Receives(bits) : (ulong?)null;
            foreach (var body in Certain(calls.Dispatch.Of(call.Target, cancellation), static body => body))
                Enter(body, links, Location.None, received);
            if (!calls.IsInSource(call.Target))
                Enter(call.Target, links, Location.None, received);
        }
    }

    /// <summary>Follows what was entered until a round trip is found or everything within the limits was seen.</summary>
    public void Run()
    {
        var start = Found is null && _nextPage is null && _visited.Count == 0 && _pending.Count == 1 && _pending.Peek() is { Links.Length: 1 } only ? only : default;
        if (start.Body is null || !asksWhatIsCertain)
        {
            VisitAll();
            return;
        }

        // From one body the way on is the same for everybody who calls it with the same.
        var known = calls.WaysOn(kind);
        var key = new Entry(start.Body.Method, start.Carried ?? 0, start.Known);
        if (!known.TryGetValue(key, out var way))
        {
            VisitAll();
            known.TryAdd(key, Found is { } found ? new WayOn(found.Links.RemoveAt(0), found.End) : null);
        }
        else if (way is not null)
        {
            Found = (start.Links.AddRange(way.Links), way.End);
        }
    }

    private void VisitAll()
    {
        for (var visits = 0; Found is null && _pending.Count > 0 && visits < (kind is RoundTripKind.SuspectedRead ? MostVisitsForSuspected : MostVisits); visits++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (body, links, carried, known) = _pending.Dequeue();
            if (_visited.Add(new Entry(body.Method, carried ?? 0, known)))
                Visit(body, links, carried, known);
        }

        Found ??= _nextPage;
    }

    /// <summary>Looks at one call. Cheap questions first: names, then what is passed on, then the loops and guards around it.</summary>
    public void Follow(Callee callee, BackendModel owner, Func<INamedTypeSymbol?> caller, ImmutableArray<CallLink> links, Func<BodyInSource?, ulong?> received, Func<bool> isExpected)
    {
        if (!calls.MayReach(callee.Method, _kinds, cancellation))
            return;
        bool? expected = null;
        var known = Switches.At(callee, around: default);
        var place = callee.Operation.Syntax.GetLocation();
        foreach (var body in Certain(calls.Dispatch.Of(callee, owner, caller, cancellation), static body => body))
        {
            if (calls.MayReach(body, _kinds, cancellation) && received(body) is null or > 0 && !(expected ??= isExpected()))
                _pending.Enqueue((body, links.Add(new CallLink(body.Method, place)), received(body), body.Receives(known)));
        }

        if (!calls.IsInSource(callee.Method) && !(expected ?? false) && received(null) is null or > 0 && IsKnown(callee.Method) && !isExpected())
            Enter(callee.Method, links, place, received(null), known);
    }

    private ImmutableArray<T> Certain<T>(ImmutableArray<T> targets, Func<T, BodyInSource> bodyOf) =>
        asksWhatIsCertain && calls.Uncertain.Is(targets, bodyOf, kind, cancellation) ? ImmutableArray<T>.Empty : targets;

    private bool IsKnown(IMethodSymbol method) => !calls.Facts.Of(method).IsEmpty || !calls.Facts.CallsOf(method).IsEmpty;

    private void Visit(BodyInSource body, ImmutableArray<CallLink> links, ulong? carried, Switches known)
    {
        var summary = body.Owner.Calls.SummaryOf(body.Method, cancellation);
        foreach (var trip in summary.Trips)
        {
            if (trip.Trip.Kind != kind || (carried is not null && (trip.Sources & carried) == 0) || !trip.Requires.Allow(known) || trip.IsExpected)
                continue;
            if (carried is null || (trip.SourcesOfRows & carried) != 0)
            {
                Found = (links, ChainEnd.At(trip.Trip));
                return;
            }

            _nextPage ??= (links, ChainEnd.At(trip.Trip, isNextPage: true));
        }

        if (links.Length == (kind is RoundTripKind.SuspectedRead ? MostLinksToSuspected : MostLinks))
            return;
        foreach (var call in summary.Calls)
            Follow(call, body, links, carried, known);
    }

    /// <summary>The same for a call in a summary, which is asked about again and again: where it leads is found once.</summary>
    private void Follow(OwnCall call, BodyInSource body, ImmutableArray<CallLink> links, ulong? carried, Switches around)
    {
        var callee = call.Callee;
        if (!calls.MayReach(callee.Method, _kinds, cancellation) || !call.Requires.Allow(around))
            return;
        var known = call.Says(around);
        foreach (var (target, behind) in Certain(calls.TargetsOf(call, body, cancellation), static target => target.Body))
        {
            if ((behind & _kinds) != 0 && Received(target) is var received and not 0 && !call.IsExpected)
                _pending.Enqueue((target, links.Add(new CallLink(target.Method, callee.Operation.Syntax.GetLocation())), received, target.Receives(known)));
        }

        if (!calls.IsInSource(callee.Method) && IsKnown(callee.Method) && Received(null) is var given and not 0 && !call.IsExpected)
            Enter(callee.Method, links, callee.Operation.Syntax.GetLocation(), given, known);

        ulong? Received(BodyInSource? target) => carried is { } bits ? call.Receives(target, bits) : null;
    }

    /// <summary>What a search from one body found: the links after it and the end.</summary>
    internal sealed record WayOn(ImmutableArray<CallLink> Links, ChainEnd End);

    /// <summary>A body, or a method without source, with what is carried into it and what is known of its flags.</summary>
    internal readonly record struct Entry(IMethodSymbol Method, ulong Carried, Switches Known)
    {
        public bool Equals(Entry other) => Carried == other.Carried && Known == other.Known && SymbolEqualityComparer.Default.Equals(Method, other.Method);

        public override int GetHashCode() => unchecked((((SymbolEqualityComparer.Default.GetHashCode(Method) * 31) + Carried.GetHashCode()) * 31) + Known.GetHashCode());
    }
}
