namespace BackendPatterns.Analyzers.Model.Translation;

/// <summary>What happens to code that runs in memory when it is moved into a query; in this order, so that the least of the parts is that of the whole.</summary>
public enum Translation
{
    /// <summary>Not known to be translated by every relational provider.</summary>
    Unknown,

    /// <summary>EF Core translates it, and the answer may differ: by the collation of text, by rounding, by where null goes, by which exception there is.</summary>
    Translated,

    /// <summary>EF Core translates it, and the answer is the one that memory gives.</summary>
    SameAnswer,
}
