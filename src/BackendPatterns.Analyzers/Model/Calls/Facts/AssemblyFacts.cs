using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls.Facts;

/// <summary>The facts that the attributes of a compiled assembly state, by documentation id. Read once per assembly: compilations share the symbols of their references.</summary>
internal sealed class AssemblyFacts
{
    private static readonly ConditionalWeakTable<IAssemblySymbol, AssemblyFacts> Known = new();

    private readonly Dictionary<string, ImmutableArray<MethodFact>> _trips = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<CallFact>> _calls = new(StringComparer.Ordinal);

    private AssemblyFacts(IAssemblySymbol assembly)
    {
        if (FrameworkAssemblies.Contain(assembly))
            return;
        foreach (var attribute in assembly.GetAttributes())
        {
            if (attribute.AttributeClass is not { Name: "AssemblyMetadataAttribute" } type || !type.IsIn("System.Reflection")
                || attribute.ConstructorArguments is not [{ Value: string key }, { Value: string text }])
            {
                continue;
            }

            if (key == FactText.RoundTripKey && FactText.RoundTrip(text) is { } trip)
                Add(_trips, trip.Member.Id, trip);
            else if (key == FactText.CallKey && FactText.Call(text) is { } call)
                Add(_calls, call.Member.Id, call);
        }
    }

    /// <summary>Returns the facts of a referenced assembly; there are none in most.</summary>
    public static AssemblyFacts Of(IAssemblySymbol assembly) => Known.GetValue(assembly, static a => new AssemblyFacts(a));

    /// <summary>The documentation ids of the methods that something is known of, each with the kinds of round trips that may stand behind it.</summary>
    public IEnumerable<(string Id, NameTraits Kinds)> Ids
    {
        get
        {
            foreach (var trips in _trips)
                yield return (trips.Key, trips.Value.Aggregate(NameTraits.None, static (kinds, fact) => kinds | RoundTripNames.Of(fact.Trip.Kind)));
            foreach (var id in _calls.Keys)
                yield return (id, NameTraits.Leaves | NameTraits.Open);
        }
    }

    /// <summary>Returns the round trips behind the methods with this documentation id, in the order of the assembly.</summary>
    public ImmutableArray<MethodFact> TripsOf(string id) => _trips.TryGetValue(id, out var facts) ? facts : ImmutableArray<MethodFact>.Empty;

    /// <summary>Returns the calls in the methods with this documentation id, in the order of the assembly.</summary>
    public ImmutableArray<CallFact> CallsOf(string id) => _calls.TryGetValue(id, out var facts) ? facts : ImmutableArray<CallFact>.Empty;

    private static void Add<TFact>(Dictionary<string, ImmutableArray<TFact>> facts, string id, TFact fact) =>
        facts[id] = (facts.TryGetValue(id, out var others) ? others : ImmutableArray<TFact>.Empty).Add(fact);
}
