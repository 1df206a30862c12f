using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>Moves code from one column to another, all lines alike.</summary>
internal static class Indentation
{
    /// <summary>Returns what stands before the first token of the line that a node starts in.</summary>
    public static string Of(SyntaxNode node)
    {
        var text = node.SyntaxTree.GetText();
        var line = text.Lines.GetLineFromPosition(node.SpanStart).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    /// <summary>Returns a node of a file with the other indentation in each of its lines that have the first one.</summary>
    public static TNode Change<TNode>(TNode node, string from, string to)
        where TNode : SyntaxNode =>
        node.ReplaceTokens(
            node.DescendantTokens(),
            (original, token) => token.WithLeadingTrivia(Change(original.LeadingTrivia, StartsLine(original), from, to)));

    // A node that stands alone begins with the first token of its first line.
    private static bool StartsLine(SyntaxToken token) =>
        token.GetPreviousToken() is not { RawKind: not 0 } previous || previous.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);

    private static IEnumerable<SyntaxTrivia> Change(SyntaxTriviaList list, bool startsLine, string from, string to)
    {
        foreach (var trivia in list)
        {
            yield return startsLine && trivia.IsKind(SyntaxKind.WhitespaceTrivia) && trivia.ToString().StartsWith(from, StringComparison.Ordinal)
                ? SyntaxFactory.Whitespace(to + trivia.ToString().Substring(from.Length))
                : trivia;
            startsLine = trivia.IsKind(SyntaxKind.EndOfLineTrivia);
        }
    }
}
