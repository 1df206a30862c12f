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
    public static IReadOnlyDictionary<SyntaxNode, SyntaxNode>? Replacements(BP1010UnprojectedLoad found, BackendModel model, SemanticModel semantics)
    {
        if (found.Load.Operation is not IInvocationOperation { TargetMethod.Name: "ToList" or "ToListAsync" or "ToArray" or "ToArrayAsync" } terminal)
            return null;
        var value = terminal.WalkUpValue();
        var local = value.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } ? declarator.Symbol : null;
        var used = local is null ? value : OnlyUse(local, value);
        if (used?.WalkUpValue().Parent is not IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Select", ContainingType.Name: "Enumerable" } } select }
            || select.ArgumentAt(1)?.Unwrap() is not { } selector || ProjectionOf(selector, found, model, semantics) is not { } projection
            || select.WalkUpValue().Parent is not IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "ToList" or "ToArray", ContainingType.Name: "Enumerable" } } final }
            || HasComment(final.Syntax, selector.Syntax)
            || BP1010ProjectedLoad.Write(terminal, projection) is not { } written)
        {
            return null;
        }

        written = WithOperator(written, final.TargetMethod.Name + (terminal.TargetMethod.Name.EndsWith("Async", StringComparison.Ordinal) ? "Async" : ""));
        return local is null ? InPlace(terminal, value, final, written) : ThroughLocal(terminal, value, final, written);
    }

    /// <summary>The mapping as a lambda that the query can evaluate: as it is written, or what the mapping method that it names returns. Null where it may mean something else there.</summary>
    private static LambdaExpressionSyntax? ProjectionOf(IOperation selector, BP1010UnprojectedLoad found, BackendModel model, SemanticModel semantics)
    {
        if (selector is IAnonymousFunctionOperation lambda)
        {
            if (FinalProjection.Allows(lambda, found.Load, model))
                return ((LambdaExpressionSyntax)lambda.Syntax).WithoutTrivia();
            if (lambda is not { Symbol.Parameters: [var only], Body.Operations: [IReturnOperation { ReturnedValue: { } value }], Syntax: SimpleLambdaExpressionSyntax { ExpressionBody: { } body } simple }
                || value.Unwrap() is not IInvocationOperation { Arguments: [{ Value: var row }] } call || row.Unwrap() is not IParameterReferenceOperation { Parameter: var given }
                || !SymbolEqualityComparer.Default.Equals(given, only) || MappingMethod.Of(call, model) is not { } mapping || !FinalProjection.Allows(mapping.Value, mapping.Row, found.Load, model))
            {
                return null;
            }

            return simple.ReplaceNode(body, mapping.Write(only.Name, semantics, body.SpanStart)).WithoutTrivia();
        }

        if (MappingMethod.Of(selector, model) is not { } named || !FinalProjection.Allows(named.Value, named.Row, found.Load, model))
            return null;
        var name = FreshNames.ForLambda(found.Load.Operation.Syntax).Take("x", "row", "item");
        return (LambdaExpressionSyntax)SyntaxFactory.ParseExpression($"{name} => {named.Write(name, semantics, selector.Syntax.SpanStart).ToFullString()}");
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
