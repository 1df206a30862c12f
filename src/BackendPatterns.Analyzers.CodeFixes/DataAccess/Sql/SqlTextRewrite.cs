using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Writes the text of a statement in which something else stands for the literals with values.</summary>
internal static class SqlTextRewrite
{
    /// <summary>Returns the text with names of parameters, in the layout that it has.</summary>
    public static ExpressionSyntax WithNames(SqlTextParts text, IReadOnlyList<SqlLiteral> literals, IReadOnlyList<string> names)
    {
        var parts = Replace(text, literals, i => new SqlTextPart(text.Parts[literals[i].First].Operand, "@" + names[i]));
        var written = new StringBuilder();
        var previous = -1;
        for (var i = 0; i < text.Operands.Count; i++)
        {
            var own = parts.Where(part => part.Operand == i).ToList();
            var isText = text.Operands[i] is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax;
            if (own.Count == 0 || (isText && own.All(static part => part.Value is null && part.Text.Length == 0) && text.Operands.Count > 1))
                continue;
            var operand = isText ? TextOf(text, i, own) : own[0].Text;
            if (previous >= 0 && !TryJoin(written, operand, text, previous, i))
                written.Append(Between(text, previous, i)).Append(operand);
            else if (previous < 0)
                written.Append(operand);
            previous = i;
        }

        return SyntaxFactory.ParseExpression(written.ToString());
    }

    /// <summary>Returns one interpolated text whose holes are the values; null where a constant in it cannot be written into the text.</summary>
    public static ExpressionSyntax? AsFormattable(SqlTextParts text, IReadOnlyList<SqlLiteral> literals, Func<ExpressionSyntax, string?> constant)
    {
        if (text.Operands.Count > 1 && text.Style is SqlTextStyle.Raw)
            return null;
        var inside = new StringBuilder();
        foreach (var part in Replace(text, literals, i => new SqlTextPart(text.Parts[literals[i].First].Operand, literals[i].Value, literals[i].Source)))
        {
            if (part.Value is null)
            {
                if (part.Text.IndexOf('{') >= 0 || part.Text.IndexOf('}') >= 0)
                    return null;
                inside.Append(part.Text);
            }
            else if (constant(part.Value) is { } known)
            {
                if (known.Any(static c => c is '"' or '\\' or '{' or '}' or '\n' or '\r'))
                    return null;
                inside.Append(known);
            }
            else if (part.Suffix.Length > 0)
            {
                return null;
            }
            else
            {
                inside.Append('{').Append(part.Text).Append('}');
            }
        }

        if (text.Operands is [InterpolatedStringExpressionSyntax only])
            return SyntaxFactory.ParseExpression(only.StringStartToken.Text + inside + only.StringEndToken.Text);
        return SyntaxFactory.ParseExpression((text.Style is SqlTextStyle.Verbatim ? "$@\"" : "$\"") + inside + "\"");
    }

    /// <summary>The parts with a replacement for each literal and its values.</summary>
    private static List<SqlTextPart> Replace(SqlTextParts text, IReadOnlyList<SqlLiteral> literals, Func<int, SqlTextPart> replacement)
    {
        var parts = new List<SqlTextPart>();
        var next = 0;
        for (var i = 0; i < text.Parts.Count; i++)
        {
            var part = text.Parts[i];
            var from = 0;
            while (next < literals.Count && literals[next].First == i)
            {
                var literal = literals[next];
                parts.Add(part with { Text = part.Text.Substring(from, literal.Start - from) });
                parts.Add(replacement(next));
                next++;
                i = literal.Last;
                part = text.Parts[i];
                from = literal.End;
            }

            parts.Add(from == 0 ? part : part with { Text = part.Text.Substring(from) });
        }

        return parts;
    }

    private static string TextOf(SqlTextParts text, int operand, List<SqlTextPart> parts)
    {
        if (text.Operands[operand] is InterpolatedStringExpressionSyntax interpolated)
        {
            if (parts.Any(static part => part.Value is not null))
            {
                return interpolated.StringStartToken.Text + string.Concat(parts.Select(static part => part.Value is null ? part.Text : "{" + part.Text + part.Suffix + "}"))
                    + interpolated.StringEndToken.Text;
            }

            return interpolated.StringStartToken.Text.Replace("$", "") + string.Concat(parts.Select(static part => part.Text)).Replace("{{", "{").Replace("}}", "}") + interpolated.StringEndToken.Text;
        }

        var token = ((LiteralExpressionSyntax)text.Operands[operand]).Token.Text;
        var start = token.IndexOf('"');
        var quotes = text.Style is SqlTextStyle.Raw ? token.Length - start - token.Substring(start).TrimStart('"').Length : 1;
        return token.Substring(0, start + quotes) + string.Concat(parts.Select(static part => part.Text)) + new string('"', quotes);
    }

    /// <summary>Two literals that have become neighbours on one line become one.</summary>
    private static bool TryJoin(StringBuilder written, string operand, SqlTextParts text, int previous, int current)
    {
        if (current == previous + 1 || text.Style is SqlTextStyle.Raw || Between(text, previous, current).IndexOf('\n') >= 0)
            return false;
        var start = operand.IndexOf('"');
        var before = written.ToString();
        var opening = before.LastIndexOf(text.Style is SqlTextStyle.Verbatim ? "@\"" : "\"", before.Length - 2, StringComparison.Ordinal);
        if (operand[0] == '$' || !before.EndsWith("\"", StringComparison.Ordinal) || (opening > 0 && before[opening - 1] == '$'))
            return false;
        written.Length--;
        written.Append(operand, start + 1, operand.Length - start - 1);
        return true;
    }

    /// <summary>What stands between two operands: the operator after the first, and the layout before the second.</summary>
    private static string Between(SqlTextParts text, int first, int second)
    {
        var source = text.Operands[0].SyntaxTree.GetText();
        var after = source.ToString(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(text.Operands[first].Span.End, text.Operands[first + 1].SpanStart));
        var before = source.ToString(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(text.Operands[second - 1].Span.End, text.Operands[second].SpanStart));
        return before.IndexOf('\n') >= 0 ? before : after;
    }
}
