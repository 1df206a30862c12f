using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>The loop with a lookup in place of its query, over the list that now has a name, and without tasks that nothing needs any more.</summary>
public sealed class BatchStatement(BatchPlan plan, BatchLayout layout)
{
    private BatchLoop Loop => plan.Loop;

    private BatchFanOut? Unwrapped => Loop.FanOut is { IsUnwrapped: true } fanOut ? fanOut : null;

    /// <summary>Returns the statement with the lookup, and with <paramref name="collection"/> in place of the sequence where that is not null.</summary>
    public StatementSyntax With(ExpressionSyntax lookup, string? collection)
    {
        var replaced = lookup is InvocationExpressionSyntax or ElementAccessExpressionSyntax && plan.Replaced.Parent is ParenthesizedExpressionSyntax parenthesized ? parenthesized : plan.Replaced;
        var sequence = Loop.Sequence.Syntax.Parent is ParenthesizedExpressionSyntax { Parent: MemberAccessExpressionSyntax } outer ? outer : Loop.Sequence.Syntax;
        var nodes = new List<SyntaxNode> { replaced };
        if (collection is not null)
            nodes.Add(sequence);
        if (Unwrapped is { HasResults: true } fanOut)
            nodes.Add(fanOut.Syntax);
        if (Unwrapped is { } tasks)
            nodes.Add(tasks.Lambda);
        if (plan.Query.Enumeration is { IsAsynchronous: true, Syntax: ForEachStatementSyntax enumeration })
            nodes.Add(enumeration);
        var changed = Loop.Syntax.ReplaceNodes(nodes, (node, current) =>
        {
            if (node == replaced)
                return Parenthesized(lookup).WithTriviaFrom(current);
            if (node == sequence)
                return SyntaxFactory.IdentifierName(collection!).WithTriviaFrom(current);
            return current switch
            {
                LambdaExpressionSyntax lambda => Synchronous(lambda),
                AwaitExpressionSyntax await => Together(await),
                ForEachStatementSyntax each => Synchronous(each),
                _ => current,
            };
        });
        if (changed is ForEachStatementSyntax loop && Loop.Sequence.IsAsynchronous)
            return Synchronous(loop);
        return Unwrapped is { HasResults: false } ? AsLoop((ExpressionStatementSyntax)changed) : changed;
    }

    private static ForEachStatementSyntax Synchronous(ForEachStatementSyntax loop) =>
        loop.AwaitKeyword.IsKind(SyntaxKind.None) ? loop : loop.WithAwaitKeyword(default).WithLeadingTrivia(loop.GetLeadingTrivia());

    private static LambdaExpressionSyntax Synchronous(LambdaExpressionSyntax lambda) =>
        lambda.AsyncKeyword.IsKind(SyntaxKind.None) ? lambda : (LambdaExpressionSyntax)lambda.WithAsyncKeyword(default).WithLeadingTrivia(lambda.GetLeadingTrivia());

    /// <summary><c>await Task.WhenAll(xs.Select(…))</c> → <c>xs.Select(…).ToArray()</c>.</summary>
    private static ExpressionSyntax Together(AwaitExpressionSyntax await)
    {
        var values = (ExpressionSyntax)SelectIn(await).WithoutTrivia();
        var array = SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, values, SyntaxFactory.IdentifierName("ToArray")));
        return array.WithTriviaFrom(await);
    }

    /// <summary><c>await Task.WhenAll(xs.Select(async x => { … }))</c> → <c>foreach (var x in xs) { … }</c>.</summary>
    private StatementSyntax AsLoop(ExpressionStatementSyntax statement)
    {
        var select = SelectIn((AwaitExpressionSyntax)statement.Expression);
        var lambda = (LambdaExpressionSyntax)select.ArgumentList.Arguments[0].Expression;
        var sequence = ((MemberAccessExpressionSyntax)select.Expression).Expression.WithoutTrivia();
        var body = lambda.Block is { } block
            ? (StatementSyntax)block.WithoutTrivia().WithLeadingTrivia(SyntaxFactory.Whitespace(layout.Indent))
            : SyntaxFactory.ExpressionStatement(lambda.ExpressionBody!.WithoutTrivia()).WithLeadingTrivia(SyntaxFactory.Whitespace(layout.Indent + "    "));
        var loop = (ForEachStatementSyntax)SyntaxFactory.ParseStatement($"foreach (var {Loop.Item.Name} in {sequence}){layout.NewLine}{{ }}");
        return loop.WithStatement(body).WithTriviaFrom(statement).WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static InvocationExpressionSyntax SelectIn(AwaitExpressionSyntax await)
    {
        var all = (InvocationExpressionSyntax)await.Expression;
        if (all.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Expression: InvocationExpressionSyntax awaited })
            all = awaited;
        var list = (InvocationExpressionSyntax)all.ArgumentList.Arguments[0].Expression;
        return list.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToList" or "ToArray", Expression: InvocationExpressionSyntax select } ? select : list;
    }

    private ExpressionSyntax Parenthesized(ExpressionSyntax lookup) =>
        lookup is InvocationExpressionSyntax or ElementAccessExpressionSyntax || IsAlone(plan.Replaced) ? lookup : SyntaxFactory.ParenthesizedExpression(lookup);

    private static bool IsAlone(ExpressionSyntax place) => place.Parent switch
    {
        EqualsValueClauseSyntax or ParenthesizedExpressionSyntax or ArgumentSyntax or ReturnStatementSyntax or LambdaExpressionSyntax or IfStatementSyntax or AnonymousObjectMemberDeclaratorSyntax => true,
        AssignmentExpressionSyntax assignment => assignment.Right == place,
        _ => false,
    };
}
