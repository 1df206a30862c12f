using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Flow.Sql;

/// <summary>Text that is not constant and goes into a statement.</summary>
/// <param name="Value">The parameter, property or other expression that the text comes from.</param>
/// <param name="Position">Where it goes.</param>
public sealed record SqlHole(IOperation Value, SqlPosition Position);
