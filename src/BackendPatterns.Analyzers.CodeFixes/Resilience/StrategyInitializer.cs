using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>The object initializer of the options of a retry.</summary>
internal static class StrategyInitializer
{
    /// <summary>Returns the value that the initializer gives a property, or null.</summary>
    public static ExpressionSyntax? ValueOf(BaseObjectCreationExpressionSyntax creation, string property)
    {
        foreach (var expression in creation.Initializer?.Expressions ?? default)
        {
            if (expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } assignment && name.Identifier.ValueText == property)
                return assignment.Right;
        }

        return null;
    }

    /// <summary>Returns the creation with another value for a property: in its place where the initializer has it, else at the end, in the layout of the initializer.</summary>
    public static BaseObjectCreationExpressionSyntax With(BaseObjectCreationExpressionSyntax creation, string property, string value, SyntaxTrivia newLine)
    {
        var written = Backoff.Annotated(ParseExpression(value));
        if (ValueOf(creation, property) is { } present)
            return creation.ReplaceNode(present, written.WithTriviaFrom(present));
        var assignment = AssignmentExpression(
            SyntaxKind.SimpleAssignmentExpression, IdentifierName(property).WithTrailingTrivia(Space), Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space), written);
        return creation.Initializer is { } initializer
            ? creation.WithInitializer(Appended(initializer, assignment, newLine))
            : WithInitializer(creation, assignment);
    }

    private static BaseObjectCreationExpressionSyntax WithInitializer(BaseObjectCreationExpressionSyntax creation, ExpressionSyntax assignment)
    {
        var initializer = InitializerExpression(
            SyntaxKind.ObjectInitializerExpression,
            Token(SyntaxKind.OpenBraceToken).WithTrailingTrivia(Space),
            SingletonSeparatedList(assignment.WithTrailingTrivia(Space)),
            Token(SyntaxKind.CloseBraceToken)).WithTrailingTrivia(creation.GetTrailingTrivia());
        return creation switch
        {
            ObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 0 } typed => typed.WithArgumentList(null).WithType(typed.Type.WithTrailingTrivia(Space)).WithInitializer(initializer),
            _ => creation.WithArgumentList(creation.ArgumentList!.WithTrailingTrivia(Space)).WithInitializer(initializer),
        };
    }

    private static InitializerExpressionSyntax Appended(InitializerExpressionSyntax initializer, ExpressionSyntax assignment, SyntaxTrivia newLine)
    {
        var expressions = initializer.Expressions;
        if (expressions.Count == 0)
            return initializer.WithExpressions(SingletonSeparatedList(assignment.WithTrailingTrivia(Space)));
        var last = expressions[expressions.Count - 1];
        var isInLines = initializer.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        var items = expressions.GetWithSeparators();
        if (!isInLines)
        {
            var end = items.Last().GetTrailingTrivia();
            items = expressions.SeparatorCount == expressions.Count
                ? items.Add(assignment.WithTrailingTrivia(end))
                : items.Replace(last, last.WithoutTrailingTrivia()).Add(Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space)).Add(assignment.WithTrailingTrivia(end));
            return initializer.WithExpressions(SeparatedList<ExpressionSyntax>(items));
        }

        assignment = assignment.WithLeadingTrivia(last.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Take(1));
        if (expressions.SeparatorCount == expressions.Count)
            items = items.Add(assignment).Add(Token(SyntaxKind.CommaToken).WithTrailingTrivia(newLine));
        else
            items = items.Replace(last, last.WithoutTrailingTrivia()).Add(Token(SyntaxKind.CommaToken).WithTrailingTrivia(last.GetTrailingTrivia())).Add(assignment.WithTrailingTrivia(newLine));
        return initializer.WithExpressions(SeparatedList<ExpressionSyntax>(items));
    }

    /// <summary>True where statements set some of these properties after the creation: its initializer is then not where they are decided.</summary>
    public static bool IsOverwritten(BaseObjectCreationExpressionSyntax creation, params string[] properties)
    {
        if (creation.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.ValueText: var local } })
            return false;
        foreach (var node in creation.MemberAround().DescendantNodes())
        {
            if (node is AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax target } access }
                && target.Identifier.ValueText == local && properties.Contains(access.Name.Identifier.ValueText))
            {
                return true;
            }
        }

        return false;
    }
}
