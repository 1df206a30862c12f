using System.Collections.Concurrent;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Services;

/// <summary>
/// Which types are repositories: those named so, and those whose public members only load and store entities of one aggregate. A service returns DTOs or
/// results, coordinates several repositories, has rules.
/// </summary>
public sealed class Repositories
{
    private const string Name = "Repository";

    private static readonly string[] OtherRoles = ["Service", "Handler", "Manager", "Factory", "Provider", "Client", "Validator", "Mapper", "UnitOfWork", "Context"];

    private readonly BackendModel _model;
    private readonly ConcurrentDictionary<ITypeSymbol, bool> _known = new(SymbolEqualityComparer.Default);
    private readonly Lazy<bool> _hasServices;

    internal Repositories(BackendModel model)
    {
        _model = model;
        _hasServices = BackendModel.Once(FindServices);
    }

    /// <summary>True where the application has a layer above its repositories: a type named <c>…Service</c> or <c>…Handler</c>, or an endpoint that takes one.</summary>
    public bool HaveServicesAbove => _hasServices.Value;

    /// <summary>True for a repository.</summary>
    public bool Contain(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Interface, SpecialType: SpecialType.None } named || AuthorizationAttributes.IsFramework(named))
            return false;
        return _known.TryGetValue(named, out var known) ? known : _known.GetOrAdd(named, Classify(named));
    }

    private bool Classify(INamedTypeSymbol type) =>
        type.Name.EndsWith(Name, StringComparison.Ordinal)
            ? !IsData(type)
            : !OtherRoles.Any(role => type.Name.EndsWith(role, StringComparison.Ordinal)) && OnlyLoadsAndStores(type);

    // A class with nothing but properties: the description of a source code repository, for example.
    private static bool IsData(INamedTypeSymbol type) =>
        type.TypeKind is TypeKind.Class
        && !type.GetMembers().Any(static member => member is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsImplicitlyDeclared: false, DeclaredAccessibility: Accessibility.Public })
        && type.BaseType?.SpecialType is SpecialType.System_Object && type.AllInterfaces.IsEmpty;

    private bool OnlyLoadsAndStores(INamedTypeSymbol type)
    {
        ITypeSymbol? aggregate = null;
        var loads = 0;
        var stores = 0;
        foreach (var member in type.AllInterfaces.Where(_ => type.TypeKind is TypeKind.Interface).SelectMany(static contract => contract.GetMembers()).Concat(type.GetMembers()))
        {
            if (member is not { DeclaredAccessibility: Accessibility.Public, IsStatic: false } || member is IMethodSymbol { MethodKind: not MethodKind.Ordinary })
                continue;
            if (member is not IMethodSymbol method || !IsOf(method.ReturnType.UnwrapTask(), ref aggregate, out var returnsEntity, isResult: true))
                return false;
            var takesEntity = false;
            foreach (var parameter in method.Parameters)
            {
                if (!IsOf(parameter.Type, ref aggregate, out var isEntity, isResult: false))
                    return false;
                takesEntity |= isEntity;
            }

            loads += returnsEntity && !takesEntity ? 1 : 0;
            stores += takesEntity ? 1 : 0;
        }

        return loads > 0 && stores > 0;
    }

    /// <summary>False for a type that a repository of one aggregate has no use for: a DTO, another entity.</summary>
    private bool IsOf(ITypeSymbol type, ref ITypeSymbol? aggregate, out bool isEntity, bool isResult)
    {
        var element = type.ElementTypeOfSequence() ?? type;
        isEntity = _model.Entities.IsEntity(element.WithNullableAnnotation(NullableAnnotation.None));
        if (isEntity)
        {
            aggregate ??= element;
            return SymbolEqualityComparer.Default.Equals(aggregate, element);
        }

        return IsScalar(element) || (isResult ? type.IsTask() : type is { Name: "CancellationToken" or "Expression" });
    }

    private static bool IsScalar(ITypeSymbol type) =>
        type.SpecialType is (>= SpecialType.System_Void and <= SpecialType.System_String) or SpecialType.System_DateTime
        || type.TypeKind is TypeKind.Enum
        || type is { Name: "Guid" or "DateTimeOffset" or "DateOnly" }
        || (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] } && IsScalar(inner));

    private bool FindServices()
    {
        if (_model.Endpoints is { } endpoints)
        {
            foreach (var controller in endpoints.Controllers.All)
            {
                if (endpoints.Dependencies.Of(controller).Any(static dependency => IsService(dependency.Type) || dependency.Type is { Name: "IMediator" or "ISender" }))
                    return true;
            }
        }

        var pending = new Stack<INamespaceSymbol>();
        pending.Push(_model.Compilation.Assembly.GlobalNamespace);
        while (pending.Count > 0)
        {
            foreach (var member in pending.Pop().GetMembers())
            {
                if (member is INamespaceSymbol space)
                    pending.Push(space);
                else if (member is INamedTypeSymbol type && IsService(type))
                    return true;
            }
        }

        return false;
    }

    // Background services, authentication and authorization handlers plug into the framework; they are no layer that a controller could use.
    private static bool IsService(ITypeSymbol type) =>
        (type.Name.EndsWith("Service", StringComparison.Ordinal) || type.Name.EndsWith("Handler", StringComparison.Ordinal))
        && type.TypeKind is TypeKind.Class or TypeKind.Interface
        && !AuthorizationAttributes.IsFramework(type)
        && (type.BaseType is not { SpecialType: not SpecialType.System_Object } baseType || !AuthorizationAttributes.IsFramework(baseType))
        && !type.Interfaces.Any(static contract => AuthorizationAttributes.IsFramework(contract) && contract.SpecialType is not SpecialType.System_IDisposable);
}
