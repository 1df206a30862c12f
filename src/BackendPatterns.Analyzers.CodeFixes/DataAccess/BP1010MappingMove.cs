using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>
/// The remedy of BP1010 that moves <c>.Select(x => new Dto { … }).ToList()</c> into the query, where it is the only use of the rows: chained to the load, or
/// of the local in the same block.
/// </summary>
internal static class BP1010MappingMove
{
    /// <summary>Returns the nodes to replace, or null where the rows are used otherwise or the mapping may mean something else in the query.</summary>
    public static IReadOnlyDictionary<SyntaxNode, SyntaxNode>? Replacements(BP1010UnprojectedLoad found, BackendModel model)
    {
        if (found.Load.Operation is not IInvocationOperation { TargetMethod.Name: "ToList" or "ToListAsync" or "ToArray" or "ToArrayAsync" } terminal)
            return null;
        var value = terminal.WalkUpValue();
        var local = value.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } ? declarator.Symbol : null;
        var used = local is null ? value : OnlyUse(local, value);
        if (used?.WalkUpValue().Parent is not IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Select", ContainingType.Name: "Enumerable" } } select }
            || select.ArgumentAt(1).AsLambda() is not { } lambda || !FinalProjection.Allows(lambda, found.Load, model)
            || select.WalkUpValue().Parent is not IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "ToList" or "ToArray", ContainingType.Name: "Enumerable" } } final }
            || HasComment(final.Syntax, lambda.Syntax)
            || BP1010ProjectedLoad.Write(terminal, ((LambdaExpressionSyntax)lambda.Syntax).WithoutTrivia()) is not { } written)
        {
            return null;
        }

        written = WithOperator(written, final.TargetMethod.Name + (terminal.TargetMethod.Name.EndsWith("Async", StringComparison.Ordinal) ? "Async" : ""));
        return local is null ? InPlace(terminal, value, final, written) : ThroughLocal(terminal, value, final, written);
    }

    /// <summary>The only mention of a local that is given a value once, in a statement of the same block, so that it runs as often as the load.</summary>
    private static IOperation? OnlyUse(ILocalSymbol local, IOperation value)
    {
        var values = LocalValues.Around(value);
        if (values.WritesTo(local).Count != 1 || values.ReferencesTo(local) is not [var reference])
            return null;
        return ReferenceEquals(reference.EnclosingFunction(), value.EnclosingFunction()) && BlockOf(reference.Syntax) is { } block && block == BlockOf(value.Syntax) ? reference : null;
    }

    private static SyntaxNode? BlockOf(SyntaxNode node) =>
        node.FirstAncestorOrSelf<StatementSyntax>() is { } statement and not (CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax) ? statement.Parent : null;

    private static Dictionary<SyntaxNode, SyntaxNode> InPlace(IInvocationOperation terminal, IOperation value, IInvocationOperation final, InvocationExpressionSyntax written)
    {
        var expression = value.Syntax is ParenthesizedExpressionSyntax parenthesized ? parenthesized.Expression : (ExpressionSyntax)value.Syntax;
        var moved = expression == terminal.Syntax ? written : expression.ReplaceNode(terminal.Syntax, written);
        if (moved is AwaitExpressionSyntax && final.Syntax.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ConditionalAccessExpressionSyntax)
            moved = SyntaxFactory.ParenthesizedExpression(moved.WithoutTrivia());
        return new Dictionary<SyntaxNode, SyntaxNode> { [final.Syntax] = moved.WithLeadingTrivia(final.Syntax.GetLeadingTrivia()).WithTrailingTrivia(final.Syntax.GetTrailingTrivia()) };
    }

    private static Dictionary<SyntaxNode, SyntaxNode> ThroughLocal(IInvocationOperation terminal, IOperation value, IInvocationOperation final, InvocationExpressionSyntax written)
    {
        var declaration = (VariableDeclarationSyntax)((IVariableInitializerOperation)value.Parent!).Syntax.Parent!.Parent!;
        var replacements = new Dictionary<SyntaxNode, SyntaxNode>
        {
            [terminal.Syntax] = written,
            [final.Syntax] = SyntaxFactory.IdentifierName(declaration.Variables[0].Identifier.WithoutTrivia()).WithTriviaFrom(final.Syntax),
        };
        if (!declaration.Type.IsVar)
            replacements.Add(declaration.Type, SyntaxFactory.IdentifierName("var").WithTriviaFrom(declaration.Type));
        return replacements;
    }

    private static InvocationExpressionSyntax WithOperator(InvocationExpressionSyntax call, string name)
    {
        var access = (MemberAccessExpressionSyntax)call.Expression;
        return call.WithExpression(access.WithName(SyntaxFactory.IdentifierName(name).WithTriviaFrom(access.Name)));
    }

    /// <summary>True where a comment stands in the part that goes away; comments inside the lambda move with it.</summary>
    private static bool HasComment(SyntaxNode removed, SyntaxNode kept) =>
        removed.DescendantTrivia().Any(trivia => !kept.Span.Contains(trivia.Span)
            && trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia);
}
