using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>How far code stands from the margin; moves it to another column, all lines alike.</summary>
internal static class Indentation
{
    private const string Step = "    ";

    /// <summary>Returns what stands before the first token of the line that a node starts in.</summary>
    public static string Of(SyntaxNode node)
    {
        var line = node.SyntaxTree.GetText().Lines.GetLineFromPosition(node.SpanStart).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    /// <summary>The same for a statement of a loop's body, which may stand on the line of the loop.</summary>
    public static string Of(SyntaxNode statement, SyntaxNode loop) => Of(statement) is var own && own.Length > Of(loop).Length ? own : Of(loop) + Step;

    /// <summary>Returns the white space that a node begins with on its line, as trivia.</summary>
    public static SyntaxTriviaList Before(SyntaxNode node) =>
        SyntaxFactory.TriviaList(node.GetLeadingTrivia().Reverse().TakeWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse());

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

    /// <summary>Returns the node with every line that starts in it one step further in. The inside of a string stays where it is.</summary>
    public static T Deepen<T>(T node)
        where T : SyntaxNode
    {
        var text = node.SyntaxTree.GetText();
        var tokens = node.DescendantTokens().Where(token => token.FullSpan.Start == text.Lines.GetLineFromPosition(token.FullSpan.Start).Start && !IsInString(token));
        return node.ReplaceTokens(tokens, static (original, token) => token.WithLeadingTrivia(Deepen(original.LeadingTrivia)));
    }

    private static bool IsInString(SyntaxToken token) =>
        token.Parent?.FirstAncestorOrSelf<InterpolatedStringExpressionSyntax>() is { } text && token != text.StringStartToken;

    private static SyntaxTriviaList Deepen(SyntaxTriviaList leading)
    {
        var deeper = new List<SyntaxTrivia>();
        var isStart = true;
        foreach (var trivia in leading)
        {
            if (isStart && !trivia.IsKind(SyntaxKind.EndOfLineTrivia))
                deeper.Add(SyntaxFactory.Whitespace(Step));
            deeper.Add(trivia);
            isStart = trivia.IsKind(SyntaxKind.EndOfLineTrivia);
        }

        if (isStart)
            deeper.Add(SyntaxFactory.Whitespace(Step));
        return SyntaxFactory.TriviaList(deeper);
    }
}
