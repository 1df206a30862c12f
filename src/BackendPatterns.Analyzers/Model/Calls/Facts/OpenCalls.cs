using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls.Facts;

/// <summary>
/// The calls behind the methods of a project that end at an interface of which the project knows no implementation. A project above it that knows one follows
/// them from there.
/// </summary>
internal sealed class OpenCalls
{
    private const int MostLinks = 8;
    private const int MostVisits = 200;

    private readonly BackendModel _model;
    private readonly OpenInterfaces _interfaces;
    private readonly CallModel _calls;
    private readonly bool _hasAny;

    public OpenCalls(BackendModel model, CancellationToken cancellation)
    {
        _model = model;
        _interfaces = new OpenInterfaces(model, cancellation);
        _calls = new CallModel(model, new KnownByName(model.Calls.Facts, _interfaces));
        _hasAny = _interfaces.Any || model.Calls.Facts.MemberNames.Any(static known => (known.Kinds & NameTraits.Open) != 0);
    }

    /// <summary>False where no member with the name of this one leads to such a call.</summary>
    public bool MayLead(IMethodSymbol method, CancellationToken cancellation) =>
        _hasAny && _calls.MayReach(method, NameTraits.Open, cancellation);

    /// <summary>The same for a name.</summary>
    public bool MayLead(string name, CancellationToken cancellation) =>
        _hasAny && (_calls.Names.KindsBehind(name, cancellation) & NameTraits.Open) != 0;

    /// <summary>False where the text of a member mentions nothing that leads to such a call.</summary>
    public bool MayLead(BodyInSource body, CancellationToken cancellation) =>
        _hasAny && _calls.MayReach(body, NameTraits.Open, cancellation);

    /// <summary>Returns the targets of such calls, and for each of their parameters what its argument depends on.</summary>
    public ImmutableArray<ForeignCall> Of(IMethodSymbol method, CancellationToken cancellation)
    {
        if (!MayLead(method, cancellation) || !MayLead(new BodyInSource(_model, method), cancellation))
            return ImmutableArray<ForeignCall>.Empty;
        var found = new Dictionary<IMethodSymbol, (string Names, ulong[] Arguments)>(SymbolEqualityComparer.Default);
        Walk(method, carried: null, (target, names, _) => Keep(found, target, names), cancellation);
        if (found.Count == 0)
            return ImmutableArray<ForeignCall>.Empty;
        foreach (var bit in method.Parameters.Select(ValueFlow.BitOf).Concat([ValueFlow.This]).Distinct())
            Walk(method, bit, (target, _, received) => Mark(found[target].Arguments, received, bit), cancellation);
        return found.Select(static call => new ForeignCall(call.Key, ImmutableArray.Create(call.Value.Arguments), call.Value.Names)).ToImmutableArray();
    }

    /// <summary>Of several ways to a target the one with the shortest names stands for all.</summary>
    private static void Keep(Dictionary<IMethodSymbol, (string Names, ulong[] Arguments)> found, IMethodSymbol target, string names)
    {
        var isBetter = !found.TryGetValue(target, out var known) || names.Length < known.Names.Length
            || (names.Length == known.Names.Length && string.CompareOrdinal(names, known.Names) < 0);
        if (isBetter)
            found[target] = (names, new ulong[target.Parameters.Length]);
    }

    private static void Mark(ulong[] arguments, ulong received, ulong source)
    {
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] |= (received & ValueFlow.BitAt(i)) != 0 ? source : 0;
    }

    private void Walk(IMethodSymbol method, ulong? carried, Action<IMethodSymbol, string, ulong> reached, CancellationToken cancellation)
    {
        var visited = new HashSet<CallSearch.Entry>();
        var pending = new Queue<Step>();
        pending.Enqueue(new Step(method, carried, default, ShortNames.Of(method, caller: null), Links: 1));
        for (var visits = 0; pending.Count > 0 && visits < MostVisits; visits++)
        {
            cancellation.ThrowIfCancellationRequested();
            var step = pending.Dequeue();
            foreach (var call in _model.Calls.SummaryOf(step.Method, cancellation).Calls)
            {
                if (!MayLead(call.Callee.Method, cancellation) || !call.Requires.Allow(step.Known) || call.IsExpected)
                    continue;
                Leave(step, call, reached);
                if (step.Links == MostLinks)
                    continue;
                foreach (var body in _calls.Dispatch.Of(call.Callee, _model, () => step.Method.ContainingType, cancellation))
                {
                    if (!_calls.MayReach(body, NameTraits.Open, cancellation))
                        continue;
                    var received = step.Carried is { } bits ? call.Receives(body, bits) : (ulong?)null;
                    var known = body.Receives(call.Says(step.Known));
                    if (received is not 0 && body.Owner == _model && visited.Add(new CallSearch.Entry(body.Method, received ?? 0, known)))
                        pending.Enqueue(new Step(body.Method, received, known, step.Names + " → " + ShortNames.Of(body.Method, step.Method.ContainingType), step.Links + 1));
                }
            }
        }
    }

    /// <summary>A call of such an interface, or of a method of another project that leads to one.</summary>
    private void Leave(Step step, OwnCall call, Action<IMethodSymbol, string, ulong> reached)
    {
        var target = call.Callee.Method;
        var received = step.Carried is { } bits ? call.Receives(target: null, bits) : (ulong?)null;
        if (received is 0)
            return;
        if (_interfaces.Declare(target))
            reached(target, step.Names, received ?? 0);
        foreach (var foreign in _model.Calls.Facts.CallsOf(target))
        {
            var passed = received is { } arrived ? foreign.Receives(arrived) : (ulong?)null;
            if (passed is not 0)
                reached(foreign.Target, step.Names + " → " + foreign.Names, passed ?? 0);
        }
    }

    private sealed record Step(IMethodSymbol Method, ulong? Carried, Switches Known, string Names, int Links);

    /// <summary>The members of the interfaces are names to look for: the prefilter would drop every call of them.</summary>
    private sealed class KnownByName(IForeignFacts facts, OpenInterfaces interfaces) : IForeignFacts
    {
        public IEnumerable<(string Name, NameTraits Kinds)> MemberNames => facts.MemberNames.Concat(interfaces.MemberNames.Select(static name => (name, NameTraits.Open)));

        public ImmutableArray<RoundTripFact> Of(IMethodSymbol method) => facts.Of(method);

        public ImmutableArray<ForeignCall> CallsOf(IMethodSymbol method) => facts.CallsOf(method);

        public bool HasLookedAt(IMethodSymbol method) => facts.HasLookedAt(method);
    }
}
