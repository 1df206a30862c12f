using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Model.Services;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Rules.Architecture;

/// <summary>Which types stand below the endpoints: repositories, services, handlers of application requests, domain types. What plugs into a framework, or stands for the request, does not.</summary>
internal sealed class BP2007LowerLayer(BackendModel model)
{
    private static readonly HashSet<string> Namespaces = new(StringComparer.Ordinal) { "Domain", "Entities", "Models", "Application", "Services", "Repositories", "UseCases" };

    private static readonly string[] EndpointRoles =
    [
        "Controller", "Endpoint", "Endpoints", "Middleware", "Filter", "Hub", "PageModel", "ViewComponent", "TagHelper", "Attribute", "Extensions", "Binder", "Formatter", "Accessor",
        "Policy", "Convention", "Transformer", "Constraint", "Component", "Module", "Startup", "Enricher", "Interceptor", "Api", "ViewModel", "Result", "Response", "Events", "Options", "Mapper",
    ];

    // What these types are for is to keep HTTP away from the others.
    private static readonly ImmutableArray<ImmutableArray<string>> Adapters = ImmutableArray.Create(
        Words("current", "user"), Words("tenant"), Words("accessor"), Words("user", "context"), Words("request", "context"), Words("http"), Words("cookie"), Words("cookies"),
        Words("session"), Words("web"));

    private readonly Lazy<HashSet<string>> _mapped = BackendModel.Once(() => FindMapped(model.Compilation));

    /// <summary>False for what its name or its place says to be no such type; cheap.</summary>
    public static bool MayContain(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class or TypeKind.Interface or TypeKind.Struct, IsStatic: false, ContainingType: null }
        && (DataLayer.IsService(type) || DataLayer.IsRepository(type) || IsHandlerName(type.Name) || (type.TypeKind is not TypeKind.Interface && IsNamespaceBelow(type.ContainingNamespace)))
        && !HasEndpointRole(type.Name);

    /// <summary>True for a type below the endpoints.</summary>
    public bool Contains(INamedTypeSymbol type) =>
        !PlugsIntoFramework(type)
        && model.Endpoints?.Dependencies.IsEndpointType(type) != true
        && (!IsHandlerName(type.Name) || type.AllInterfaces.Any(static contract => IsRequestHandler(contract.Name)))
        && !IsAdapter(type)
        && !IsMapped(type);

    /// <summary>True where a method is an endpoint, <c>app.MapGet("/", answers.Get)</c>; told by names, so that no other file is bound.</summary>
    private bool IsMapped(INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsImplicitlyDeclared: false } && _mapped.Value.Contains(member.Name))
                return true;
        }

        return false;
    }

    /// <summary>The names of the methods that are handed to calls of <c>MapGet</c> and its like.</summary>
    private static HashSet<string> FindMapped(Compilation compilation)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (!MappedEndpoints.Calls.AnyIn(tree, CancellationToken.None))
                continue;
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                if (node is not ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var called } } } argument
                    || !called.StartsWith("Map", StringComparison.Ordinal))
                {
                    continue;
                }

                if ((argument.Expression is MemberAccessExpressionSyntax access ? access.Name : argument.Expression) is SimpleNameSyntax name)
                    names.Add(name.Identifier.ValueText);
            }
        }

        return names;
    }

    private static bool IsHandlerName(string name) => name.EndsWith("Handler", StringComparison.Ordinal);

    private static bool IsRequestHandler(string name) =>
        name.EndsWith("RequestHandler", StringComparison.Ordinal) || name.EndsWith("CommandHandler", StringComparison.Ordinal) || name.EndsWith("QueryHandler", StringComparison.Ordinal)
        || name.EndsWith("NotificationHandler", StringComparison.Ordinal) || name.EndsWith("EventHandler", StringComparison.Ordinal);

    private static bool IsNamespaceBelow(INamespaceSymbol? space)
    {
        for (; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (Namespaces.Contains(space.Name))
                return true;
        }

        return false;
    }

    private static bool HasEndpointRole(string name)
    {
        foreach (var role in EndpointRoles)
        {
            if (name.EndsWith(role, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>A base class of a library, or an interface of ASP.NET Core, says what the type is for.</summary>
    private static bool PlugsIntoFramework(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null and not { SpecialType: SpecialType.System_Object or SpecialType.System_ValueType }; current = current.BaseType)
        {
            if (IsForeign(current, type) || current.GetAttributes().Any(static attribute => attribute.AttributeClass is { Name: "BindServiceMethodAttribute" }))
                return true;
        }

        return type.AllInterfaces.Any(static contract => AuthorizationAttributes.IsFramework(contract) && contract.ContainingNamespace.IsBelow("Microsoft"));
    }

    // Projects of one solution share the first part of their names; whether one is referenced as source or as assembly must not matter.
    private static bool IsForeign(INamedTypeSymbol baseType, INamedTypeSymbol type) =>
        baseType.ContainingAssembly?.Name is { } library && type.ContainingAssembly.Name is var own && library != own && FirstPart(library) != FirstPart(own);

    private static string FirstPart(string name) => name.IndexOf('.') is var dot and > 0 ? name.Substring(0, dot) : name;

    /// <summary>True for a type that is named as such, and for one that takes nothing but what belongs to the request or to the framework, and shows none of it.</summary>
    private static bool IsAdapter(INamedTypeSymbol type)
    {
        var words = NameWords.Of(type.Name);
        foreach (var phrase in Adapters)
        {
            if (NameWords.Contain(words, phrase))
                return true;
        }

        return type.TypeKind is not TypeKind.Interface && type.InstanceConstructors.Any(static constructor => !constructor.Parameters.IsEmpty)
            && type.InstanceConstructors.All(static constructor => constructor.Parameters.All(static parameter => IsPlumbing(parameter.Type)));
    }

    private static bool IsPlumbing(ITypeSymbol type) =>
        type.ContainingNamespace is { } space
        && ((space.IsBelow("Microsoft.AspNetCore") && !space.IsBelow("Microsoft.AspNetCore.Identity"))
            || space.Is("System") || space.Is("Microsoft.Extensions.Logging") || space.Is("Microsoft.Extensions.Options") || space.Is("Microsoft.Extensions.Configuration")
            || space.Is("Microsoft.Extensions.Hosting") || space.Is("Microsoft.Extensions.Localization"));

    private static ImmutableArray<string> Words(params string[] words) => words.ToImmutableArray();
}
