using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>Takes an assignment out: an entry of an object initializer, or a statement.</summary>
internal static class AssignmentRemoval
{
    /// <summary>Returns the file without the assignment, or null where it cannot stand without it. Comments above it stay.</summary>
    public static SyntaxNode? Without(this SyntaxNode root, AssignmentExpressionSyntax assignment) => assignment.Parent switch
    {
        _ when assignment.Parent!.ContainsDirectives => null,
        InitializerExpressionSyntax initializer => root.ReplaceNode(initializer, WithoutEntry(initializer, initializer.Expressions.IndexOf(assignment))),
        ExpressionStatementSyntax { Parent: BlockSyntax or GlobalStatementSyntax } statement => WithoutStatement(root, statement),
        _ => null,
    };

    private static InitializerExpressionSyntax WithoutEntry(InitializerExpressionSyntax initializer, int index)
    {
        var entries = initializer.Expressions.GetWithSeparators().ToList();
        var comments = CommentsOf(entries[2 * index].GetLeadingTrivia());
        var isLast = index == initializer.Expressions.Count - 1;
        if (isLast && initializer.Expressions.SeparatorCount == index && index > 0)
        {
            // The entry before becomes the last one: its comma goes, the end of its line stays.
            var end = entries[(2 * index) - 1].GetTrailingTrivia();
            entries.RemoveRange((2 * index) - 1, 2);
            entries[entries.Count - 1] = entries[entries.Count - 1].AsNode()!.WithTrailingTrivia(end);
        }
        else
        {
            entries.RemoveRange(2 * index, Math.Min(2, entries.Count - (2 * index)));
        }

        if (comments.Count > 0 && !isLast)
            entries[2 * index] = entries[2 * index].AsNode()!.WithLeadingTrivia(comments.AddRange(entries[2 * index].GetLeadingTrivia()));
        var without = initializer.WithExpressions(SyntaxFactory.SeparatedList<ExpressionSyntax>(entries));
        return comments.Count > 0 && isLast
            ? without.WithCloseBraceToken(without.CloseBraceToken.WithLeadingTrivia(comments.AddRange(without.CloseBraceToken.LeadingTrivia)))
            : without;
    }

    private static SyntaxNode WithoutStatement(SyntaxNode root, StatementSyntax statement)
    {
        var target = statement.Parent as GlobalStatementSyntax ?? (SyntaxNode)statement;
        var comments = CommentsOf(target.GetLeadingTrivia());
        if (comments.Count == 0)
            return root.RemoveNode(target, SyntaxRemoveOptions.KeepNoTrivia)!;
        var next = target.GetLastToken().GetNextToken();
        var mark = new SyntaxAnnotation();
        root = root.ReplaceSyntax(
            [target], (_, current) => current.WithAdditionalAnnotations(mark), [next], (_, current) => current.WithLeadingTrivia(comments.AddRange(current.LeadingTrivia)), [], (_, current) => current);
        return root.RemoveNode(root.GetAnnotatedNodes(mark).First(), SyntaxRemoveOptions.KeepNoTrivia)!;
    }

    /// <summary>What stands above a line up to the blanks in front of it; empty where that is no comment.</summary>
    private static SyntaxTriviaList CommentsOf(SyntaxTriviaList leading)
    {
        if (!leading.Any(static trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)))
            return SyntaxFactory.TriviaList();
        return leading.Last().IsKind(SyntaxKind.WhitespaceTrivia) ? leading.RemoveAt(leading.Count - 1) : leading;
    }
}
