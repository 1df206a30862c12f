using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls.Facts;

/// <summary>The facts that one project states about its methods for the projects above it.</summary>
internal sealed class ExportedFacts
{
    /// <summary>A method that calls more interfaces than these is no link of a chain that anybody could read.</summary>
    private const int MostCalls = 16;

    private readonly BackendModel _model;
    private readonly OpenCalls _openCalls;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<IMethodSymbol, ImmutableArray<RoundTripFact>> _trips = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IMethodSymbol, ImmutableArray<ForeignCall>> _calls = new(SymbolEqualityComparer.Default);

    private ExportedFacts(BackendModel model, CancellationToken cancellation)
    {
        _model = model;
        _cancellation = cancellation;
        _openCalls = new OpenCalls(model, cancellation);
    }

    /// <summary>Returns the texts of all facts of a project with the keys of their attributes; always the same ones in the same order.</summary>
    public static ImmutableArray<(string Key, string Text)> Of(BackendModel model, CancellationToken cancellation)
    {
        // Nothing is built upon an executable but its tests.
        if (model.Compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication or OutputKind.WindowsRuntimeApplication)
            return ImmutableArray<(string, string)>.Empty;
        return new ExportedFacts(model, cancellation).Texts();
    }

    private ImmutableArray<(string Key, string Text)> Texts()
    {
        var trips = new SortedSet<string>(StringComparer.Ordinal);
        var calls = new SortedSet<string>(StringComparer.Ordinal);
        var exported = new ExportedMembers(_model.Compilation, new FactCandidates(_model, _openCalls, _cancellation), _cancellation);
        foreach (var members in exported.ById)
        {
            _cancellation.ThrowIfCancellationRequested();
            trips.UnionWith(Trips(members).Select(FactText.Of).OfType<string>());
            calls.UnionWith(Calls(members).OrderBy(static text => text, StringComparer.Ordinal).Take(MostCalls));
        }

        return trips.Select(static text => (FactText.RoundTripKey, text)).Concat(calls.Select(static text => (FactText.CallKey, text))).ToImmutableArray();
    }

    private List<MethodFact> Trips(IEnumerable<ExportedMember> members)
    {
        var facts = new List<MethodFact>();
        foreach (var member in members)
        {
            var trips = member.Implementations
                .SelectMany(method => TripsOf(method).Select(trip => trip with { Implementation = member.NameOf(method) }))
                .OrderBy(trip => trip.Kind)
                .ThenBy(trip => trip.Chain.Length)
                .ThenBy(trip => trip.Chain, StringComparer.Ordinal)
                .ThenBy(trip => trip.Implementation, StringComparer.Ordinal);
            foreach (var trip in trips)
            {
                if (!facts.Exists(fact => fact.Member.Includes(member.Name) && SaysNoMore(trip, fact.Trip)))
                    facts.Add(new MethodFact(member.Name, trip));
            }
        }

        return facts;
    }

    /// <summary>What is known for any type arguments need not be said for some, nor a longer way that depends on nothing more.</summary>
    private static bool SaysNoMore(RoundTripFact trip, RoundTripFact known) =>
        trip.Kind == known.Kind && (trip.Sources & ~known.Sources) == 0 && (trip.PageSources & ~(known.PageSources | known.Sources)) == 0;

    private IEnumerable<string> Calls(IEnumerable<ExportedMember> members)
    {
        foreach (var member in members)
        {
            foreach (var call in member.Implementations.SelectMany(CallsOf))
            {
                if (MemberName.OfCalled(call.Target) is { } target)
                    yield return FactText.Of(new CallFact(member.Name, target, call.Arguments, call.Names));
            }
        }
    }

    // A method stands behind its own name and behind those of the interfaces that it implements.
    private ImmutableArray<RoundTripFact> TripsOf(IMethodSymbol method)
    {
        if (!_trips.TryGetValue(method, out var trips))
            _trips.Add(method, trips = _model.Calls.FactsOf(method, _cancellation));
        return trips;
    }

    private IEnumerable<ForeignCall> CallsOf(IMethodSymbol method)
    {
        if (!_calls.TryGetValue(method, out var calls))
            _calls.Add(method, calls = _openCalls.Of(method, _cancellation));
        return calls;
    }
}
