using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>Puts statements before and after another one, in its file's line breaks and at its indentation.</summary>
public static class StatementMoves
{
    /// <summary>Returns the blanks in front of a statement.</summary>
    public static string IndentOf(this StatementSyntax statement)
    {
        var last = statement.GetLeadingTrivia().LastOrDefault();
        return last.IsKind(SyntaxKind.WhitespaceTrivia) ? last.ToString() : "";
    }

    /// <summary>Returns the text of a node for a place at another indentation: further lines move with the first.</summary>
    public static string TextAt(this SyntaxNode node, string indent)
    {
        var lines = node.ToString().Split('\n');
        var deeper = (node.FirstAncestorOrSelf<StatementSyntax>()?.IndentOf().Length ?? indent.Length) - indent.Length;
        for (var i = 1; i < lines.Length; i++)
        {
            var blanks = lines[i].Length - lines[i].TrimStart(' ', '\t').Length;
            lines[i] = lines[i].Substring(Math.Max(0, Math.Min(deeper, blanks)));
        }

        return string.Join("\n", lines);
    }

    /// <summary>True where a node has a text over several lines, which another indentation would change.</summary>
    public static bool HasMultilineText(this SyntaxNode node) => node.DescendantTokens().Any(token => token.ValueText.IndexOf('\n') >= 0);

    /// <summary>Returns a new statement and the one that follows it. Blank lines above the second go above the first; its comments stay with it.</summary>
    public static SyntaxNode[] WithStatementBefore(this StatementSyntax statement, string text)
    {
        var leading = statement.GetLeadingTrivia();
        var blank = leading.TakeWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia) || trivia.IsKind(SyntaxKind.WhitespaceTrivia)).ToList();
        if (blank.LastOrDefault().IsKind(SyntaxKind.WhitespaceTrivia))
            blank.RemoveAt(blank.Count - 1);
        var added = SyntaxFactory.ParseStatement(text)
            .WithLeadingTrivia(SyntaxFactory.TriviaList(blank).Add(SyntaxFactory.Whitespace(statement.IndentOf())))
            .WithTrailingTrivia(LineBreaks.In(statement.SyntaxTree.GetRoot()));
        return [added, statement.WithLeadingTrivia(leading.Skip(blank.Count))];
    }

    /// <summary>Returns a statement and the one that follows it, below a blank line where the first ends with a brace.</summary>
    public static SyntaxNode[] WithStatementAfter(this StatementSyntax statement, StatementSyntax moved, string indent, SyntaxTrivia newLine)
    {
        var leading = SyntaxFactory.TriviaList();
        if (statement.GetLastToken().IsKind(SyntaxKind.CloseBraceToken))
            leading = leading.Add(newLine);
        foreach (var comment in moved.GetLeadingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)))
            leading = leading.Add(SyntaxFactory.Whitespace(indent)).Add(comment).Add(newLine);
        return [statement, moved.WithLeadingTrivia(leading.Add(SyntaxFactory.Whitespace(indent)))];
    }
}
