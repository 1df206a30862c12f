using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>A value that leaves the text of a statement.</summary>
/// <param name="Name">Its name, without <c>@</c>.</param>
/// <param name="Value">The expression of the value, as text.</param>
internal sealed record SqlParameter(string Name, string Value);

/// <summary>A statement whose literals have become parameters.</summary>
/// <param name="Text">The expression of the text.</param>
/// <param name="Parameters">The values, in the order of the text; empty where the text itself carries them.</param>
internal sealed record SqlRewritten(ExpressionSyntax Text, IReadOnlyList<SqlParameter> Parameters);
