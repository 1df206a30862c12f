using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Libraries;

/// <summary>The database providers of EF Core that a compilation references, and what they say about how values compare. Nothing is assumed where none is referenced.</summary>
public sealed class DatabaseProviders
{
    private const string Sqlite = "Microsoft.EntityFrameworkCore.Sqlite";
    private const string SqlServer = "Microsoft.EntityFrameworkCore.SqlServer";
    private const string Npgsql = "Npgsql.EntityFrameworkCore.PostgreSQL";

    private static readonly HashSet<string> Others = new(StringComparer.Ordinal)
    {
        "Pomelo.EntityFrameworkCore.MySql", "MySql.EntityFrameworkCore", "Oracle.EntityFrameworkCore", "Microsoft.EntityFrameworkCore.Cosmos", "MongoDB.EntityFrameworkCore",
        "FirebirdSql.EntityFrameworkCore.Firebird",
    };

    private static readonly TreeWords Collations = new("UseCollation", "citext", "HasCollation", "CaseInsensitive", "NOCASE");

    private readonly Lazy<bool> _namesCollations;

    internal DatabaseProviders(Compilation compilation)
    {
        foreach (var assembly in compilation.ReferencedAssemblyNames)
        {
            var name = assembly.Name;
            HasSqlite |= name is Sqlite or Sqlite + ".Core";
            HasSqlServer |= name is SqlServer;
            HasNpgsql |= name is Npgsql;
            HasOthers |= Others.Contains(name);
        }

        _namesCollations = BackendModel.Once(() => compilation.SyntaxTrees.Any(tree => Collations.AnyIn(tree, CancellationToken.None)));
    }

    /// <summary>True where SQLite's provider is referenced.</summary>
    public bool HasSqlite { get; }

    private bool HasSqlServer { get; }

    private bool HasNpgsql { get; }

    private bool HasOthers { get; }

    /// <summary>
    /// True where text compares in the database as <c>==</c> does in memory: SQLite and PostgreSQL by default. SQL Server and MySQL ignore case by default
    /// (https://learn.microsoft.com/ef/core/miscellaneous/collations-and-case-sensitivity).
    /// </summary>
    public bool CompareTextExactly => (HasSqlite || HasNpgsql) && !HasSqlServer && !HasOthers && !_namesCollations.Value;

    /// <summary>
    /// True where <c>decimal</c>, <c>DateTimeOffset</c>, <c>TimeSpan</c> and <c>ulong</c> can be compared and summed in SQL; on SQLite they cannot
    /// (https://learn.microsoft.com/ef/core/providers/sqlite/limitations#query-limitations).
    /// </summary>
    public bool CompareEveryNumber => (HasSqlServer || HasNpgsql || HasOthers) && !HasSqlite;

    /// <summary>True where null comes first in ascending order, as in memory; PostgreSQL puts it last.</summary>
    public bool OrderNullsFirst => (HasSqlite || HasSqlServer) && !HasNpgsql && !HasOthers;
}
