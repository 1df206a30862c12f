using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>The attribute, call or creation around a reported name.</summary>
internal static class NamePlace
{
    /// <summary>Returns the operation in which a name is given: the call, or the creation of an object or attribute. Null where there is none.</summary>
    public static IOperation? Around(SyntaxNode place, SemanticModel semantics, CancellationToken cancellationToken)
    {
        for (var node = place.Parent; node is not null and not StatementSyntax and not MemberDeclarationSyntax; node = node.Parent)
        {
            if (node is AttributeSyntax or InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax)
                return semantics.GetOperation(node, cancellationToken) is { } operation ? (operation as IAttributeOperation)?.Operation ?? operation : null;
        }

        return null;
    }
}
