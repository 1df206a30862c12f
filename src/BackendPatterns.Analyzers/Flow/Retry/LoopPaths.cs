using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>One point of the walk: a block, entered with these flags.</summary>
internal readonly record struct PathNode(int Block, int Flags);

/// <summary>
/// The paths through one loop under an assumption about its attempts, as a graph of blocks and flag values. Its size is limited; a loop beyond the limit has no answer.
/// </summary>
internal sealed class LoopPaths
{
    private const int MostNodes = 3000;
    private const int Nowhere = -1;

    private readonly LoopGraph _loop;
    private readonly LoopEvents _events;
    private readonly AttemptOutcome _outcome;
    private readonly Assumption _assumption;
    private readonly List<PathNode> _nodes = [];
    private readonly Dictionary<PathNode, int> _numbers = [];
    private readonly List<List<int>> _next = [];
    private readonly List<List<int>> _exits = [];
    private readonly List<bool> _tries = [];
    private readonly List<RetryBound?> _bounds = [];
    private readonly Dictionary<int, (int First, int Second)> _sides = [];

    private LoopPaths(LoopGraph loop, LoopEvents events, AttemptOutcome outcome, Assumption assumption) =>
        (_loop, _events, _outcome, _assumption) = (loop, events, outcome, assumption);

    /// <summary>Returns the paths, or null where there are too many.</summary>
    public static LoopPaths? Under(Assumption assumption, LoopGraph loop, LoopEvents events, AttemptOutcome outcome)
    {
        var paths = new LoopPaths(loop, events, outcome, assumption);
        paths.NumberOf(new PathNode(loop.Head, events.InitialFlags()));
        for (var number = 0; number < paths._nodes.Count; number++)
        {
            if (number > MostNodes)
                return null;
            paths.Visit(number);
        }

        return paths;
    }

    /// <summary>Returns the status test that the first repeating failure was seen in, or null.</summary>
    public SyntaxNode? FailedTest { get; private set; }

    /// <summary>True where the loop can go on for ever making attempts; <paramref name="without"/> says which nodes end it.</summary>
    public bool Repeats(Func<int, bool>? without = null)
    {
        for (var start = 0; start < _nodes.Count; start++)
        {
            if (_tries[start] && without?.Invoke(start) != true && ComesBack(start, without))
                return true;
        }

        return false;
    }

    /// <summary>Returns the blocks that are executed from one attempt to the next, without those that only lead out of the loop.</summary>
    public IReadOnlyCollection<BasicBlock> BlocksBetweenAttempts()
    {
        var leads = new bool[_nodes.Count];
        for (var changed = true; changed;)
        {
            changed = false;
            for (var number = _nodes.Count - 1; number >= 0; number--)
            {
                if (leads[number] || !(_tries[number] || _next[number].Exists(next => leads[next])))
                    continue;
                leads[number] = changed = true;
            }
        }

        var blocks = new HashSet<BasicBlock>();
        for (var number = 0; number < _nodes.Count; number++)
        {
            if (leads[number])
                blocks.Add(_loop.Graph.Blocks[_nodes[number].Block]);
        }

        return blocks;
    }

    /// <summary>Returns what ends the loop although every attempt fails, or null where nothing does: there is then a path on which it fails for ever.</summary>
    public RetryBound? Bound(Func<IOperation, bool> dependsOnFailureOnly)
    {
        var ends = Ends();
        var bounds = new RetryBound?[_nodes.Count];
        for (var number = 0; number < _nodes.Count; number++)
            bounds[number] = _bounds[number] ?? Decision(number, ends, dependsOnFailureOnly);
        if (Repeats(number => bounds[number] is not null))
            return null;
        foreach (var bound in bounds)
        {
            if (bound is not null)
                return bound;
        }

        return null;
    }

    /// <summary>A condition that may answer differently next time, and whose answer decides whether the loop goes on.</summary>
    private RetryBound? Decision(int number, PathEnds ends, Func<IOperation, bool> dependsOnFailureOnly)
    {
        var block = _loop.Graph.Blocks[_nodes[number].Block];
        if (block.BranchValue is not { } condition || !_sides.TryGetValue(number, out var sides))
            return null;
        var isDecided = EndsOf(sides.First, ends, begun: false) != EndsOf(sides.Second, ends, begun: false)
            || EndsOf(sides.First, ends, begun: true) != EndsOf(sides.Second, ends, begun: true);
        if (!isDecided || dependsOnFailureOnly(condition))
            return null;
        return new RetryBound(RetryBoundKind.Condition, condition.Syntax);
    }

    /// <summary>
    /// For every node the ends it can come to: bit 0 is the first attempt of the next iteration, the others are the places where the loop is left. Before the next
    /// iteration has begun attempts are passed through: a bounded loop around them may be part of an endless one.
    /// </summary>
    private PathEnds Ends()
    {
        var ends = new PathEnds(new ulong[_nodes.Count], new ulong[_nodes.Count]);
        for (var changed = true; changed;)
        {
            changed = false;
            for (var number = _nodes.Count - 1; number >= 0; number--)
            {
                ulong before = 0, after = 0;
                foreach (var exit in _exits[number])
                    before |= ExitBit(exit);
                after |= before;
                foreach (var next in _next[number])
                {
                    before |= EndsOf(next, ends, begun: false);
                    after |= EndsOf(next, ends, begun: true);
                }

                changed |= before != ends.Before[number] || after != ends.After[number];
                ends.Before[number] = before;
                ends.After[number] = after;
            }
        }

        return ends;
    }

