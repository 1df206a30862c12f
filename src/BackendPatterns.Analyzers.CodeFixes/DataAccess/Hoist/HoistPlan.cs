using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>A query in a loop that one query before the loop can replace with the same answers.</summary>
/// <param name="Call">The call in the loop.</param>
/// <param name="Read">The read that it makes: itself, or all that the called method does.</param>
/// <param name="Replaced">The expression that becomes a variable: the call, or the <c>await</c> of it.</param>
/// <param name="Loop">The loop's statement, which stands in a block.</param>
/// <param name="IsReassigned">True where the variable that holds the answer gets other values in the loop: it stays there.</param>
public sealed record HoistPlan(IInvocationOperation Call, RoundTrip Read, ExpressionSyntax Replaced, StatementSyntax Loop, bool IsReassigned)
{
    // Whether there is a row, or more than one, may make these throw, also where the loop has no element.
    private static readonly HashSet<string> NeverThrowing = new(StringComparer.Ordinal)
    {
        "ToList", "ToListAsync", "ToArray", "ToArrayAsync", "ToHashSet", "ToHashSetAsync", "FirstOrDefault", "FirstOrDefaultAsync", "Any", "AnyAsync", "All", "AllAsync",
        "Count", "CountAsync", "LongCount", "LongCountAsync", "Sum", "SumAsync", "Contains", "ContainsAsync",
    };

    /// <summary>Returns the plan, or null where the answers are not provably the same.</summary>
    public static HoistPlan? For(IInvocationOperation call, BackendModel model, CancellationToken cancellationToken)
    {
        if (Loops.Enclosing(call) is not [{ Operation: ILoopOperation { Syntax: StatementSyntax { Parent: BlockSyntax } statement } loop }, ..]
            || ReadOf(call, model, cancellationToken) is not { Operation: IInvocationOperation read } trip || ReplacedBy(call) is not { } replaced)
        {
            return null;
        }

        if (KeyedLoop.IsGuardedByTry(call, loop) || !UsesOnlyOuterVariables(call, loop) || replaced.HasMultilineText() || !IsQuietSequence(loop))
            return null;
        if (!NeverThrowing.Contains(read.TargetMethod.Name) && !IsAskedAtOnce(call, loop))
            return null;
        return new HoistEffects(loop, call, model, cancellationToken).LeaveAnswerAlone() && HoistSharing.IsUnobservable(call, trip, loop, model)
            ? new HoistPlan(call, trip, replaced, statement, call.WalkUpValue().Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } && loop.Assigns(local))
            : null;
    }

    /// <summary>The call itself, or the one query that is all a method of the same class does.</summary>
    private static RoundTrip? ReadOf(IInvocationOperation call, BackendModel model, CancellationToken cancellationToken)
    {
        if (model.DataAccess.Classify(call) is { } trip)
            return trip is { Kind: RoundTripKind.DatabaseRead, Library: DataLibrary.EntityFrameworkCore } ? trip : null;
        if (call.TargetMethod is { IsVirtual: true } or { IsOverride: true } or { IsAbstract: true } || call.Instance is not (null or IInstanceReferenceOperation))
            return null;
        if (model.BodyOf(call.TargetMethod, cancellationToken) is not IBlockOperation { Operations: [IReturnOperation { ReturnedValue: { } value }] })
            return null;
        return value.UnwrapAwait() is IInvocationOperation query && model.DataAccess.Classify(query) is { Kind: RoundTripKind.DatabaseRead, Library: DataLibrary.EntityFrameworkCore } only ? only : null;
    }

    private static ExpressionSyntax? ReplacedBy(IInvocationOperation call)
    {
        if (!call.Type.IsTask())
            return call.Syntax as ExpressionSyntax;
        IOperation awaited = call;
        if (awaited.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured)
            awaited = configured;
        return awaited.Parent is IAwaitOperation { Syntax: AwaitExpressionSyntax syntax } ? syntax : null;
    }

    private static bool UsesOnlyOuterVariables(IOperation call, IOperation loop)
    {
        foreach (var operation in call.DescendantsAndSelf())
        {
            if (operation is ILocalReferenceOperation or IParameterReferenceOperation && operation.ReferencedSymbol() is { DeclaringSyntaxReferences: [var declaration] }
                && loop.Syntax.Span.Contains(declaration.Span) && !call.Syntax.Span.Contains(declaration.Span))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The sequence is now computed after the query: it must be a variable or a query, nothing that does something.</summary>
    private static bool IsQuietSequence(ILoopOperation loop)
    {
        var header = loop switch
        {
            IForEachLoopOperation each => [each.Collection],
            IForLoopOperation counted => counted.Before.AsEnumerable(),
            _ => [],
        };
        return !header.SelectMany(part => part.DescendantsAndSelf()).Any(operation => operation is IAssignmentOperation or IIncrementOrDecrementOperation
            || (operation is IInvocationOperation { TargetMethod.ContainingNamespace: var space } && !space.IsBelow("System.Linq") && !space.IsBelow("Microsoft.EntityFrameworkCore") && !space.IsBelow("System.Collections")));
    }

    /// <summary>The condition of a <c>for</c> runs at least once, and nothing before it.</summary>
    private static bool IsAskedAtOnce(IOperation call, ILoopOperation loop)
    {
        if (loop is not IForLoopOperation { Condition: { } condition } || !call.IsWithin(condition))
            return false;
        for (var current = call.Parent; current is not null && current != loop; current = current.Parent)
        {
            if (current is IConditionalOperation or ICoalesceOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr })
                return false;
        }

        return true;
    }
}
