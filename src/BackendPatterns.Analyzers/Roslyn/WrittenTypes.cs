using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Roslyn;

/// <summary>Types as they are written inside the bodies of members.</summary>
internal static class WrittenTypes
{
    /// <summary>
    /// Returns the type that a name in the code of a member stands for, as <see cref="SemanticModel"/> does, but looked up in front of the member: the body around the name is not bound. Null
    /// where the name stands for no type.
    /// </summary>
    /// <param name="semantics">The semantic model of the file.</param>
    /// <param name="type">A type argument, or the type of a parameter.</param>
    public static ITypeSymbol? TypeWritten(this SemanticModel semantics, TypeSyntax type) =>
        type.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member and not BaseTypeDeclarationSyntax && !MentionsTypeParameter(type)
            ? semantics.GetSpeculativeTypeInfo(member.SpanStart, type, SpeculativeBindingOption.BindAsTypeOrNamespace).Type
            : semantics.GetTypeInfo(type).Type;

    // Those of methods are not in scope in front of the member.
    private static bool MentionsTypeParameter(TypeSyntax type)
    {
        var parameters = type.Ancestors().SelectMany(static node => node.ChildNodes().OfType<TypeParameterListSyntax>()).SelectMany(static list => list.Parameters);
        var names = type.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(static name => name.Identifier.ValueText);
        return names.Intersect(parameters.Select(static parameter => parameter.Identifier.ValueText)).Any();
    }
}
