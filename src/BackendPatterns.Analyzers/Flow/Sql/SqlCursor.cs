using System.Text;

namespace BackendPatterns.Analyzers.Flow.Sql;

/// <summary>Reads the known parts of a statement in order and says what kind of place comes next.</summary>
public sealed class SqlCursor
{
    private const int KeptLength = 4096;

    /// <summary>Stands for a value that is not known.</summary>
    private const char Unknown = '?';

    private static readonly char[] Separators = [' ', '\t', '\r', '\n', '(', ')', ',', ';'];

    private static readonly HashSet<string> Statements = new(StringComparer.OrdinalIgnoreCase) { "SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "WITH", "EXEC", "EXECUTE", "CALL" };

    private static readonly HashSet<string> BeforeValue = new(StringComparer.OrdinalIgnoreCase)
    {
        "=", "<", ">", "<=", ">=", "<>", "!=", "LIKE", "ILIKE", "BETWEEN", "LIMIT", "OFFSET",
    };

    private readonly StringBuilder _text = new();
    private bool _isQuoted;

    /// <summary>True where the text begins as, or contains, a statement that reads or writes rows: other statements (<c>SET</c>, <c>CREATE</c>, <c>PRAGMA</c>) take no parameters.</summary>
    public bool IsStatement { get; private set; }

    /// <summary>True inside of a text literal.</summary>
    public bool IsQuoted => _isQuoted;

    public void Read(string text)
    {
        foreach (var c in text)
        {
            if (c == '\'')
                _isQuoted = !_isQuoted;
        }

        if (_text.Length < KeptLength)
            _text.Append(text);
        if (!IsStatement)
            IsStatement = text.Split(Separators, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() is { } first && Statements.Contains(first);
    }

    public void ReadUnknown() => _text.Append(Unknown);

    /// <summary>What kind of place the end of the text is.</summary>
    public SqlPosition Position()
    {
        if (_isQuoted)
            return SqlPosition.Value;
        var end = _text.Length;
        while (end > 0 && char.IsWhiteSpace(_text[end - 1]))
            end--;
        if (end == 0)
            return SqlPosition.Fragment;
        var text = _text.ToString(0, end);
        if (BeforeValue.Contains(LastWord(text)) || text[end - 1] is '=' or '<' or '>' || IsInList(text))
            return SqlPosition.Value;
        return IsInOrder(text) ? SqlPosition.Order : SqlPosition.Fragment;
    }

    private static string LastWord(string text)
    {
        var at = text.LastIndexOfAny(Separators);
        return text.Substring(at + 1);
    }

    /// <summary><c>IN (</c> and <c>VALUES (</c>, also after further values.</summary>
    private static bool IsInList(string text)
    {
        if (text[text.Length - 1] is not ('(' or ','))
            return false;
        var depth = 0;
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (text[i] == ')')
                depth++;
            else if (text[i] == '(' && depth-- == 0)
                return LastWord(text.Substring(0, i).TrimEnd()) is { } word && (word.Equals("IN", StringComparison.OrdinalIgnoreCase) || word.Equals("VALUES", StringComparison.OrdinalIgnoreCase));
        }

        return false;
    }

    private static bool IsInOrder(string text)
    {
        var at = text.LastIndexOf("ORDER BY", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return false;
        var rest = text.Substring(at + "ORDER BY".Length);
        // The end of a subquery or another clause leaves it.
        return rest.IndexOf(')') < 0 && rest.IndexOf("LIMIT", StringComparison.OrdinalIgnoreCase) < 0 && rest.IndexOf("OFFSET", StringComparison.OrdinalIgnoreCase) < 0;
    }
}
