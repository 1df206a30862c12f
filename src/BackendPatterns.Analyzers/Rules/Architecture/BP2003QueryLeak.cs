using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Rules.Architecture;

/// <summary>How a member lets those who call it go on with a query.</summary>
/// <param name="Member">The method or property.</param>
/// <param name="Composer">The parameter that takes their part of the query, or null where the member returns the query.</param>
/// <param name="Element">What the query's rows are; null for the <c>IQueryable</c> without a type.</param>
internal sealed record BP2003QueryLeak(ISymbol Member, IParameterSymbol? Composer, ITypeSymbol? Element)
{
    /// <summary>Returns how a public member of a type leaks a query, or null where it does not.</summary>
    public static BP2003QueryLeak? Of(ISymbol member, KnownLibraries libraries)
    {
        if (member is not { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsImplicitlyDeclared: false, IsOverride: false })
            return null;
        switch (member)
        {
            case IPropertySymbol { GetMethod: not null } property:
                return IsQuery(property.Type, libraries) ? new BP2003QueryLeak(member, Composer: null, property.Type.ElementTypeOfSequence()) : null;
            case IMethodSymbol { MethodKind: MethodKind.Ordinary } method:
                return Of(method, libraries);
            default:
                return null;
        }
    }

    private static BP2003QueryLeak? Of(IMethodSymbol method, KnownLibraries libraries)
    {
        BP2003QueryLeak? leak = null;
        var result = method.ReturnType.UnwrapTask();
        if (IsQuery(result, libraries))
            leak = new BP2003QueryLeak(method, Composer: null, result.ElementTypeOfSequence());
        foreach (var parameter in method.Parameters)
        {
            // Whoever brings the query, the context or a specification is told nothing new by the result.
            if (IsQuery(parameter.Type, libraries) || libraries.EntityFrameworkCore?.IsDbContext(parameter.Type) == true || IsSpecification(parameter.Type))
                return null;
            if (leak is null && ComposedBy(parameter.Type, libraries) is { } query)
                leak = new BP2003QueryLeak(method, parameter, query.ElementTypeOfSequence());
        }

        return leak;
    }

    /// <summary>A query of the framework or of a provider; a type of this code base that implements one decides itself what it lets through.</summary>
    private static bool IsQuery(ITypeSymbol type, KnownLibraries libraries) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Interface or TypeKind.Class, SpecialType: SpecialType.None, DeclaringSyntaxReferences.IsEmpty: true } && libraries.Linq.IsQueryable(type);

    /// <summary>Returns the query that a delegate composes, <c>Func&lt;IQueryable&lt;T&gt;, …&gt;</c>, also one of several and as an expression; null for any other type.</summary>
    private static ITypeSymbol? ComposedBy(ITypeSymbol type, KnownLibraries libraries)
    {
        if (type is IArrayTypeSymbol array)
            type = array.ElementType;
        if (type is INamedTypeSymbol { Arity: 1, TypeKind: TypeKind.Class or TypeKind.Interface } wrapper
            && (wrapper.Name is "Expression" || (wrapper.ElementTypeOfSequence() is not null && wrapper.IsIn("System.Collections.Generic"))))
        {
            type = wrapper.TypeArguments[0];
        }

        return type is INamedTypeSymbol { TypeKind: TypeKind.Delegate, DelegateInvokeMethod.Parameters: [{ Type: var first }, ..] } && IsQuery(first, libraries) ? first : null;
    }

    private static bool IsSpecification(ITypeSymbol type) => type.Name.EndsWith("Specification", StringComparison.Ordinal) || type.Name.EndsWith("Spec", StringComparison.Ordinal);
}
