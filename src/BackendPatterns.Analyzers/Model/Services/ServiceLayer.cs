using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Services;

/// <summary>The types between endpoints and repositories: those named <c>…Service</c> or <c>…Handler</c> that are neither endpoints nor plugged into the framework.</summary>
public sealed class ServiceLayer
{
    private static readonly string[] OtherHandlers = ["EventHandler", "MessageHandler", "ExceptionHandler"];

    private readonly BackendModel _model;
    private readonly Lazy<bool> _exists;

    internal ServiceLayer(BackendModel model)
    {
        _model = model;
        _exists = BackendModel.Once(Find);
    }

    /// <summary>True where an endpoint takes a service or a mediator, or the application declares one: in this project or in one that it references.</summary>
    public bool Exists => _exists.Value;

    private bool Find()
    {
        if (_model.Endpoints is { } endpoints)
        {
            if (endpoints.Controllers.All.SelectMany(endpoints.Dependencies.Of).Any(dependency => IsUpperLayer(dependency.Type))
                || endpoints.MapCallsInSource.SelectMany(endpoints.Dependencies.Of).Any(dependency => IsUpperLayer(dependency.Type)))
            {
                return true;
            }
        }

        foreach (var assembly in _model.Libraries.OwnCode.Assemblies)
        {
            foreach (var type in assembly.GlobalNamespace.Types())
            {
                if (IsService(type))
                    return true;
            }
        }

        return false;
    }

    private bool IsUpperLayer(ITypeSymbol type) => IsService(type) || type is { Name: "IMediator" or "ISender" or "IMessageBus" or "ICommandBus" };

    private bool IsService(ITypeSymbol type) =>
        (type.Name.EndsWith("Service", StringComparison.Ordinal) || IsRequestHandler(type.Name))
        && type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Interface } named
        && !AuthorizationAttributes.IsFramework(type)
        && !IsPluggedIn(named)
        && _model.Endpoints?.Dependencies.IsEndpointType(named) != true;

    // What handles events and messages is an entry point beside the endpoints, not a layer below them.
    private static bool IsRequestHandler(string name) =>
        name.EndsWith("Handler", StringComparison.Ordinal) && !OtherHandlers.Any(other => name.EndsWith(other, StringComparison.Ordinal));

    // Background services, authentication and authorization handlers are no layer that a controller could use.
    private static bool IsPluggedIn(INamedTypeSymbol type) =>
        (type.BaseType is { SpecialType: not SpecialType.System_Object } baseType && AuthorizationAttributes.IsFramework(baseType))
        || type.Interfaces.Any(static contract => AuthorizationAttributes.IsFramework(contract) && contract.SpecialType is not SpecialType.System_IDisposable);
}
