using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Roslyn;

/// <summary>
/// Compares what was asked by the symbol and by how deep the search was when it came to it: a search that ends at a depth may find another answer for the same symbol from elsewhere, so
/// answers are kept for both together.
/// </summary>
internal sealed class BySymbolAndDepth : IEqualityComparer<(ISymbol Symbol, int Depth)>
{
    public static readonly BySymbolAndDepth Instance = new();

    public bool Equals((ISymbol Symbol, int Depth) x, (ISymbol Symbol, int Depth) y) => x.Depth == y.Depth && SymbolEqualityComparer.Default.Equals(x.Symbol, y.Symbol);

    public int GetHashCode((ISymbol Symbol, int Depth) obj) => unchecked((SymbolEqualityComparer.Default.GetHashCode(obj.Symbol) * 31) + obj.Depth);
}
