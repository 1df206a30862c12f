using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>How the new statements are laid out: at the indentation of the loop, a query that does not fit on a line with one operator per line.</summary>
public sealed class BatchLayout
{
    private const int LineLength = 140;

    private readonly int _deeper;

    public BatchLayout(BatchPlan plan)
    {
        Indent = IndentOf(plan.Loop.Syntax);
        NewLine = LineBreaks.In(plan.Loop.Syntax.SyntaxTree.GetRoot()).ToString();
        _deeper = IndentOfLine(plan.Replaced) - Indent.Length;
    }

    public string Indent { get; }

    public string NewLine { get; }

    public bool Fits(string statement) => statement.IndexOf('\n') < 0 && Indent.Length + statement.Length <= LineLength;

    /// <summary>
    /// The text of a fluent query with every operator on a line of its own; as it is where it carries comments, or where <paramref
    /// name="dot"/> breaks no line.
    /// </summary>
    public string Chain(ExpressionSyntax query, string dot) =>
        dot == "." || HasComment(query) ? Unindented(query) : Split(query, dot, Unindented);

    /// <summary>The text of a sequence that stands in the statement itself, with one more call.</summary>
    public string WithCall(ExpressionSyntax sequence, string call)
    {
        var text = sequence.ToString();
        var dot = $"{NewLine}{Indent}    .";
        return text.IndexOf('\n') < 0 || HasComment(sequence) ? $"{text}.{call}" : Split(sequence, dot, static part => part.ToString()) + dot + call;
    }

    private static string Split(ExpressionSyntax query, string dot, Func<SyntaxNode, string> text)
    {
        var operators = new Stack<string>();
        while (query is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: { } receiver } member } call && !IsSetCall(member))
        {
            operators.Push(dot + text(member.Name) + text(call.ArgumentList));
            query = receiver;
        }

        return query.WithoutTrivia() + string.Concat(operators);
    }

    private static bool HasComment(SyntaxNode node) =>
        node.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia));

    /// <summary>The text of a node that moves out of the loop, its further lines moved to the left by as much.</summary>
    public string Unindented(SyntaxNode node)
    {
        var lines = node.ToString().Split('\n');
        for (var i = 1; i < lines.Length; i++)
        {
            var blanks = lines[i].Length - lines[i].TrimStart(' ', '\t').Length;
            lines[i] = lines[i].Substring(Math.Max(0, Math.Min(_deeper, blanks)));
        }

        return string.Join("\n", lines);
    }

    private static bool IsSetCall(MemberAccessExpressionSyntax member) => member.Name.Identifier.ValueText is "Set";

    private static string IndentOf(StatementSyntax statement)
    {
        var last = statement.GetLeadingTrivia().LastOrDefault();
        return last.IsKind(SyntaxKind.WhitespaceTrivia) ? last.ToString() : "";
    }

    private static int IndentOfLine(SyntaxNode node)
    {
        var text = node.SyntaxTree.GetText();
        var line = text.ToString(text.Lines.GetLineFromPosition(node.SpanStart).Span);
        return line.Length - line.TrimStart(' ', '\t').Length;
    }
}
