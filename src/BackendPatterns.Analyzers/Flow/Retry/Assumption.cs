using System.Collections.Immutable;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>What happens to the attempts of a loop, in every iteration.</summary>
/// <param name="Handlers">The catch regions that attempts end in, each in the innermost around it; none where attempts do not throw.</param>
/// <param name="Fails">True where statuses are those of a failure; with handlers they are unknown.</param>
/// <param name="OpaqueCalls">True where synchronous calls of unknown content are taken to be able to fail.</param>
internal sealed record Assumption(ImmutableArray<ControlFlowRegion> Handlers, bool Fails, bool OpaqueCalls)
{
    /// <summary>No attempt throws.</summary>
    public static Assumption OfStatus(bool fails) => new(ImmutableArray<ControlFlowRegion>.Empty, fails, OpaqueCalls: true);

    /// <summary>True where attempts throw.</summary>
    public bool Throws => !Handlers.IsEmpty;

    /// <summary>Returns the handler that an exception in a block reaches, or null.</summary>
    public ControlFlowRegion? HandlerAround(BasicBlock block)
    {
        ControlFlowRegion? innermost = null;
        foreach (var handler in Handlers)
        {
            if (handler.EnclosingRegion is { NestedRegions: [var tried, ..] } && block.Ordinal >= tried.FirstBlockOrdinal && block.Ordinal <= tried.LastBlockOrdinal
                && (innermost?.EnclosingRegion is not { } other || other.FirstBlockOrdinal <= tried.FirstBlockOrdinal && other.LastBlockOrdinal >= tried.LastBlockOrdinal))
            {
                innermost = handler;
            }
        }

        return innermost;
    }
}
