using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>
/// Which members may reach a round trip of some kind, by their names alone: over one compilation and the projects whose source it sees. A name that is not
/// among them cannot; of one that is, a body has to be bound.
/// </summary>
internal sealed class NameReachability
{
    private readonly HashSet<string> _reached = new(StringComparer.Ordinal);

    private NameReachability()
    {
    }

    /// <summary>Follows mentions from the seeds of all graphs to a fixed point.</summary>
    public static NameReachability Over(IReadOnlyList<NameGraph> graphs, Func<NameGraph, IEnumerable<string>> seeds, CancellationToken cancellation)
    {
        var reachability = new NameReachability();
        var reached = reachability._reached;
        var pending = new Stack<string>();
        foreach (var graph in graphs)
        {
            foreach (var seed in seeds(graph))
            {
                if (reached.Add(seed))
                    pending.Push(seed);
            }
        }

        while (pending.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var name = pending.Pop();
            foreach (var graph in graphs)
                graph.AddThoseThatMention(name, reached, pending);
        }

        return reachability;
    }

    /// <summary>True where a member with this simple name may reach a round trip.</summary>
    public bool MayReach(string name) => _reached.Contains(name);

    /// <summary>The same for the one member that stands at a place of a tree: its own text, not that of its namesakes. Top-level statements may.</summary>
    public bool MayReach(NameGraph graph, TreeIndex index, int position) =>
        index.MemberAt(position) is var member && (member < 0 || graph.MayReach(index, member, _reached));
}
