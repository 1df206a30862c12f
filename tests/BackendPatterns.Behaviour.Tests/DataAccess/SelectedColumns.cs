using System.Text.RegularExpressions;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>How much a query brings back.</summary>
internal static class SelectedColumns
{
    private static readonly Regex Columns = new("\"[a-z0-9]+\"\\.\"[A-Za-z]+\"", RegexOptions.CultureInvariant);

    /// <summary>The distinct columns between SELECT and FROM, those of included collections aside; 1 for a number or yes and no.</summary>
    public static int Of(string sql)
    {
        if (sql.StartsWith("SELECT EXISTS (", StringComparison.Ordinal))
            return 1;
        var names = Columns.Matches(sql[..sql.IndexOf("FROM", StringComparison.Ordinal)]).Select(match => match.Value).ToHashSet();
        var first = names.FirstOrDefault()?.Split('.')[0];
        return first is null ? 1 : names.Count(name => name.StartsWith(first + ".", StringComparison.Ordinal));
    }

    public static string Scenario(string statements) => $$"""
        public static class Scenario
        {
            public static async Task<object?> Run(ShopContext db)
            {
                await Task.Yield();
                {{statements}}
            }
        }
        """;
}
