using System.Collections.Concurrent;
using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.DataAccess;

namespace BackendPatterns.Analyzers.Model.Calls.Facts;

/// <summary>
/// The facts that one project states about its methods for the projects above it. A build writes all of them into the assembly; an editor, where a project
/// reference is a compilation, asks for one method at a time. Both get the same answers.
/// </summary>
internal sealed class ExportedFacts
{
    private readonly BackendModel _model;
    private readonly Lazy<ExportedMembers> _members;
    private readonly ConcurrentDictionary<string, ImmutableArray<MethodFact>> _known = new(StringComparer.Ordinal);

    public ExportedFacts(BackendModel model)
    {
        _model = model;
        _members = BackendModel.Once(() => new ExportedMembers(model.Compilation));
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
        foreach (var member in _members.Value.Of(id))
        {
            var trips = member.Implementations
                .SelectMany(method => _model.Calls.FactsOf(method))
                .GroupBy(trip => (trip.Kind, trip.Library, trip.Chain), static (key, same) => new RoundTripFact(key.Kind, key.Library, same.Aggregate(0UL, static (sources, trip) => sources | trip.Sources), key.Chain))
                .OrderBy(trip => trip.Kind)
                .ThenBy(trip => trip.Chain.Length)
                .ThenBy(trip => trip.Chain, StringComparer.Ordinal);
            foreach (var trip in trips)
            {
                if (!facts.Any(fact => fact.Member.Includes(member.Name) && fact.Trip.Kind == trip.Kind && (trip.Sources & ~fact.Trip.Sources) == 0))
                    facts.Add(new MethodFact(member.Name, trip));
            }
        }

        return facts.ToImmutable();
    }
}
