using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Logging;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>A value in a log message, and what the message is without it.</summary>
internal static class LoggedSecret
{
    private const string Redacted = "[redacted]";

    /// <summary>Returns what changes where the value and its placeholder go, or null where they cannot be told apart from the rest.</summary>
    public static (SyntaxNode Old, SyntaxNode New)? Dropped(ExpressionSyntax value, SemanticModel semantics, BackendModel model, CancellationToken cancellation)
    {
        if (value.Parent is InterpolationSyntax { Parent: InterpolatedStringExpressionSyntax text } hole)
            return WithoutHole(text, hole) is { } rest ? (text, rest) : null;
        // The other members are worth logging.
        if (value is AnonymousObjectCreationExpressionSyntax { Initializers.Count: > 1 })
            return null;
        if (value.Parent is not ArgumentSyntax { NameColon: null, Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax syntax } list } argument
            || semantics.GetOperation(syntax, cancellation) is not IInvocationOperation call || LogCall.Of(call, model.Libraries.Logging!) is not { } log
            || log.Message.Syntax is not LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression, Parent: ArgumentSyntax message } template)
        {
            return null;
        }

        // The values fill the placeholders by their order, whatever the names say.
        var index = log.Values.ToList().FindIndex(logged => logged.Syntax == value);
        if (index < 0 || log.Values.Any(logged => logged.Syntax.Parent?.Parent != list)
            || MessageText.Without(template.Token.Text, index, log.Values.Length) is not { } shorter)
        {
            return null;
        }

        var newMessage = message.WithExpression(SyntaxFactory.ParseExpression(shorter).WithTriviaFrom(template));
        var position = list.Arguments.IndexOf(argument);
        return (list, list.WithArguments(list.Arguments.Replace(message, newMessage).RemoveAt(position)));
    }

    /// <summary>Returns what changes where a fixed text takes the place of the value, or null where the value is no expression on its own.</summary>
    public static (SyntaxNode Old, SyntaxNode New)? Replaced(ExpressionSyntax value)
    {
        if (value.Parent is InterpolationSyntax { Parent: InterpolatedStringExpressionSyntax text } hole)
        {
            return (text, Joined(text, hole, Redacted));
        }

        if (value is AnonymousObjectCreationExpressionSyntax || value.Parent is not (ArgumentSyntax or BinaryExpressionSyntax or InitializerExpressionSyntax))
            return null;
        return (value, SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(Redacted)).WithTriviaFrom(value));
    }

    private static InterpolatedStringExpressionSyntax? WithoutHole(InterpolatedStringExpressionSyntax text, InterpolationSyntax hole)
    {
        var index = text.Contents.IndexOf(hole);
        var (before, after) = Around(text, hole);
        // Between two holes nothing tells which blanks belong to which.
        if ((before is null && index > 0) || (after is null && index + 1 < text.Contents.Count))
            return null;
        var isEnd = after is null || index + 2 == text.Contents.Count;
        var isStart = before is null || text.Contents[0] == before;
        return MessageText.Join(before?.TextToken.Text ?? "", after?.TextToken.Text ?? "", isStart, isEnd) is not var (left, right)
            || (left.Length + right.Length == 0 && text.Contents.Count < 4)
            ? null
            : Joined(text, hole, left + right, isWhole: true);
    }

    /// <summary>Returns the string with one text for a hole and the texts next to it: three texts in a row are not how a string is parsed.</summary>
    private static InterpolatedStringExpressionSyntax Joined(InterpolatedStringExpressionSyntax text, InterpolationSyntax hole, string replacement, bool isWhole = false)
    {
        var (before, after) = Around(text, hole);
        var joined = isWhole ? replacement : before?.TextToken.Text + replacement + after?.TextToken.Text;
        var contents = text.Contents.Where(part => part != hole && part != before && part != after).ToList();
        if (joined.Length > 0)
            contents.Insert(text.Contents.IndexOf(hole) - (before is null ? 0 : 1), InterpolatedStringText(joined));
        return text.WithContents(SyntaxFactory.List(contents));
    }

    private static (InterpolatedStringTextSyntax? Before, InterpolatedStringTextSyntax? After) Around(InterpolatedStringExpressionSyntax text, InterpolationSyntax hole)
    {
        var index = text.Contents.IndexOf(hole);
        return (index > 0 ? text.Contents[index - 1] as InterpolatedStringTextSyntax : null,
            index + 1 < text.Contents.Count ? text.Contents[index + 1] as InterpolatedStringTextSyntax : null);
    }

    private static InterpolatedStringTextSyntax InterpolatedStringText(string text) => SyntaxFactory.InterpolatedStringText(
        SyntaxFactory.Token(SyntaxFactory.TriviaList(), SyntaxKind.InterpolatedStringTextToken, text, text, SyntaxFactory.TriviaList()));
}
