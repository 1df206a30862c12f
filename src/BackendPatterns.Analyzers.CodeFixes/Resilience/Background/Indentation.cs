using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience.Background;

/// <summary>How far statements stand from the margin.</summary>
internal static class Indentation
{
    private const string Step = "    ";

    /// <summary>Returns the white space before a statement on its line.</summary>
    public static string Of(SyntaxNode statement)
    {
        var line = statement.SyntaxTree.GetText().Lines.GetLineFromPosition(statement.SpanStart).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    /// <summary>The same for a statement of a loop's body, which may stand on the line of the loop.</summary>
    public static string Of(SyntaxNode statement, SyntaxNode loop) => Of(statement) is var own && own.Length > Of(loop).Length ? own : Of(loop) + Step;

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
