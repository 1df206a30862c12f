using System.Collections.Concurrent;
using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls.Facts;

/// <summary>
/// What the attributes of the referenced assemblies state. In editors a project reference is a compilation, whose source says it all: nothing is read from there.
/// </summary>
internal sealed class ReferencedFacts : IForeignFacts
{
    /// <summary>With implementations in more assemblies than these, nothing is known about what a call runs.</summary>
    private const int MostAssemblies = 4;

    private readonly Compilation _compilation;
    private readonly Lazy<Dictionary<string, List<AssemblyFacts>>> _known;
    private readonly Lazy<HashSet<string>> _types;
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<RoundTripFact>> _trips = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<ForeignCall>> _calls = new(SymbolEqualityComparer.Default);

    public ReferencedFacts(Compilation compilation)
    {
        _compilation = compilation;
        _known = BackendModel.Once(Read);
        _types = BackendModel.Once(() => new HashSet<string>(_known.Value.Keys.Select(TypeIn), StringComparer.Ordinal));
    }

    public IEnumerable<(string Name, NameTraits Kinds)> MemberNames => _known.Value.Values.SelectMany(static assemblies => assemblies).Distinct().SelectMany(static assembly => assembly.Ids)
        .Select(static known => (MemberName.SimpleName(known.Id), known.Kinds));

    /// <summary>The shortest chain of each kind comes first.</summary>
    public ImmutableArray<RoundTripFact> Of(IMethodSymbol method)
    {
        if (_known.Value.Count == 0)
            return ImmutableArray<RoundTripFact>.Empty;
        return _trips.TryGetValue(method, out var known) ? known : _trips.GetOrAdd(method, TripsOf(method));
    }

    public ImmutableArray<ForeignCall> CallsOf(IMethodSymbol method)
    {
        if (_known.Value.Count == 0)
            return ImmutableArray<ForeignCall>.Empty;
        return _calls.TryGetValue(method, out var known) ? known : _calls.GetOrAdd(method, OpenCallsOf(method));
    }

    public bool HasLookedAt(IMethodSymbol method) => _known.Value.Count > 0 && MemberName.IdOf(method) is { } id && _types.Value.Contains(TypeIn(id));

    /// <summary><c>M:Shop.IOrders.Find(System.Int32)</c> is declared by <c>M:Shop.IOrders</c>.</summary>
    private static string TypeIn(string id)
    {
        var end = id.IndexOf('(');
        var dot = id.LastIndexOf('.', (end < 0 ? id.Length : end) - 1);
        return dot < 0 ? id : id.Substring(0, dot);
    }

    private ImmutableArray<RoundTripFact> TripsOf(IMethodSymbol method)
    {
        if (MemberName.IdOf(method) is not { } id || !_known.Value.TryGetValue(id, out var assemblies) || assemblies.Count > MostAssemblies)
            return ImmutableArray<RoundTripFact>.Empty;
        return assemblies.SelectMany(assembly => assembly.TripsOf(id))
            .Where(fact => fact.Member.Fits(method))
            .Select(fact => fact.Trip)
            .Distinct()
            .OrderBy(trip => trip.Kind)
            .ThenBy(trip => trip.Chain.Length)
            .ThenBy(trip => trip.Chain, StringComparer.Ordinal)
            .ThenBy(trip => trip.Implementation, StringComparer.Ordinal)
            .ThenBy(trip => trip.Sources)
            .ToImmutableArray();
    }

    private ImmutableArray<ForeignCall> OpenCallsOf(IMethodSymbol method)
    {
        if (MemberName.IdOf(method) is not { } id || !_known.Value.TryGetValue(id, out var assemblies) || assemblies.Count > MostAssemblies)
            return ImmutableArray<ForeignCall>.Empty;
        var calls = ImmutableArray.CreateBuilder<ForeignCall>();
        foreach (var fact in assemblies.SelectMany(assembly => assembly.CallsOf(id)).Where(fact => fact.Member.Fits(method)).OrderBy(FactText.Of, StringComparer.Ordinal))
        {
            if (fact.Target.In(_compilation) is { } target)
                calls.Add(new ForeignCall(target, fact.Arguments, fact.Names));
        }

        return calls.ToImmutable();
    }

    private Dictionary<string, List<AssemblyFacts>> Read()
    {
        var known = new Dictionary<string, List<AssemblyFacts>>(StringComparer.Ordinal);
        foreach (var reference in _compilation.References)
        {
            if (reference is CompilationReference || _compilation.GetAssemblyOrModuleSymbol(reference) is not IAssemblySymbol assembly)
                continue;
            var facts = AssemblyFacts.Of(assembly);
            foreach (var (id, _) in facts.Ids)
            {
                if (!known.TryGetValue(id, out var assemblies))
                    known.Add(id, assemblies = []);
                if (!assemblies.Contains(facts))
                    assemblies.Add(facts);
            }
        }

        return known;
    }
}
