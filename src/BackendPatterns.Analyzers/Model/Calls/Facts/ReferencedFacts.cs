using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls.Facts;

/// <summary>
/// What the referenced projects state about methods whose body this compilation does not have: from the attributes of compiled assemblies, and in editors, where a
/// project reference is a compilation, from its source.
/// </summary>
internal sealed class ReferencedFacts : IForeignFacts
{
    /// <summary>With implementations in more assemblies than these, nothing is known about what a call runs.</summary>
    private const int MostAssemblies = 5;

    private readonly Lazy<Known> _known;
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<RoundTripFact>> _answers = new(SymbolEqualityComparer.Default);

    public ReferencedFacts(Compilation compilation) => _known = BackendModel.Once(() => new Known(compilation));

    public IEnumerable<string> MemberNames => _known.Value.Names;

    /// <summary>The shortest chain of each kind comes first.</summary>
    public ImmutableArray<RoundTripFact> Of(IMethodSymbol method)
    {
        if (_known.Value.Sources.Count == 0)
            return ImmutableArray<RoundTripFact>.Empty;
        return _answers.TryGetValue(method, out var known) ? known : _answers.GetOrAdd(method, Compute(method));
    }

    private ImmutableArray<RoundTripFact> Compute(IMethodSymbol method)
    {
        if (MemberName.IdOf(method) is not { } id || !_known.Value.Sources.TryGetValue(id, out var sources) || sources.Count > MostAssemblies)
            return ImmutableArray<RoundTripFact>.Empty;
        return sources.SelectMany(source => source(id))
            .Where(fact => fact.Member.Fits(method))
            .Select(fact => fact.Trip)
            .Distinct()
            .OrderBy(trip => trip.Kind)
            .ThenBy(trip => trip.Chain.Length)
            .ThenBy(trip => trip.Chain, StringComparer.Ordinal)
            .ThenBy(trip => trip.Sources)
            .ToImmutableArray();
    }

    /// <summary>Where to ask about which documentation id.</summary>
    private sealed class Known
    {
        public Known(Compilation compilation)
        {
            foreach (var reference in compilation.References)
            {
                if (reference is CompilationReference { Compilation: { Language: LanguageNames.CSharp } project })
                {
                    var facts = BackendModel.For(project).ExportedFacts;
                    Add(facts.Ids, facts.Of);
                }
                else if (compilation.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol assembly)
                {
                    var facts = AssemblyFacts.Of(assembly);
                    Add(facts.Ids, facts.Of);
                }
            }
        }

        public Dictionary<string, List<Func<string, ImmutableArray<MethodFact>>>> Sources { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        private void Add(IReadOnlyCollection<string> ids, Func<string, ImmutableArray<MethodFact>> source)
        {
            foreach (var id in ids)
            {
                Names.Add(MemberName.SimpleName(id));
                if (!Sources.TryGetValue(id, out var sources))
                    Sources.Add(id, sources = []);
                sources.Add(source);
            }
        }
    }
}
