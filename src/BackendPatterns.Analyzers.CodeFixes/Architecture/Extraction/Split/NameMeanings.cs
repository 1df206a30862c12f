using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>What a name in a handler means for moving the code around it; null where it means the same in any class.</summary>
internal sealed class NameMeanings(SplitScope scope)
{
    public (MarkKind Kind, ISymbol? Symbol)? Of(SimpleNameSyntax name)
    {
        var symbol = scope.SymbolOf(name);
        if (symbol is null)
            return IsHarmlessWithoutSymbol(name) ? null : (MarkKind.Http, null);
        if (scope.Dependencies.NameOf(symbol) is not null)
            return IsOwn(name) ? (scope.Dependencies.Moved.ContainsKey(symbol) ? MarkKind.Data : MarkKind.Shared, symbol) : (MarkKind.Http, symbol);
        if (name is IdentifierNameSyntax { IsVar: false } && symbol is INamedTypeSymbol aliased && scope.Semantics.GetAliasInfo(name, scope.Cancellation) is not null && !scope.HttpTypes.Contain(aliased))
            return (MarkKind.Alias, symbol);
        return symbol switch
        {
            IParameterSymbol parameter => OfParameter(parameter),
            ILocalSymbol local => Where(scope.HttpTypes.Contain(local.Type) || local.IsRef, MarkKind.Http, symbol),
            IMethodSymbol { MethodKind: MethodKind.LocalFunction } => null,
            ITypeSymbol type => Where(scope.HttpTypes.Contain(type) || IsHidden(type) || type is ITypeParameterSymbol, MarkKind.Http, symbol),
            INamespaceSymbol or IRangeVariableSymbol or IDiscardSymbol or ILabelSymbol => null,
            _ => OfMember(name, symbol),
        };
    }

    /// <summary>True for a member that is reached through an instance of the endpoint type.</summary>
    private bool IsInstanceMemberOfEndpoint(ISymbol member) =>
        !member.IsStatic && member.ContainingType is { } type && scope.EndpointType.IsOrDerivesFrom(type) && type.SpecialType is not SpecialType.System_Object;

    private bool IsOfEndpoint(ISymbol member) => SymbolEqualityComparer.Default.Equals(member.ContainingType, scope.EndpointType);

    private (MarkKind Kind, ISymbol? Symbol)? OfParameter(IParameterSymbol parameter)
    {
        // A parameter of a primary constructor is a field of the endpoint; a named argument names a parameter of the method that is called.
        var isField = parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
            && SymbolEqualityComparer.Default.Equals(constructor.ContainingType, scope.EndpointType);
        var isOwn = isField || IsDeclaredInHandler(parameter);
        return Where(isField || (isOwn && (parameter.RefKind is not RefKind.None || scope.HttpTypes.Contain(parameter.Type))), MarkKind.Http, parameter);
    }

    private bool IsDeclaredInHandler(IParameterSymbol parameter) =>
        parameter.DeclaringSyntaxReferences is [var place] && place.SyntaxTree == scope.Handler.SyntaxTree;

    private (MarkKind Kind, ISymbol? Symbol)? OfMember(SimpleNameSyntax name, ISymbol symbol)
    {
        // The service is given the dependency as well: it is not its to dispose.
        if (symbol.Name is "Dispose" or "DisposeAsync" && name.Parent is MemberAccessExpressionSyntax { Expression: var disposed } && scope.SymbolOf(disposed) is { } target && scope.Dependencies.NameOf(target) is not null)
            return (MarkKind.Http, symbol);
        if (ConstantValue.LiteralOf(symbol) is not null && (IsHidden(symbol) || IsOfEndpoint(symbol)) && scope.IsInTree(name))
            return (MarkKind.Constant, symbol);
        if (IsInstanceMemberOfEndpoint(symbol) || IsHidden(symbol) || (symbol is IFieldSymbol { IsConst: true } && IsOfEndpoint(symbol)))
            return (MarkKind.Http, symbol);
        var result = symbol switch
        {
            IMethodSymbol method => method.ReturnType,
            IPropertySymbol property => property.Type,
            IFieldSymbol field => field.Type,
            _ => null,
        };
        if (scope.HttpTypes.Contain(result) || scope.HttpTypes.Contain(symbol.ContainingType))
            return (MarkKind.Http, symbol);
        return Where(symbol.IsStatic && IsBare(name) && symbol is not IMethodSymbol { ReducedFrom: not null }, MarkKind.Static, symbol);
    }

    /// <summary>True for what the service cannot see: private and protected members of the endpoint type, and types in it.</summary>
    private static bool IsHidden(ISymbol symbol)
    {
        for (ISymbol? current = symbol is INamedTypeSymbol or IMethodSymbol or IFieldSymbol or IPropertySymbol or IEventSymbol ? symbol.OriginalDefinition : null;
             current is not null and not INamespaceSymbol;
             current = current.ContainingSymbol)
        {
            if (current is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction })
                return false;
            if (current.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal
                || current is INamedTypeSymbol { IsFileLocal: true })
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBare(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == name,
        MemberBindingExpressionSyntax or QualifiedNameSyntax or AliasQualifiedNameSyntax => false,
        _ => true,
    };

    /// <summary>True for a dependency of this instance; <c>other._context</c> is another one.</summary>
    private static bool IsOwn(SimpleNameSyntax name) =>
        name.Parent is not MemberAccessExpressionSyntax access || access.Expression == name || access.Expression is ThisExpressionSyntax;

    private bool IsHarmlessWithoutSymbol(SimpleNameSyntax name) => name.Parent switch
    {
        InvocationExpressionSyntax when name.Identifier.ValueText == "nameof" => true,
        MemberAccessExpressionSyntax access when access.Name == name => IsDynamic(access.Expression) || IsDynamicCall(access),
        NameColonSyntax or NameEqualsSyntax => true,
        _ => name is IdentifierNameSyntax { IsVar: true } || name.Identifier.ValueText == "_" || name.Parent is AliasQualifiedNameSyntax,
    };

    private bool IsDynamicCall(MemberAccessExpressionSyntax access) =>
        access.Parent is InvocationExpressionSyntax call && IsDynamic(call) && scope.Semantics.GetSymbolInfo(access, scope.Cancellation).CandidateReason is CandidateReason.LateBound;

    private bool IsDynamic(ExpressionSyntax expression) => scope.Semantics.GetTypeInfo(expression, scope.Cancellation).Type?.TypeKind is TypeKind.Dynamic;

    private static (MarkKind Kind, ISymbol? Symbol)? Where(bool isSo, MarkKind kind, ISymbol symbol) => isSo ? (kind, symbol) : null;
}
