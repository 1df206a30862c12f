using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>Code of a handler that becomes the body of a service method: statements that follow each other, or one expression.</summary>
/// <param name="Statements">The statements; empty for an expression.</param>
/// <param name="Expression">The expression, or null for statements.</param>
/// <param name="Marks">The places in it that have to be rewritten.</param>
/// <param name="Flow">The variables that cross its border.</param>
/// <param name="IsAsync">True where it awaits.</param>
internal sealed record Region(
    ImmutableArray<StatementSyntax> Statements, ExpressionSyntax? Expression, ImmutableArray<CodeMark> Marks, RegionFlow Flow, bool IsAsync)
{
    public SyntaxNode First => Expression ?? (SyntaxNode)Statements[0];

    public SyntaxNode Last => Expression ?? (SyntaxNode)Statements[Statements.Length - 1];

    public TextSpan Span => TextSpan.FromBounds(First.SpanStart, Last.Span.End);

    /// <summary>True where the last thing it does is to make an object of what it has loaded.</summary>
    public bool MakesItsResult => Last switch
    {
        LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var value }] } => value is BaseObjectCreationExpressionSyntax,
        ReturnStatementSyntax { Expression: var value } => value is BaseObjectCreationExpressionSyntax,
        _ => false,
    };

    public IEnumerable<SyntaxNode> Nodes => Expression is null ? Statements : [Expression];

    /// <summary>Returns the statements from one index to another as a region, or null where they cannot be a method.</summary>
    public static Region? Of(IReadOnlyList<StatementSyntax> list, int first, int last, SplitScope scope, CodeMarks marks)
    {
        var statements = list.Skip(first).Take(last - first + 1).ToImmutableArray();
        var inside = statements.SelectMany(marks.In).ToImmutableArray();
        if (inside.All(static mark => mark.Kind is not MarkKind.Data) || !scope.MayTryRegion() || !ValuesCanMove(statements[0], inside, scope) || !DisposalStays(list, statements, last, scope))
            return null;
        return RegionFlow.Of(statements, inside, scope) is { } flow ? new Region(statements, null, inside, flow, statements.Any(Awaits)) : null;
    }

    /// <summary>Returns an expression as a region, or null where it cannot be a method.</summary>
    public static Region? Of(ExpressionSyntax expression, SplitScope scope, CodeMarks marks)
    {
        var inside = marks.In(expression).ToImmutableArray();
        if (!marks.CanMove(expression) || !scope.MayTryRegion() || !ValuesCanMove(expression, inside, scope))
            return null;
        return RegionFlow.Of(expression, inside, scope) is { } flow ? new Region(ImmutableArray<StatementSyntax>.Empty, expression, inside, flow, Awaits(expression)) : null;
    }

    private static bool Awaits(SyntaxNode node) =>
        node.DescendantNodesAndSelf(static child => child is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(static child => child switch
        {
            AwaitExpressionSyntax => true,
            CommonForEachStatementSyntax loop => loop.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword),
            UsingStatementSyntax block => block.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword),
            LocalDeclarationStatementSyntax declaration => declaration.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword),
            _ => false,
        });

    /// <summary>
    /// True where every value of the endpoint may be computed right before the region: it cannot fail, or nothing that could be noticed runs before it.
    /// </summary>
    private static bool ValuesCanMove(SyntaxNode first, ImmutableArray<CodeMark> inside, SplitScope scope)
    {
        foreach (var mark in inside)
        {
            if (mark.Kind is not MarkKind.Value)
                continue;
            if (mark.Symbol is IParameterSymbol or ILocalSymbol && IsDeclaredIn(mark.Symbol, inside, first))
                return false;
            if (EndpointValue.CanChange(mark.Symbol) && mark.Node.Ancestors().TakeWhile(node => node.Span.Start >= first.SpanStart).Any(node => node is AnonymousFunctionExpressionSyntax && !scope.IsTree(node)))
                return false;
            if (!EndpointValue.CannotFail((ExpressionSyntax)mark.Node, scope) && !RunsFirst(mark.Node, first, scope))
                return false;
        }

        return true;
    }

    private static bool IsDeclaredIn(ISymbol variable, ImmutableArray<CodeMark> inside, SyntaxNode first) =>
        variable.DeclaringSyntaxReferences is not [var declaration]
        || (declaration.Span.Start >= first.SpanStart && declaration.Span.End <= inside.Max(static mark => mark.Span.End));

    private static bool RunsFirst(SyntaxNode value, SyntaxNode first, SplitScope scope)
    {
        if (!first.Span.Contains(value.Span) || first.DescendantNodes().Any(node => node is AwaitExpressionSyntax && node.Span.End <= value.SpanStart))
            return false;
        for (var (node, parent) = (value, value.Parent); parent is not null && node != first; (node, parent) = (parent, parent.Parent))
        {
            switch (parent)
            {
                case BinaryExpressionSyntax binary when binary.Right == node && !scope.IsInTree(binary)
                    && (binary.IsKind(SyntaxKind.LogicalAndExpression) || binary.IsKind(SyntaxKind.LogicalOrExpression) || binary.IsKind(SyntaxKind.CoalesceExpression)):
                case ConditionalExpressionSyntax conditional when conditional.Condition != node && !scope.IsInTree(conditional):
                case AnonymousFunctionExpressionSyntax when !scope.IsTree(parent):
                case BlockSyntax or SwitchExpressionArmSyntax or ElseClauseSyntax:
                case IfStatementSyntax branch when branch.Statement == node:
                case CommonForEachStatementSyntax loop when loop.Statement == node:
                    return false;
            }
        }

        return true;
    }

    /// <summary>True where what the region disposes at its end is disposed at the same point as before.</summary>
    private static bool DisposalStays(IReadOnlyList<StatementSyntax> list, ImmutableArray<StatementSyntax> statements, int last, SplitScope scope)
    {
        if (!statements.Any(static statement => statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 }))
            return true;
        return list.Skip(last + 1).All(statement => statement is ReturnStatementSyntax { Expression: { } answer } && IsPlainAnswer(answer, scope));
    }

    /// <summary>True for <c>NoContent()</c>, <c>Ok(dto)</c>: it makes no difference whether it is made before or after something is disposed.</summary>
    private static bool IsPlainAnswer(ExpressionSyntax answer, SplitScope scope) =>
        answer is InvocationExpressionSyntax call && scope.HttpTypes.Contain(scope.Semantics.GetTypeInfo(call, scope.Cancellation).Type)
        && scope.SymbolOf(call) is IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: true }
        && call.ArgumentList.DescendantNodes().All(static node => node is ArgumentSyntax or IdentifierNameSyntax or LiteralExpressionSyntax or MemberAccessExpressionSyntax
            or AnonymousObjectCreationExpressionSyntax or AnonymousObjectMemberDeclaratorSyntax or NameEqualsSyntax || (node is InvocationExpressionSyntax named && named.Expression.ToString() == "nameof")
            || node.Parent is InvocationExpressionSyntax);
}
