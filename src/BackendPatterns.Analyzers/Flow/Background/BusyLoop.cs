using BackendPatterns.Analyzers.Flow.Retry;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Background;

/// <summary>A hosted loop that turns at full speed while there is no work.</summary>
/// <param name="RoundTrip">The round trip that it repeats, by name, or null where it makes none.</param>
/// <param name="Place">Where that round trip is.</param>
public sealed record BusyLoop(string? RoundTrip, Location? Place)
{
    /// <summary>Returns what a loop does without pause, or null where it may wait, may end, is not hosted, or nothing is known.</summary>
    public static BusyLoop? Of(ILoopOperation loop, ISymbol member, BackendModel model, CancellationToken cancellation)
    {
        if (loop is IForEachLoopOperation || HostedLoop.Of(loop, member, model, cancellation) is null || RetryScope.Of(loop, model) is not { } scope || LoopGraph.Of(scope, cancellation) is not { } graph)
            return null;
        var pass = new IdlePass(graph, new IdleValues(model, scope.Values), new QuickCalls(model, cancellation));
        return pass.ComesBackAtOnce() ? new BusyLoop(pass.RoundTrip, pass.Place) : null;
    }

    /// <summary>
    /// The blocks of the loop that a pass without work goes through. A condition whose idle value is known takes that way; any other takes both, so that a wait on either side counts.
    /// </summary>
    private sealed class IdlePass(LoopGraph loop, IdleValues idle, QuickCalls quick)
    {
        private readonly HashSet<int> _seen = [];
        private readonly Stack<int> _pending = new();
        private bool _comesBack;
        private bool _leaves;

        public string? RoundTrip => quick.RoundTrip;

        public Location? Place => quick.Place;

        public bool ComesBackAtOnce()
        {
            Enter(loop.Head);
            while (_pending.Count > 0 && !_leaves)
            {
                var block = loop.Graph.Blocks[_pending.Pop()];
                foreach (var operation in LoopGraph.OperationsOf(block))
                {
                    if (!quick.AreAll(operation))
                        return false;
                }

                var taken = block.ConditionKind is ControlFlowConditionKind.None || block.BranchValue is not { } condition ? null : idle.Of(condition);
                var jumps = block.ConditionKind is ControlFlowConditionKind.WhenTrue;
                if (block.ConditionKind is not ControlFlowConditionKind.None && taken != !jumps)
                    Follow(block.ConditionalSuccessor);
                if (block.ConditionKind is ControlFlowConditionKind.None || taken != jumps)
                    Follow(block.FallThroughSuccessor);
            }

            return _comesBack && !_leaves;
        }

        private void Follow(ControlFlowBranch? branch)
        {
            if (branch is null)
                return;
            foreach (var region in branch.FinallyRegions)
            {
                for (var ordinal = region.FirstBlockOrdinal; ordinal <= region.LastBlockOrdinal; ordinal++)
                    Enter(ordinal);
            }

            switch (branch.Semantics)
            {
                case ControlFlowBranchSemantics.StructuredExceptionHandling:
                    // The end of a finally block: where it goes on is in the branch that led to it.
                    return;
                case ControlFlowBranchSemantics.Regular when branch.Destination is { } destination && !loop.IsOutside(destination):
                    _comesBack |= destination.Ordinal == loop.Head;
                    Enter(destination.Ordinal);
                    return;
                default:
                    _leaves = true;
                    return;
            }
        }

        private void Enter(int ordinal)
        {
            if (_seen.Add(ordinal))
                _pending.Push(ordinal);
        }
    }
}
