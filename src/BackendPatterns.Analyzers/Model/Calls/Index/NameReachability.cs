using System.Collections.Concurrent;
using BackendPatterns.Analyzers.Model.DataAccess;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>
/// Which members may reach a round trip of which kind, by their names alone: over one compilation and the projects whose source it sees. A name that is not
/// among them cannot; of one that is, a body has to be bound.
/// </summary>
internal sealed class NameReachability
{
    private readonly Dictionary<string, NameTraits> _reached = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<TreeIndex, NameTraits[]> _reachedIn = new();

    private NameReachability()
    {
    }

    /// <summary>Follows mentions from the seeds of all graphs to a fixed point.</summary>
    public static NameReachability Over(IReadOnlyList<NameGraph> graphs, CancellationToken cancellation)
    {
        var reachability = new NameReachability();
        var pending = new Stack<string>();
        foreach (var graph in graphs)
        {
            foreach (var (name, kinds) in graph.Seeds)
                reachability.Add(name, kinds, pending);
        }

        while (pending.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var name = pending.Pop();
            var kinds = reachability._reached[name];
            foreach (var graph in graphs)
            {
                foreach (var member in graph.ThoseThatMention(name))
                    reachability.Add(member, kinds, pending);
            }
        }

        return reachability;
    }

    /// <summary>Returns the kinds of round trips that members with this simple name may reach.</summary>
    public NameTraits KindsBehind(string name) => _reached.TryGetValue(name, out var kinds) ? kinds : NameTraits.None;

    /// <summary>The same for the one member that stands at a place of a tree: its own text, not that of its namesakes. Top-level statements may reach everything.</summary>
    public NameTraits KindsBehind(NameGraph graph, TreeIndex index, int position) =>
        index.MemberAt(position) is >= 0 and var member ? graph.KindsBehind(index, member, ReachedIn(index)) : NameTraits.MayLeave;

    /// <summary>The kinds behind each name that a tree mentions: its members are asked about one by one, and mention the same names.</summary>
    private NameTraits[] ReachedIn(TreeIndex index)
    {
        if (_reachedIn.TryGetValue(index, out var known))
            return known;
        var reached = new NameTraits[index.Names.Length];
        for (var name = 0; name < reached.Length; name++)
        {
            reached[name] = KindsBehind(index.Names[name]);
            if ((index.Traits[name] & NameTraits.Dispatches) != 0)
                reached[name] |= KindsBehind(NameGraph.Handlers);
        }

        return _reachedIn.GetOrAdd(index, reached);
    }

    private void Add(string name, NameTraits kinds, Stack<string> pending)
    {
        _reached.TryGetValue(name, out var before);
        if ((before | kinds) == before)
            return;
        _reached[name] = before | kinds;
        pending.Push(name);
    }
}
