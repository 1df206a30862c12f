using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Libraries;

/// <summary>The query operators of the base library. Its types are null only in a compilation without a base library.</summary>
public sealed class Linq(Compilation compilation)
{
    private readonly TypesBelow _queries = new(compilation.FindType("System.Linq.IQueryable"));

    public INamedTypeSymbol? Queryable { get; } = compilation.FindType("System.Linq.Queryable");

    public INamedTypeSymbol? Enumerable { get; } = compilation.FindType("System.Linq.Enumerable");

    /// <summary>The non-generic <c>IQueryable</c>, which every query implements.</summary>
    public INamedTypeSymbol? QueryableInterface { get; } = compilation.FindType("System.Linq.IQueryable");

    /// <summary><c>Expression&lt;TDelegate&gt;</c>: a lambda converted to it is translated, not executed.</summary>
    public INamedTypeSymbol? Expression { get; } = compilation.FindType("System.Linq.Expressions.Expression`1");

    /// <summary>True for <c>IQueryable</c>, <c>IQueryable&lt;T&gt;</c> and types that implement them.</summary>
    public bool IsQueryable(ITypeSymbol? type) => _queries.Contain(type);
}
