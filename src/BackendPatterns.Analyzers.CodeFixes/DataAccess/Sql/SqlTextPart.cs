using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>How a C# text is written; parts of different styles cannot be joined.</summary>
internal enum SqlTextStyle
{
    Regular,
    Verbatim,
    Raw,
}

/// <summary>A piece of a SQL text as it is written: the inside of a literal, or an expression.</summary>
/// <param name="Operand">The number of the operand of the concatenation that it belongs to.</param>
/// <param name="Text">The text between the quotes, or of the expression.</param>
/// <param name="Value">The expression, or null for text.</param>
/// <param name="Suffix">Alignment and format of an interpolation.</param>
internal sealed record SqlTextPart(int Operand, string Text, ExpressionSyntax? Value = null, string Suffix = "");

/// <summary>The text of a statement as it is written: one literal, one interpolated text, or a concatenation of both and of expressions.</summary>
internal sealed class SqlTextParts
{
    private const int MostOperands = 60;

    private SqlTextParts(IReadOnlyList<ExpressionSyntax> operands, IReadOnlyList<SqlTextPart> parts, SqlTextStyle style)
    {
        Operands = operands;
        Parts = parts;
        Style = style;
    }

    public IReadOnlyList<ExpressionSyntax> Operands { get; }

    public IReadOnlyList<SqlTextPart> Parts { get; }

    public SqlTextStyle Style { get; }

    /// <summary>Returns the parts of a text, or null where they are written in different styles or with escapes that stand for quotes.</summary>
    public static SqlTextParts? Of(ExpressionSyntax text)
    {
        var operands = new List<ExpressionSyntax>();
        var current = text;
        while (current is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum && operands.Count < MostOperands)
        {
            operands.Add(sum.Right);
            current = sum.Left;
        }

        operands.Add(current);
        operands.Reverse();
        var parts = new List<SqlTextPart>();
        SqlTextStyle? style = null;
        for (var i = 0; i < operands.Count; i++)
        {
            if (StyleOf(operands[i]) is { } own)
            {
                if (style is not null && style != own)
                    return null;
                style = own;
            }

            if (!Add(operands[i], i, parts))
                return null;
        }

        return style is { } known && parts.All(part => part.Value is not null || (part.Text.IndexOf("\\'", StringComparison.Ordinal) < 0 && part.Text.IndexOf("\\u", StringComparison.Ordinal) < 0))
            ? new SqlTextParts(operands, parts, known)
            : null;
    }

    private static bool Add(ExpressionSyntax operand, int index, List<SqlTextPart> parts)
    {
        switch (operand)
        {
            case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal:
                parts.Add(new SqlTextPart(index, InsideOf(literal.Token.Text)));
                return true;
            case InterpolatedStringExpressionSyntax interpolated:
                // "$$" changes what a brace is.
                if (interpolated.StringStartToken.Text.Count(static c => c == '$') > 1)
                    return false;
                foreach (var content in interpolated.Contents)
                {
                    parts.Add(content is InterpolationSyntax hole
                        ? new SqlTextPart(index, hole.Expression.ToString(), hole.Expression, hole.AlignmentClause?.ToString() + hole.FormatClause?.ToString())
                        : new SqlTextPart(index, content.ToString()));
                }

                return true;
            default:
                parts.Add(new SqlTextPart(index, operand.ToString(), operand));
                return !operand.ContainsDirectives;
        }
    }

    private static SqlTextStyle? StyleOf(ExpressionSyntax operand)
    {
        var start = operand switch
        {
            LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal => literal.Token.Text,
            InterpolatedStringExpressionSyntax interpolated => interpolated.StringStartToken.Text,
            _ => null,
        };
        return start is null ? null
            : start.IndexOf("\"\"\"", StringComparison.Ordinal) is 0 or 1 && start.Length > 2 && (operand is InterpolatedStringExpressionSyntax || start.Length > 5) ? SqlTextStyle.Raw
            : start[0] == '@' || (start.Length > 1 && start[1] == '@') ? SqlTextStyle.Verbatim
            : SqlTextStyle.Regular;
    }

    private static string InsideOf(string token)
    {
        var start = token.IndexOf('"');
        var quotes = 0;
        while (start + quotes < token.Length && token[start + quotes] == '"')
            quotes++;
        if (quotes < 3 || quotes == token.Length - start)
            quotes = 1;
        return token.Substring(start + quotes, token.Length - start - 2 * quotes);
    }
}
