using System.Collections.Concurrent;
using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls.Facts;

/// <summary>
/// The facts that one project states about its methods for the projects above it. A build writes all of them into the assembly; an editor, where a project
/// reference is a compilation, asks for one method at a time. Both get the same answers.
/// </summary>
public sealed class ExportedFacts
{
    private static readonly ImmutableArray<RoundTripKind> Kinds = ImmutableArray.Create((RoundTripKind[])Enum.GetValues(typeof(RoundTripKind)));

    private readonly BackendModel _model;
    private readonly Lazy<ExportedMembers> _members;
    private readonly ConcurrentDictionary<string, ImmutableArray<MethodFact>> _known = new(StringComparer.Ordinal);

    internal ExportedFacts(BackendModel model)
    {
        _model = model;
        _members = BackendModel.Once(() => new ExportedMembers(model.Compilation, CancellationToken.None));
    }

    /// <summary>The documentation ids of the methods that facts may be known of.</summary>
    public IReadOnlyCollection<string> Ids => _members.Value.Ids;

    /// <summary>Returns the facts of the methods with this documentation id; always the same ones in the same order.</summary>
    public ImmutableArray<MethodFact> Of(string id) => _known.TryGetValue(id, out var known) ? known : _known.GetOrAdd(id, Compute(id));

    /// <summary>Returns the texts of all facts, in ordinal order.</summary>
    public ImmutableArray<string> Texts(CancellationToken cancellation)
    {
        var texts = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var id in Ids)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var fact in Of(id))
            {
                if (FactText.Of(fact) is { } text)
                    texts.Add(text);
            }
        }

        return texts.ToImmutableArray();
    }

    private ImmutableArray<MethodFact> Compute(string id)
    {
        var facts = ImmutableArray.CreateBuilder<MethodFact>();
        foreach (var (name, implementations) in _members.Value.Of(id).OrderBy(member => member.Name.TypeArguments, StringComparer.Ordinal))
        {
            foreach (var kind in Kinds)
                AddNeeded(facts, FactsOf(name, implementations, kind));
        }

        return facts.ToImmutable();
    }

    /// <summary>A way that is no shorter than the others, and that no further parameter reaches, says nothing new; nor does one for some type arguments that is known for all.</summary>
    private static void AddNeeded(ImmutableArray<MethodFact>.Builder facts, IReadOnlyCollection<MethodFact> candidates)
    {
        ulong? covered = null;
        foreach (var fact in candidates.OrderBy(fact => fact.Steps.Length).ThenBy(fact => fact.Chain, StringComparer.Ordinal))
        {
            if (covered is { } known && (fact.Parameters & ~known) == 0)
                continue;
            covered = (covered ?? 0) | fact.Parameters;
            if (!facts.Any(other => other.Kind == fact.Kind && other.Member.TypeArguments.Length == 0 && (fact.Parameters & ~other.Parameters) == 0))
                facts.Add(fact);
        }
    }

    /// <summary>One fact per way to a round trip, with all parameters that reach it that way.</summary>
    private IReadOnlyCollection<MethodFact> FactsOf(MemberName name, ImmutableArray<IMethodSymbol> implementations, RoundTripKind kind)
    {
        var facts = new Dictionary<string, MethodFact>(StringComparer.Ordinal);
        foreach (var method in implementations)
        {
            if (!Add(method, parameters: null))
                continue;
            foreach (var parameter in method.Parameters)
                Add(method, ValueFlow.BitOf(parameter));
        }

        return facts.Values;

        bool Add(IMethodSymbol method, ulong? parameters)
        {
            if (_model.Calls.ChainFrom(method, parameters, kind) is not { } chain)
                return false;
            var fact = Fact(name, chain, parameters ?? 0);
            facts[fact.Chain] = facts.TryGetValue(fact.Chain, out var other) ? other with { Parameters = other.Parameters | fact.Parameters } : fact;
            return true;
        }
    }

    private static MethodFact Fact(MemberName name, CallChain chain, ulong parameters)
    {
        var steps = ImmutableArray.CreateBuilder<string>(chain.Links.Length);
        for (var i = 1; i < chain.Links.Length; i++)
            steps.Add(chain.Links[i].Method.Name);
        steps.Add(chain.Trip.Name);
        return new MethodFact(name, chain.Trip.Kind, chain.Trip.Library, parameters, steps.ToImmutable());
    }
}
