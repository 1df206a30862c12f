using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>Takes an attribute off a declaration.</summary>
public static class RemovedAttribute
{
    /// <summary>
    /// Returns the file without the attribute of this type (or one derived from it), or null where the declaration has none or where a comment stands next to it.
    /// </summary>
    public static SyntaxNode? From(SyntaxNode root, MemberDeclarationSyntax declaration, SemanticModel semantics, string typeName)
    {
        foreach (var list in declaration.AttributeLists)
        {
            foreach (var attribute in list.Attributes)
            {
                if (!IsOf(semantics.GetSymbolInfo(attribute).Symbol?.ContainingType, typeName))
                    continue;
                if (list.Attributes.Count > 1)
                    return root.ReplaceNode(list, list.RemoveNode(attribute, SyntaxRemoveOptions.KeepExteriorTrivia)!.WithTriviaFrom(list));
                if (list.DescendantTrivia().Any(IsComment))
                    return null;
                var without = (MemberDeclarationSyntax)declaration.RemoveNode(list, SyntaxRemoveOptions.KeepNoTrivia)!;
                return root.ReplaceNode(declaration, list == declaration.AttributeLists[0] ? without.WithLeadingTrivia(declaration.GetLeadingTrivia()) : without);
            }
        }

        return null;
    }

    private static bool IsOf(INamedTypeSymbol? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.Name == name && type.IsIn("Microsoft.AspNetCore.Authorization"))
                return true;
        }

        return false;
    }

    // What stands above the first attribute belongs to the declaration and stays.
    private static bool IsComment(SyntaxTrivia trivia) =>
        trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia && trivia.Token.IsKind(SyntaxKind.CloseBracketToken);
}
