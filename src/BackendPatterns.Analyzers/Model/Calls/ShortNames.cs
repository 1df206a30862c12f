using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>How messages name the methods of a chain.</summary>
internal static class ShortNames
{
    /// <summary>
    /// Returns <c>CustomerRepository.FindAsync</c>, <c>Order.Total</c> for a property, <c>new OrderLoader</c> for a constructor; the plain name for a member of
    /// <paramref name="caller"/>, a local function and a delegate.
    /// </summary>
    public static string Of(IMethodSymbol method, INamedTypeSymbol? caller)
    {
        switch (method.MethodKind)
        {
            case MethodKind.Constructor:
                return "new " + method.ContainingType.Name;
            case MethodKind.LocalFunction:
                return method.Name;
            case MethodKind.AnonymousFunction:
                return NameOfLambda(method);
        }

        var member = method.AssociatedSymbol ?? method;
        var name = member is IPropertySymbol { IsIndexer: true } ? "this[]" : PlainNameOf(member);
        return SymbolEqualityComparer.Default.Equals(method.ContainingType.OriginalDefinition, caller?.OriginalDefinition) ? name : method.ContainingType.Name + "." + name;
    }

    /// <summary>An explicit implementation is called <c>Shop.IOrders.Find</c> in its symbol.</summary>
    private static string PlainNameOf(ISymbol member) => member.Name.Substring(member.Name.LastIndexOf('.') + 1);

    private static string NameOfLambda(IMethodSymbol lambda)
    {
        if (lambda.DeclaringSyntaxReferences is [var reference])
        {
            for (var node = reference.GetSyntax().Parent; node is not null and not StatementSyntax and not MemberDeclarationSyntax; node = node.Parent)
            {
                switch (node)
                {
                    case VariableDeclaratorSyntax variable:
                        return variable.Identifier.ValueText;
                    case AssignmentExpressionSyntax { Left: IdentifierNameSyntax name }:
                        return name.Identifier.ValueText;
                    case AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax access }:
                        return access.Name.Identifier.ValueText;
                }
            }
        }

        return "lambda";
    }
}
