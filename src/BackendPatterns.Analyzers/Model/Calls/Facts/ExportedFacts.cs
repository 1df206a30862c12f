using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;

namespace BackendPatterns.Analyzers.Model.Calls.Facts;

/// <summary>The facts that one project states about its methods for the projects above it.</summary>
internal sealed class ExportedFacts
{
    /// <summary>A method that calls more interfaces than these in one go is no link of a chain that anybody could read.</summary>
    private const int MostCalls = 16;

    private readonly BackendModel _model;
    private readonly ExportedMembers _members;
    private readonly Lazy<OpenCalls> _openCalls;

    public ExportedFacts(BackendModel model)
    {
        _model = model;
        _members = new ExportedMembers(model.Compilation);
        _openCalls = BackendModel.Once(() => new OpenCalls(model, new OpenInterfaces(model.Compilation, model.Compilation.Assembly.GlobalNamespace.Types())));
    }

    /// <summary>Returns the texts of all facts with the keys of their attributes; always the same ones in the same order.</summary>
    public ImmutableArray<(string Key, string Text)> Texts(CancellationToken cancellation)
    {
        var trips = new SortedSet<string>(StringComparer.Ordinal);
        var calls = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var members in _members.ById)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var text in Trips(members, cancellation).Select(FactText.Of))
            {
                if (text is not null)
                    trips.Add(text);
            }

            calls.UnionWith(Calls(members, cancellation).OrderBy(static text => text, StringComparer.Ordinal).Take(MostCalls));
        }

        return trips.Select(static text => (FactText.RoundTripKey, text)).Concat(calls.Select(static text => (FactText.CallKey, text))).ToImmutableArray();
    }

    private List<MethodFact> Trips(IEnumerable<ExportedMember> members, CancellationToken cancellation)
    {
        var facts = new List<MethodFact>();
        foreach (var member in members)
        {
            var trips = member.Implementations
                .SelectMany(method => _model.Calls.FactsOf(method, cancellation).Select(trip => trip with { Implementation = member.NameOf(method) }))
                .OrderBy(trip => trip.Kind)
                .ThenBy(trip => trip.Chain.Length)
                .ThenBy(trip => trip.Chain, StringComparer.Ordinal)
                .ThenBy(trip => trip.Implementation, StringComparer.Ordinal);
            foreach (var trip in trips)
            {
                // What is known for any type arguments need not be said for some, nor a longer way that depends on nothing more.
                if (!facts.Exists(fact => fact.Member.Includes(member.Name) && fact.Trip.Kind == trip.Kind && (trip.Sources & ~fact.Trip.Sources) == 0))
                    facts.Add(new MethodFact(member.Name, trip));
            }
        }

        return facts;
    }

    private IEnumerable<string> Calls(IEnumerable<ExportedMember> members, CancellationToken cancellation)
    {
        foreach (var member in members)
        {
            foreach (var method in member.Implementations)
            {
                foreach (var call in _openCalls.Value.Of(method, cancellation))
                {
                    if (MemberName.OfCalled(call.Target) is { } target)
                        yield return FactText.Of(new CallFact(member.Name, target, call.Arguments, call.Names));
                }
            }
        }
    }
}
