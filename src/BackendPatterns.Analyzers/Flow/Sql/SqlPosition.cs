namespace BackendPatterns.Analyzers.Flow.Sql;

/// <summary>Where in a statement a value stands that is put into its text.</summary>
public enum SqlPosition
{
    /// <summary>Anywhere else: the name of a table or column, a part of a clause.</summary>
    Fragment,

    /// <summary>Where a literal would stand: between quotes, after a comparison, in a list of values.</summary>
    Value,

    /// <summary>In <c>ORDER BY</c>.</summary>
    Order,
}
