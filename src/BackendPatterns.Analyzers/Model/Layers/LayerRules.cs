using System.Collections.Immutable;

namespace BackendPatterns.Analyzers.Model.Layers;

/// <summary>
/// The layers of an application and which of them may use which: what <c>Web &gt; Application &gt; Domain, Infrastructure &gt; Application</c> says. A layer may use those after it in a
/// chain, and what these may use; no other.
/// </summary>
public sealed class LayerRules
{
    private readonly ImmutableArray<ulong> _allowed;

    internal LayerRules(ImmutableArray<LayerPattern> layers, ImmutableArray<ulong> allowed)
    {
        Layers = layers;
        _allowed = allowed;
    }

    /// <summary>At most 64, in the order of the text.</summary>
    public ImmutableArray<LayerPattern> Layers { get; }

    /// <summary>Returns the layers that code of a layer must not use, a bit per index.</summary>
    public ulong ForbiddenTo(int layer) => ~(_allowed[layer] | (1UL << layer)) & (Layers.Length == 64 ? ulong.MaxValue : (1UL << Layers.Length) - 1);

    /// <summary>True where code of one layer may use code of another, or of the same.</summary>
    public bool Allow(int from, int to) => (ForbiddenTo(from) & (1UL << to)) == 0;

    /// <summary>
    /// Returns the index of the layer that a namespace belongs to, or -1. Where several fit, the one that fits furthest to the left, then the one with more parts, then with fewer
    /// stars, then the one that the text names first: <c>Shop.Infrastructure.Domain</c> is infrastructure.
    /// </summary>
    /// <param name="space">The parts of the namespace.</param>
    /// <param name="fromStart">True where a pattern has to fit at the beginning: the namespaces of libraries.</param>
    public int LayerOf(ImmutableArray<string> space, bool fromStart = false)
    {
        var best = -1;
        var bestAt = 0;
        for (var i = 0; i < Layers.Length; i++)
        {
            var at = Layers[i].IndexIn(space);
            if (at >= 0 && (!fromStart || at == 0) && (best < 0 || IsBetter(i, at, best, bestAt)))
                (best, bestAt) = (i, at);
        }

        return best;
    }

    private bool IsBetter(int candidate, int at, int best, int bestAt)
    {
        if (at != bestAt)
            return at < bestAt;
        var (left, right) = (Layers[candidate], Layers[best]);
        return left.Parts != right.Parts ? left.Parts > right.Parts : left.Wildcards < right.Wildcards;
    }
}
