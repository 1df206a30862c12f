using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction;

/// <summary>Something that the container hands to an endpoint type or to one of its handlers.</summary>
/// <param name="Symbol">What the code uses: a field, a property, a parameter of a primary constructor, a parameter of the handler.</param>
/// <param name="Type">Its type.</param>
/// <param name="Parameter">The constructor or handler parameter through which it comes.</param>
/// <param name="Handler">The handler whose parameter it is; null for what the type gets.</param>
/// <param name="Moves">True for data access that has to leave the endpoint.</param>
internal sealed record InjectedValue(ISymbol Symbol, ITypeSymbol Type, IParameterSymbol Parameter, SyntaxNode? Handler, bool Moves);
