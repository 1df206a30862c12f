using BackendPatterns.Analyzers.Flow.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>A SQL literal that is put together from text and values: from its opening quote to its closing one.</summary>
/// <param name="First">The part with the opening quote.</param>
/// <param name="Start">The place of the opening quote, or of the <c>N</c> before it, in that part.</param>
/// <param name="Last">The part with the closing quote.</param>
/// <param name="End">The place after the closing quote in that part.</param>
/// <param name="Value">The expression of the value between the quotes, as text.</param>
/// <param name="Source">The expression that the value is made of.</param>
internal sealed record SqlLiteral(int First, int Start, int Last, int End, string Value, ExpressionSyntax Source);

/// <summary>Finds the literals of a statement that contain values.</summary>
internal sealed class SqlLiterals(SqlTextParts text, SemanticModel semantics, CancellationToken cancellationToken)
{
    private static readonly HashSet<string> BeforeLiteral = new(StringComparer.OrdinalIgnoreCase)
    {
        "LIKE", "ILIKE", "AND", "OR", "BETWEEN", "IN", "VALUES", "THEN", "ELSE", "WHEN", "SELECT", "NOT", "WHERE", "GLOB", "SET",
    };

    /// <summary>
    /// Returns the literals with values in the order of the text; null where one cannot become a parameter, or where a text stands in the statement outside of quotes.
    /// </summary>
    public IReadOnlyList<SqlLiteral>? Find()
    {
        var found = new List<SqlLiteral>();
        var open = (Part: -1, At: -1);
        var values = 0;
        for (var i = 0; i < text.Parts.Count; i++)
        {
            var part = text.Parts[i];
            if (part.Value is { } value)
            {
                values += open.Part >= 0 ? 1 : 0;
                if (open.Part < 0 && !IsConstant(value) && !IsPlain(value))
                    return null;
                continue;
            }

            for (var at = 0; at < part.Text.Length; at++)
            {
                if (part.Text[at] != '\'')
                    continue;
                if (open.Part < 0)
                {
                    open = (i, at);
                    values = 0;
                    continue;
                }

                if (at + 1 < part.Text.Length && part.Text[at + 1] == '\'')
                {
                    if (values > 0 || i != open.Part)
                        return null;
                    at++;
                    continue;
                }

                if (values > 0)
                {
                    if (Literal(open.Part, open.At, i, at + 1) is not { } literal)
                        return null;
                    found.Add(literal);
                }

                open = (-1, -1);
            }
        }

        return open.Part < 0 && found.Count > 0 ? found : null;
    }

    /// <summary>A value whose text has no meaning in SQL: it may stay where it is.</summary>
    public bool IsPlain(ExpressionSyntax value) => SqlTextReader.IsPlainValue(semantics.GetTypeInfo(value, cancellationToken).Type);

    public bool IsConstant(ExpressionSyntax value) => semantics.GetConstantValue(value, cancellationToken).HasValue;

    private SqlLiteral? Literal(int first, int start, int last, int end)
    {
        var before = BeforeOf(first, start);
        if (before.EndsWith("N", StringComparison.Ordinal) && (before.Length == 1 || !char.IsLetterOrDigit(before[before.Length - 2])) && start > 0)
        {
            start--;
            before = before.Substring(0, before.Length - 1);
        }

        if (!MayEndBefore(before.TrimEnd()))
            return null;
        var pieces = new List<SqlTextPart>();
        for (var i = first; i <= last; i++)
        {
            var part = text.Parts[i];
            if (part.Value is not null)
            {
                pieces.Add(part);
                continue;
            }

            var from = i == first ? part.Text.IndexOf('\'', start) + 1 : 0;
            var inside = part.Text.Substring(from, (i == last ? end - 1 : part.Text.Length) - from);
            if (inside.Any(static c => c is '\'' or '"' or '\\' or '{' or '}' or '\n' or '\r'))
                return null;
            if (inside.Length > 0)
                pieces.Add(new SqlTextPart(part.Operand, inside));
        }

        return ValueOf(pieces) is var (value, source) && source is not null ? new SqlLiteral(first, start, last, end, value, source) : null;
    }

    /// <summary>The value between the quotes: the text itself, where nothing else stands there, otherwise an interpolated text. Null is an empty text between quotes.</summary>
    private (string Value, ExpressionSyntax? Source) ValueOf(List<SqlTextPart> pieces)
    {
        if (pieces is [{ Value: { } only, Suffix: "" }])
        {
            if (semantics.GetTypeInfo(only, cancellationToken) is not { Type.SpecialType: SpecialType.System_String } type)
                return ("", null);
            var written = only.ToString();
            if (type.Nullability.FlowState is NullableFlowState.NotNull || IsConstant(only))
                return (written, only);
            return (only is ConditionalExpressionSyntax or AssignmentExpressionSyntax or LambdaExpressionSyntax or BinaryExpressionSyntax ? $"({written}) ?? \"\"" : written + " ?? \"\"", only);
        }

        var texts = pieces.Where(piece => piece.Value is not null && semantics.GetTypeInfo(piece.Value, cancellationToken).Type?.SpecialType is SpecialType.System_String).ToList();
        if (texts.Count == 0 || pieces.Any(static piece => piece.Value is { } value && value.ToString().IndexOf('\n') >= 0))
            return ("", null);
        var inside = string.Concat(pieces.Select(static piece => piece.Value is null ? piece.Text : "{" + Held(piece) + piece.Suffix + "}"));
        return ($"$\"{inside}\"", texts[0].Value);
    }

    /// <summary>A conditional expression would be read as the start of a format.</summary>
    private static string Held(SqlTextPart piece) => piece.Value is ConditionalExpressionSyntax ? $"({piece.Text})" : piece.Text;

    private string BeforeOf(int part, int at)
    {
        var before = text.Parts[part].Text.Substring(0, at);
        for (var i = part - 1; i >= 0 && before.Trim().Length == 0; i--)
        {
            // A value right before a literal: an operator is missing, or stands in it.
            if (text.Parts[i].Value is not null)
                return "?";
            before = text.Parts[i].Text + before;
        }

        return before;
    }

    /// <summary><c>DATE '…'</c>, <c>INTERVAL '…'</c> and <c>E'…'</c> are literals of another kind.</summary>
    private static bool MayEndBefore(string before)
    {
        if (before.Length == 0)
            return false;
        if (before[before.Length - 1] is '=' or '<' or '>' or '(' or ',' or '|' or '+')
            return true;
        var start = before.Length;
        while (start > 0 && char.IsLetter(before[start - 1]))
            start--;
        return BeforeLiteral.Contains(before.Substring(start));
    }
}
