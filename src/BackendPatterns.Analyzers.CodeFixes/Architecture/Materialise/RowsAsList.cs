using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture;

/// <summary>Whether code that made a <c>List&lt;T&gt;</c> of a query does with it only what an <c>IReadOnlyList&lt;T&gt;</c> can do as well, and in the same way.</summary>
internal static class RowsAsList
{
    /// <summary>True where neither the list itself nor the local that it is put into is used as a list.</summary>
    public static bool AreEnoughFor(ExpressionSyntax list, SemanticModel semantics, CancellationToken cancellationToken)
    {
        var value = WithParentheses(list);
        if (value.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type.IsVar: true, Variables.Count: 1 } } declarator })
            return IsEnough(list, semantics, cancellationToken);
        if (semantics.GetDeclaredSymbol(declarator, cancellationToken) is not ILocalSymbol local || declarator.Ancestors().FirstOrDefault(static node => node is MemberDeclarationSyntax) is not { } member)
            return false;
        foreach (var name in member.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(semantics.GetSymbolInfo(name, cancellationToken).Symbol, local) && !IsEnough(name, semantics, cancellationToken))
                return false;
        }

        return true;
    }

    private static bool IsEnough(ExpressionSyntax rows, SemanticModel semantics, CancellationToken cancellationToken)
    {
        var value = WithParentheses(rows);
        switch (value.Parent)
        {
            case ForEachStatementSyntax loop when loop.Expression == value:
                return true;
            case ElementAccessExpressionSyntax element when element.Expression == value:
                return element.ArgumentList.Arguments is [{ Expression: var index }] && semantics.GetTypeInfo(index, cancellationToken).Type?.SpecialType is SpecialType.System_Int32
                    && element.Parent is not (AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax or RefExpressionSyntax or ArgumentSyntax { RefKindKeyword.RawKind: not 0 });
            case MemberAccessExpressionSyntax access when access.Expression == value:
                return semantics.GetSymbolInfo(access.Name, cancellationToken).Symbol switch
                {
                    IPropertySymbol { Name: "Count" } => true,
                    IMethodSymbol { ReducedFrom: not null, ContainingType: { Name: nameof(Enumerable), ContainingNamespace.Name: "Linq" } } => access.Parent is InvocationExpressionSyntax,
                    _ => false,
                };
            case AssignmentExpressionSyntax assignment when assignment.Left == value:
                return false;
            default:
                return semantics.GetTypeInfo(value, cancellationToken) is { Type: { } from, ConvertedType: { } to } && !SymbolEqualityComparer.Default.Equals(from, to) && IsReadOnlyView(to);
        }
    }

    private static bool IsReadOnlyView(ITypeSymbol type) => type.SpecialType is SpecialType.System_Object
        || type.OriginalDefinition.SpecialType is SpecialType.System_Collections_Generic_IEnumerable_T or SpecialType.System_Collections_Generic_IReadOnlyList_T or SpecialType.System_Collections_Generic_IReadOnlyCollection_T;

    private static ExpressionSyntax WithParentheses(ExpressionSyntax expression)
    {
        while (expression.Parent is ParenthesizedExpressionSyntax outer)
            expression = outer;
        return expression;
    }
}
