using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>Chooses names for new lambda parameters.</summary>
public static class FreeName
{
    /// <summary>Returns the first of the names that is no local, parameter or range variable of the member around a node; after them the last one with a number.</summary>
    public static string For(SyntaxNode place, params string[] candidates)
    {
        var member = place.FirstAncestorOrSelf<MemberDeclarationSyntax>(node => node is not BaseNamespaceDeclarationSyntax) ?? place.SyntaxTree.GetRoot();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in member.DescendantNodes())
        {
            if (NameOf(node) is { } name)
                taken.Add(name);
        }

        foreach (var candidate in candidates)
        {
            if (!taken.Contains(candidate) && !SyntaxFacts.IsReservedKeyword(SyntaxFacts.GetKeywordKind(candidate)))
                return candidate;
        }

        for (var number = 2; ; number++)
        {
            if (!taken.Contains(candidates[^1] + number))
                return candidates[^1] + number;
        }
    }

    private static string? NameOf(SyntaxNode node) => node switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        SingleVariableDesignationSyntax designation => designation.Identifier.ValueText,
        ForEachStatementSyntax loop => loop.Identifier.ValueText,
        FromClauseSyntax from => from.Identifier.ValueText,
        // A lambda of the same chain may use the name again; one around it may not.
        ParameterSyntax { Parent: not (SimpleLambdaExpressionSyntax or ParameterListSyntax { Parent: LambdaExpressionSyntax }) } parameter => parameter.Identifier.ValueText,
        _ => null,
    };
}
