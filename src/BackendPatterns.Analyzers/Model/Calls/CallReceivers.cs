using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>
/// What methods are called on. The body around <c>_orders.Page(1)</c> is not worth binding where <c>_orders</c> is declared with a type that has none of the methods that are searched for:
/// many types of an application have a method of that name.
/// </summary>
internal readonly struct CallReceivers
{
    // Null where the methods may be called on any type.
    private readonly HashSet<INamedTypeSymbol>? _owners;

    /// <param name="targets">The methods that are searched for, as they are declared.</param>
    public CallReceivers(IEnumerable<ISymbol> targets)
    {
        var owners = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var target in targets)
        {
            if (target is not IMethodSymbol { IsExtensionMethod: false, ContainingType: { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface } owner })
            {
                _owners = null;
                return;
            }

            owners.Add(owner.OriginalDefinition);
        }

        _owners = owners;
    }

    /// <summary>True where a name is surely that of another type's method: it is called on a field, property, parameter or type that has none of the methods. False where that is not known.</summary>
    public bool RuleOut(SimpleNameSyntax name, SemanticModel semantics)
    {
        if (_owners is null || name.Parent is not MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression, Expression: var receiver } access || access.Name != name)
            return false;
        if (receiver is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax own })
            receiver = own;
        if (receiver is not IdentifierNameSyntax identifier)
            return false;
        var type = identifier.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is { } lambda ? TypeInside(lambda, identifier, semantics) : TypeOutside(identifier, semantics);
        return type is not null && !MayHave(type, _owners);
    }

    /// <summary>The type that a lambda's parameter is declared with. Anything else in a lambda, which is only known when the call that it is handed to is bound, is left alone.</summary>
    private static INamedTypeSymbol? TypeInside(AnonymousFunctionExpressionSyntax lambda, IdentifierNameSyntax receiver, SemanticModel semantics)
    {
        if (lambda is not ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: var parameters } || receiver.Ancestors().TakeWhile(node => node != lambda).Any(static node => node is LocalFunctionStatementSyntax))
            return null;
        foreach (var parameter in parameters)
        {
            if (parameter.Identifier.ValueText == receiver.Identifier.ValueText && parameter.Type is { } type)
                return semantics.TypeWritten(type) as INamedTypeSymbol;
        }

        return null;
    }

    private static INamedTypeSymbol? TypeOutside(IdentifierNameSyntax receiver, SemanticModel semantics)
    {
#pragma warning disable RS0030 // With a name it enumerates nothing, and unlike every question about the expression it binds no body.
        var symbols = semantics.LookupSymbols(receiver.SpanStart, name: receiver.Identifier.ValueText);
#pragma warning restore RS0030
        // The type of a local may have to be inferred, which binds what it is given.
        return symbols is [var symbol and not ILocalSymbol] ? symbol as INamedTypeSymbol ?? symbol.HeldType() as INamedTypeSymbol : null;
    }

    private static bool MayHave(INamedTypeSymbol type, HashSet<INamedTypeSymbol> owners)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.TypeKind is TypeKind.Error or TypeKind.Dynamic || owners.Contains(current.OriginalDefinition))
                return true;
        }

        foreach (var contract in type.AllInterfaces)
        {
            if (contract.TypeKind is TypeKind.Error || owners.Contains(contract.OriginalDefinition))
                return true;
        }

        return false;
    }
}
