using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>One thing that an endpoint type gets from outside.</summary>
/// <param name="Type">Its type; the inner one for <c>Lazy&lt;T&gt;</c> and <c>Func&lt;T&gt;</c>.</param>
/// <param name="Location">The name of the parameter, field or property, or the call that asks the container.</param>
/// <param name="Parameter">The constructor parameter that it is; otherwise null.</param>
public sealed record EndpointDependency(ITypeSymbol Type, Location Location, IParameterSymbol? Parameter = null);

/// <summary>What controllers, Razor page models, hubs and minimal API handlers depend on.</summary>
public sealed class EndpointDependencies
{
    private readonly BackendModel _model;
    private readonly AspNetCore _aspNetCore;
    private readonly LocatedServices _located;

    internal EndpointDependencies(BackendModel model, AspNetCore aspNetCore)
    {
        _model = model;
        _aspNetCore = aspNetCore;
        _located = new LocatedServices(model);
    }

    /// <summary>True for a controller or a base class of controllers, a Razor page model, a hub and a gRPC service.</summary>
    public bool IsEndpointType(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class, IsStatic: false }
        && (_model.Endpoints!.Controllers.ContainOrServeAsBase(type) || type.IsOrDerivesFrom(_aspNetCore.PageModel) || type.IsOrDerivesFrom(_aspNetCore.Hub) || IsGrpcService(type));

    /// <summary>
    /// Returns what an endpoint type takes: constructor parameters first, then fields and properties, parameters of its public methods, and what it asks
    /// the container for.
    /// </summary>
    public IEnumerable<EndpointDependency> Of(INamedTypeSymbol type)
    {
        var members = type.MembersByPlace();
        foreach (var member in members)
        {
            if (member is not IMethodSymbol { MethodKind: MethodKind.Constructor } constructor)
                continue;
            foreach (var parameter in constructor.Parameters)
            {
                if (parameter.Locations is [{ IsInSource: true } place, ..])
                    yield return new EndpointDependency(Inner(parameter.Type), place, parameter);
            }
        }

        foreach (var member in members)
        {
            if (member is IFieldSymbol { IsImplicitlyDeclared: false, Locations: [{ IsInSource: true } field, ..], Type: var fieldType })
                yield return new EndpointDependency(Inner(fieldType), field);
            else if (member is IPropertySymbol { IsOverride: false, Locations: [{ IsInSource: true } property, ..], Type: var propertyType })
                yield return new EndpointDependency(Inner(propertyType), property);
        }

        foreach (var member in members)
        {
            if (member is not IMethodSymbol { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public } method)
                continue;
            foreach (var parameter in method.Parameters)
            {
                if (parameter.Locations is [{ IsInSource: true } place, ..])
                    yield return new EndpointDependency(Inner(parameter.Type), place);
            }
        }

        foreach (var reference in type.DeclarationsByPlace())
        {
            foreach (var (asked, name) in _located.In(reference.GetSyntax()))
                yield return new EndpointDependency(Inner(asked), name);
        }
    }

    /// <summary>
    /// Returns what the handler of a minimal API endpoint takes as parameters, members of <c>[AsParameters]</c> types included, and what it asks the container for. The location
    /// is the parameter or call where it stands in the file of the <c>Map…</c> call, otherwise the <c>Map…</c> name.
    /// </summary>
    internal IEnumerable<EndpointDependency> Of(IInvocationOperation mapCall)
    {
        if (MappedEndpoints.FunctionOf(mapCall) is not { } handler)
            yield break;
        foreach (var parameter in handler.Parameters)
        {
            var place = parameter.Locations.FirstOrDefault(location => location.SourceTree == mapCall.Syntax.SyntaxTree) ?? MappedEndpoints.NameLocationOf(mapCall);
            yield return new EndpointDependency(Inner(parameter.Type), place);
            if (!parameter.GetAttributes().Any(attribute => attribute.AttributeClass.IsOrDerivesFrom(_aspNetCore.AsParametersAttribute)) || parameter.Type is not INamedTypeSymbol bundle)
                continue;
            foreach (var member in bundle.GetMembers())
            {
                if (member is IPropertySymbol { DeclaredAccessibility: Accessibility.Public, IsStatic: false } property)
                    yield return new EndpointDependency(Inner(property.Type), place);
            }
        }

        foreach (var reference in handler.DeclaringSyntaxReferences)
        {
            foreach (var (asked, name) in _located.In(reference.GetSyntax()))
                yield return new EndpointDependency(Inner(asked), name.SourceTree == mapCall.Syntax.SyntaxTree ? name : MappedEndpoints.NameLocationOf(mapCall));
        }
    }

    /// <summary>
    /// True for a constructor parameter that is only handed to the constructor of a base class which is an endpoint type itself: it is that one's dependency.
    /// </summary>
    public bool IsOnlyForwarded(EndpointDependency dependency)
    {
        if (dependency.Parameter is not { ContainingType.BaseType: { DeclaringSyntaxReferences.IsEmpty: false } baseType } parameter || !IsEndpointType(baseType))
            return false;
        var isForwarded = false;
        foreach (var reference in parameter.ContainingSymbol.DeclaringSyntaxReferences)
        {
            foreach (var token in reference.GetSyntax().DescendantTokens())
            {
                if (!token.IsKind(SyntaxKind.IdentifierToken) || token.ValueText != parameter.Name || token.Parent is not IdentifierNameSyntax name)
                    continue;
                if (name.FirstAncestorOrSelf<ArgumentSyntax>()?.Parent?.Parent is not (ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax))
                    return false;
                isForwarded = true;
            }
        }

        return isForwarded;
    }

    // The class that is generated from a service definition carries the attribute (https://learn.microsoft.com/aspnet/core/grpc/services).
    private bool IsGrpcService(INamedTypeSymbol type)
    {
        if (_aspNetCore.GrpcServiceAttribute is not { } attribute)
            return false;
        for (var current = type.BaseType; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            if (current.GetAttributes().Any(candidate => SymbolEqualityComparer.Default.Equals(candidate.AttributeClass, attribute)))
                return true;
        }

        return false;
    }

    private static ITypeSymbol Inner(ITypeSymbol type) =>
        type is INamedTypeSymbol { Arity: 1, Name: "Lazy" or "Func" } wrapper && wrapper.IsIn("System") ? wrapper.TypeArguments[0] : type;
}
