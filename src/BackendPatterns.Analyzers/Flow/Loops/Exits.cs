using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>The ways out of a loop.</summary>
public static class Exits
{
    /// <summary>True for an operation that ends with <c>return</c>, <c>throw</c>, <c>break</c>, <c>continue</c> or <c>goto</c>: nothing after it runs.</summary>
    public static bool EndsWithExit(IOperation? operation)
    {
        while (operation is IBlockOperation { Operations: { IsEmpty: false } statements })
            operation = statements[statements.Length - 1];
        return operation is IReturnOperation or IBranchOperation or IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation };
    }

    /// <summary>True for an operation that ends this loop for good: <c>return</c>, <c>yield break</c>, <c>throw</c>, or a <c>break</c> of this very loop.</summary>
    public static bool Leaves(IOperation? operation, IOperation loop)
    {
        while (operation is IBlockOperation { Operations: { IsEmpty: false } statements })
            operation = statements[statements.Length - 1];
        return IsExit(operation, loop) || operation is IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation };
    }

    /// <summary>Returns every <c>return</c>, <c>yield break</c> and <c>break</c> that ends the loop; not those of nested functions, and not <c>throw</c>.</summary>
    public static IEnumerable<IOperation> Of(ILoopOperation loop)
    {
        var pending = new Stack<IOperation>();
        pending.Push(loop.Body);
        while (pending.Count > 0)
        {
            var current = pending.Pop();
            if (IsExit(current, loop))
                yield return current;
            if (current is IAnonymousFunctionOperation or ILocalFunctionOperation)
                continue;
            foreach (var child in current.ChildOperations)
                pending.Push(child);
        }
    }

    private static bool IsExit(IOperation? operation, IOperation loop) => operation switch
    {
        IReturnOperation { Kind: OperationKind.Return or OperationKind.YieldBreak } => true,
        IBranchOperation { BranchKind: BranchKind.Break } branch => loop is ILoopOperation { ExitLabel: var exit } && SymbolEqualityComparer.Default.Equals(branch.Target, exit),
        IBranchOperation { BranchKind: BranchKind.GoTo, Target.DeclaringSyntaxReferences: [var label] } => !loop.Syntax.Span.Contains(label.Span),
        _ => false,
    };
}