    private static ulong ExitBit(int block) => 1UL << (1 + (block % 63));

    private ulong EndsOf(int side, PathEnds ends, bool begun)
    {
        if (side < 0)
            return ExitBit(-1 - side);
        begun |= _nodes[side].Block == _loop.Head;
        return !begun ? ends.Before[side] : _tries[side] ? 1UL : ends.After[side];
    }

    private bool ComesBack(int start, Func<int, bool>? without)
    {
        // Reached from the start, and whether an iteration began on the way.
        var seen = new bool[_nodes.Count, 2];
        var pending = new Stack<(int Number, bool Began)>();
        pending.Push((start, false));
        while (pending.Count > 0)
        {
            var (number, began) = pending.Pop();
            foreach (var next in _next[number])
            {
                var begins = began || _nodes[next].Block == _loop.Head;
                if (next == start && begins)
                    return true;
                if (seen[next, begins ? 1 : 0] || without?.Invoke(next) == true)
                    continue;
                seen[next, begins ? 1 : 0] = true;
                pending.Push((next, begins));
            }
        }

        return false;
    }

    private int NumberOf(PathNode node)
    {
        if (_numbers.TryGetValue(node, out var number))
            return number;
        number = _nodes.Count;
        _numbers.Add(node, number);
        _nodes.Add(node);
        _next.Add([]);
        _exits.Add([]);
        _tries.Add(false);
        _bounds.Add(null);
        return number;
    }

    private void Visit(int number)
    {
        var (ordinal, flags) = _nodes[number];
        var block = _loop.Graph.Blocks[ordinal];
        foreach (var happening in _events.In(block))
        {
            if (happening.Attempt is { } attempt)
            {
                if (_assumption.HandlerAround(block) is { } handler && (attempt.Kind is not AttemptKind.Opaque || _assumption.OpaqueCalls))
                {
                    _tries[number] = true;
                    _next[number].Add(NumberOf(new PathNode(handler.FirstBlockOrdinal, flags)));
                    return;
                }

                if (_assumption is { Throws: false, Fails: false })
                    _tries[number] = true;
            }

            if (happening.StartsAnew)
            {
                _next[number].Add(NumberOf(new PathNode(_loop.Head, _events.InitialFlags())));
                return;
            }

            if (happening.ThrowsOnFailure && _assumption is { Throws: false, Fails: true })
            {
                _exits[number].Add(ordinal);
                return;
            }

            if (happening.Bound is { } bound)
            {
                _bounds[number] ??= bound;
                // Whether it is called at all may be what the attempts are counted for.
                if (bound.Kind is RetryBoundKind.Call)
                    _exits[number].Add(ordinal);
            }

            if (happening.Flag >= 0)
                flags = LoopEvents.With(flags, happening.Flag, ValueOf(happening, number));
        }

        Leave(number, block, flags);
    }

    private FlagValue ValueOf(LoopEvent happening, int number)
    {
        if (happening.SuccessWhen is not { } success)
            return happening.Value;
        if (_assumption.Throws)
            return FlagValue.Unknown;
        if (_assumption.Fails)
            Fail(number, happening.Syntax);
        return success != _assumption.Fails ? FlagValue.Yes : FlagValue.No;
    }

    private void Fail(int number, SyntaxNode test)
    {
        _tries[number] = true;
        FailedTest ??= test;
    }

    private void Leave(int number, BasicBlock block, int flags)
    {
        if (block.ConditionKind is ControlFlowConditionKind.None || block.BranchValue is not { } condition)
        {
            Follow(number, block, block.FallThroughSuccessor, flags);
            return;
        }

        var answer = _events.Evaluate(condition, flags);
        if (answer is null && !_assumption.Throws && _outcome.SuccessWhen(condition) is { } success)
        {
            answer = success != _assumption.Fails;
            if (_assumption.Fails)
                Fail(number, condition.Syntax);
        }

        var whenTrue = block.ConditionKind is ControlFlowConditionKind.WhenTrue ? block.ConditionalSuccessor : block.FallThroughSuccessor;
        var whenFalse = block.ConditionKind is ControlFlowConditionKind.WhenTrue ? block.FallThroughSuccessor : block.ConditionalSuccessor;
        var first = answer is false ? Nowhere : Follow(number, block, whenTrue, flags);
        var second = answer is true ? Nowhere : Follow(number, block, whenFalse, flags);
        if (answer is null)
            _sides[number] = (first, second);
    }

    /// <summary>Follows one branch; returns the node it leads to, or a negative number that names the exit.</summary>
    private int Follow(int number, BasicBlock block, ControlFlowBranch? branch, int flags)
    {
        if (branch?.Destination is not { } destination || _loop.IsOutside(destination))
        {
            _exits[number].Add(block.Ordinal);
            return -1 - block.Ordinal;
        }

        foreach (var region in branch.FinallyRegions)
        {
            for (var ordinal = region.FirstBlockOrdinal; ordinal <= region.LastBlockOrdinal; ordinal++)
            {
                foreach (var happening in _events.In(_loop.Graph.Blocks[ordinal]))
                {
                    if (happening.Bound is { } bound)
                        _bounds[number] ??= bound;
                    if (happening.Flag >= 0)
                        flags = LoopEvents.With(flags, happening.Flag, FlagValue.Unknown);
                }
            }
        }

        var next = NumberOf(new PathNode(destination.Ordinal, flags));
        _next[number].Add(next);
        return next;
    }
}
