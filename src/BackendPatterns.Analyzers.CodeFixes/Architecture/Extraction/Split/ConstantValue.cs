using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>Constants that can be written out elsewhere.</summary>
internal static class ConstantValue
{
    /// <summary>Returns the literal that a constant is declared as, with the constant's own type; null for anything else.</summary>
    public static LiteralExpressionSyntax? LiteralOf(ISymbol symbol) =>
        symbol is IFieldSymbol { HasConstantValue: true, ConstantValue: { } value, DeclaringSyntaxReferences: [var declaration] }
        && declaration.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: LiteralExpressionSyntax literal } && literal.Token.Value?.GetType() == value.GetType()
            ? literal
            : null;
}
