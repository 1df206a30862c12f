using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction;

/// <summary>An endpoint type with what it is given and the handlers that use it.</summary>
/// <param name="Document">Its file.</param>
/// <param name="Semantics">The model of the file.</param>
/// <param name="Container">The declaration of the type, or the file of top-level statements.</param>
/// <param name="Type">The type.</param>
/// <param name="Values">What the container hands to it and to its handlers.</param>
/// <param name="Handlers">Its methods, and the lambdas and local functions that it maps.</param>
internal sealed record EndpointShape(
    Document Document, SemanticModel Semantics, SyntaxNode Container, INamedTypeSymbol Type, ImmutableArray<InjectedValue> Values, ImmutableArray<SyntaxNode> Handlers)
{
    /// <summary>The parts of the framework that belong to HTTP: they stay with the endpoint.</summary>
    private static readonly string[] HttpNamespaces = ["Microsoft.AspNetCore.Mvc", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.SignalR"];

    public bool IsTopLevel => Container is CompilationUnitSyntax;

    /// <summary>True where a primary constructor takes what the type is given.</summary>
    public bool HasPrimaryConstructor => Container is TypeDeclarationSyntax { ParameterList: not null };

    /// <summary>
    /// Returns the endpoint type around a node; null where the type is not declared in one place with at most one constructor, or takes data access in a way that a service
    /// cannot replace. <paramref name="refusal"/> says why.
    /// </summary>
    public static EndpointShape? Of(Document document, SyntaxNode node, SemanticModel semantics, Func<ITypeSymbol, bool> moves, out string? refusal, CancellationToken cancellationToken)
    {
        var container = (SyntaxNode?)node.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? node.FirstAncestorOrSelf<CompilationUnitSyntax>()!;
        refusal = null;
        if (TypeOf(container, semantics, cancellationToken) is not { } type || BackendModel.For(semantics.Compilation).Endpoints is not { } endpoints)
            refusal = "no type";
        else if (type.ContainingType is not null || type.IsGenericType || type.IsAbstract && !type.IsStatic || type.TypeKind is not TypeKind.Class)
            refusal = "nested, generic or abstract type";
        else if (container is TypeDeclarationSyntax && type.DeclaringSyntaxReferences.Length > 1)
            refusal = "partial type";
        else if (type.InstanceConstructors.Count(static constructor => !constructor.IsImplicitlyDeclared) > 1)
            refusal = "several constructors";
        else
        {
            var values = ImmutableArray.CreateBuilder<InjectedValue>();
            if (container is TypeDeclarationSyntax declaration)
                refusal = AddConstructed(declaration, type, semantics, moves, values, cancellationToken);
            var mapped = MappedHandlers(type, container, endpoints, semantics, cancellationToken);
            var handlers = (container is TypeDeclarationSyntax { Members: var members } ? members.OfType<MethodDeclarationSyntax>().Where(static method => method.Body is not null || method.ExpressionBody is not null) : [])
                .Where(method => !mapped.Any(handler => method.Contains(handler) && method != handler)).Concat(mapped).Distinct().OrderBy(static handler => handler.SpanStart).ToImmutableArray();
            var takesParameters = endpoints.Dependencies.IsEndpointType(type) ? handlers : mapped.ToImmutableArray();
            foreach (var handler in takesParameters)
                AddParameters(handler, semantics, moves, values, cancellationToken);
            if (refusal is null && values.Any(static value => value.Moves))
                return new EndpointShape(document, semantics, container, type, values.ToImmutable(), handlers);
            refusal ??= "nothing that a constructor or handler takes";
        }

        return null;
    }

    private static INamedTypeSymbol? TypeOf(SyntaxNode container, SemanticModel semantics, CancellationToken cancellationToken) => container switch
    {
        TypeDeclarationSyntax declaration => semantics.GetDeclaredSymbol(declaration, cancellationToken),
        CompilationUnitSyntax unit when unit.Members.FirstOrDefault() is GlobalStatementSyntax => semantics.GetEnclosingSymbol(unit.Members[0].SpanStart, cancellationToken)?.ContainingType,
        _ => null,
    };

    /// <summary>The lambdas, local functions and own methods that the type maps; those of other types are their affair.</summary>
    private static List<SyntaxNode> MappedHandlers(INamedTypeSymbol type, SyntaxNode container, EndpointModel endpoints, SemanticModel semantics, CancellationToken cancellationToken)
    {
        var handlers = new List<SyntaxNode>();
        foreach (var call in endpoints.MapCallsIn(type))
        {
            if (call.Syntax is not InvocationExpressionSyntax { ArgumentList.Arguments: var arguments } || call.Syntax.SyntaxTree != container.SyntaxTree)
                continue;
            foreach (var argument in arguments)
            {
                var handler = argument.Expression is AnonymousFunctionExpressionSyntax lambda ? lambda
                    : argument.Expression is SimpleNameSyntax or MemberAccessExpressionSyntax && semantics.GetSymbolInfo(argument.Expression, cancellationToken).Symbol is IMethodSymbol { DeclaringSyntaxReferences: [var reference] }
                        ? reference.GetSyntax(cancellationToken)
                        : null;
                if (handler is not null && container.Contains(handler) && !handlers.Contains(handler))
                    handlers.Add(handler);
            }
        }

        return handlers;
    }

    private static string? AddConstructed(
        TypeDeclarationSyntax declaration, INamedTypeSymbol type, SemanticModel semantics, Func<ITypeSymbol, bool> moves, ImmutableArray<InjectedValue>.Builder values, CancellationToken cancellationToken)
    {
        foreach (var member in type.GetMembers())
        {
            var memberType = member switch
            {
                IFieldSymbol { IsImplicitlyDeclared: false, IsConst: false } field => field.Type,
                IPropertySymbol { IsImplicitlyDeclared: false, IsIndexer: false } property => property.Type,
                _ => null,
            };
            if (memberType is null)
                continue;
            if (!member.IsStatic && ConstructorAssignments.ParameterBehind(member, declaration, semantics, cancellationToken) is { } parameter)
                values.Add(new InjectedValue(member, memberType, parameter, Handler: null, moves(memberType)));
            else if (moves(memberType))
                return "field that no constructor parameter sets";
        }

        foreach (var parameter in type.InstanceConstructors.Where(static constructor => !constructor.IsImplicitlyDeclared).SelectMany(static constructor => constructor.Parameters))
        {
            if (moves(parameter.Type) && ConstructorAssignments.IsForwarded(parameter, declaration))
                return "handed to the base class";
            if (declaration.ParameterList is not null && !values.Any(value => SymbolEqualityComparer.Default.Equals(value.Parameter, parameter)))
                values.Add(new InjectedValue(parameter, parameter.Type, parameter, Handler: null, moves(parameter.Type)));
        }

        return null;
    }

    private static void AddParameters(SyntaxNode handler, SemanticModel semantics, Func<ITypeSymbol, bool> moves, ImmutableArray<InjectedValue>.Builder values, CancellationToken cancellationToken)
    {
        var method = handler is AnonymousFunctionExpressionSyntax ? semantics.GetSymbolInfo(handler, cancellationToken).Symbol as IMethodSymbol : semantics.GetDeclaredSymbol(handler, cancellationToken) as IMethodSymbol;
        if (method is null or { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: not Accessibility.Public, IsStatic: false })
            return;
        foreach (var parameter in method.Parameters)
        {
            if (moves(parameter.Type))
                values.Add(new InjectedValue(parameter, parameter.Type, parameter, handler, Moves: true));
            else if (IsService(parameter))
                values.Add(new InjectedValue(parameter, parameter.Type, parameter, handler, Moves: false));
        }
    }

    /// <summary>True for a handler parameter that comes from the container and not from the request.</summary>
    private static bool IsService(IParameterSymbol parameter) =>
        parameter.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "FromServicesAttribute")
        || (parameter.Type is { TypeKind: TypeKind.Interface, Name: var name } && (name is "ILogger" or "IMapper" or "IMediator" || name.EndsWith("Service", StringComparison.Ordinal)));

    /// <summary>True for something that a service may take: not a part of the HTTP framework.</summary>
    public static bool MayGoAlong(InjectedValue value) =>
        value.Type is INamedTypeSymbol { IsValueType: false, SpecialType: SpecialType.None, ContainingNamespace: { } space } && !HttpNamespaces.Any(http => space.IsBelow(http) || space.Is(http));
}
