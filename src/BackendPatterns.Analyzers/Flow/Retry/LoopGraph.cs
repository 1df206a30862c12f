using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>The part of a function's control flow graph that one loop repeats.</summary>
internal sealed class LoopGraph
{
    private const int MostBlocks = 1500;

    /// <summary>Roslyn builds the graph by recursion over the operations; code nested deeper than people write it would exhaust the stack.</summary>
    private const int MostDepth = 250;

    private static readonly ConditionalWeakTable<IOperation, ControlFlowGraph> Graphs = new();

    private readonly bool[] _outside;

    private LoopGraph(ControlFlowGraph graph, RetryScope scope)
    {
        Graph = graph;
        _outside = new bool[graph.Blocks.Length];
        Head = -1;
        foreach (var block in graph.Blocks)
        {
            switch (IsInside(block, scope))
            {
                case true when Head < 0:
                    // Blocks are numbered in source order; a loop is entered and repeated through its first one.
                    Head = block.Ordinal;
                    break;
                case false:
                    _outside[block.Ordinal] = true;
                    break;
            }
        }
    }

    public ControlFlowGraph Graph { get; }

    /// <summary>The number of the block that every iteration begins with.</summary>
    public int Head { get; }

    /// <summary>Returns the graph of the function around a loop, or null where Roslyn has none (broken code) or it is too large.</summary>
    public static LoopGraph? Of(RetryScope scope, CancellationToken cancellation)
    {
        var root = scope.Loop.Root();
        if (!HasGraph(root) || IsDeep(root))
            return null;
        var whole = Graphs.GetValue(root, r => Create(r, cancellation));
        if (Nested(whole, scope.Loop) is not { } graph || graph.Blocks.Length > MostBlocks)
            return null;
        var loop = new LoopGraph(graph, scope);
        return loop.Head < 0 ? null : loop;
    }

    /// <summary>True for a block of the code around the loop; a block without any code belongs to both sides.</summary>
    public bool IsOutside(BasicBlock block) => _outside[block.Ordinal] || block.Kind is BasicBlockKind.Exit;

    private static bool IsDeep(IOperation root)
    {
        var pending = new Stack<(IOperation Operation, int Depth)>();
        pending.Push((root, 0));
        while (pending.Count > 0)
        {
            var (operation, depth) = pending.Pop();
            if (depth > MostDepth)
                return true;
            foreach (var child in operation.ChildOperations)
                pending.Push((child, depth + 1));
        }

        return false;
    }

    private static bool HasGraph(IOperation root) =>
        root is IMethodBodyBaseOperation or IBlockOperation or IFieldInitializerOperation or IPropertyInitializerOperation or IParameterInitializerOperation;

    private static ControlFlowGraph Create(IOperation root, CancellationToken cancellation) => root switch
    {
        IMethodBodyOperation body => ControlFlowGraph.Create(body, cancellation),
        IConstructorBodyOperation body => ControlFlowGraph.Create(body, cancellation),
        IBlockOperation block => ControlFlowGraph.Create(block, cancellation),
        IFieldInitializerOperation initializer => ControlFlowGraph.Create(initializer, cancellation),
        IPropertyInitializerOperation initializer => ControlFlowGraph.Create(initializer, cancellation),
        _ => ControlFlowGraph.Create((IParameterInitializerOperation)root, cancellation),
    };

    private static ControlFlowGraph? Nested(ControlFlowGraph graph, IOperation loop)
    {
        var functions = new Stack<IOperation>();
        for (var function = loop.EnclosingFunction(); function is not null; function = function.EnclosingFunction())
            functions.Push(function);
        foreach (var function in functions)
        {
            var inner = function is ILocalFunctionOperation local ? OfLocalFunction(graph, local) : OfLambda(graph, function);
            if (inner is null)
                return null;
            graph = inner;
        }

        return graph;
    }

    private static ControlFlowGraph? OfLocalFunction(ControlFlowGraph graph, ILocalFunctionOperation function)
    {
        foreach (var candidate in graph.LocalFunctions)
        {
            if (SymbolEqualityComparer.Default.Equals(candidate, function.Symbol))
                return graph.GetLocalFunctionControlFlowGraph(candidate);
        }

        return null;
    }

    private static ControlFlowGraph? OfLambda(ControlFlowGraph graph, IOperation function)
    {
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in OperationsOf(block))
            {
                foreach (var descendant in operation.DescendantsAndSelf())
                {
                    if (descendant is IFlowAnonymousFunctionOperation lambda && lambda.Syntax == function.Syntax)
                        return graph.GetAnonymousFunctionControlFlowGraph(lambda);
                }
            }
        }

        return null;
    }

    /// <summary>Returns the statements of a block and the value it branches on.</summary>
    public static IEnumerable<IOperation> OperationsOf(BasicBlock block)
    {
        foreach (var operation in block.Operations)
            yield return operation;
        if (block.BranchValue is { } value)
            yield return value;
    }

    private static bool? IsInside(BasicBlock block, RetryScope scope)
    {
        bool? inside = null;
        foreach (var operation in OperationsOf(block))
        {
            if (scope.Contains(operation.Syntax))
                return true;
            inside = false;
        }

        return inside;
    }
}
