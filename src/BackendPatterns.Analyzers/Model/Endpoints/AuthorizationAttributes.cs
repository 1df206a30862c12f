using System.Collections.Concurrent;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>What attributes, filters and metadata objects say about authorization.</summary>
internal sealed class AuthorizationAttributes(BackendModel model, AspNetCore aspNetCore, SourceChecks checks)
{
    /// <summary>Attributes that authorize by means that no code shows.</summary>
    public static readonly RuleOption<IReadOnlyList<string>> Listed = RuleOption.Names(
        "authorization_attributes",
        "Names of attributes that authorize the callers of the endpoint they stand on, simple or full, for those that do not implement an interface of ASP.NET Core.");

    private const string ApplicationModels = "Microsoft.AspNetCore.Mvc.ApplicationModels";

    private readonly ConcurrentDictionary<INamedTypeSymbol, AuthorizationStance> _controllers = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ITypeSymbol, AuthorizationStance> _types = new(SymbolEqualityComparer.Default);

    /// <summary>Returns what the attributes on a method or lambda say, inherited ones of overridden methods included.</summary>
    public AuthorizationStance On(IMethodSymbol method)
    {
        var stance = AuthorizationStance.None;
        foreach (var attribute in Controllers.AttributesOf(method))
            stance = stance.And(Of(attribute));
        return stance;
    }

    /// <summary>
    /// Returns what a controller, page model or hub says for all its methods: by attributes on it and its bases, by being a filter itself, or by overriding
    /// <c>OnActionExecuting</c> and its like.
    /// </summary>
    public AuthorizationStance On(INamedTypeSymbol controller) =>
        _controllers.TryGetValue(controller, out var known) ? known : _controllers.GetOrAdd(controller, ReadController(controller));

    private AuthorizationStance ReadController(INamedTypeSymbol controller)
    {
        var stance = AuthorizationStance.None;
        foreach (var attribute in Controllers.AttributesOf(controller))
            stance = stance.And(Of(attribute));
        for (var type = controller; type is not null && !IsFramework(type); type = type.BaseType)
        {
            if (type.Interfaces.Any(contract => contract.IsOrImplements(aspNetCore.FilterMetadata)))
                stance = stance.And(AuthorizationStance.Unknown);
            foreach (var member in type.GetMembers())
            {
                if (member is IMethodSymbol { IsOverride: true, Name: "OnActionExecuting" or "OnActionExecutionAsync" or "OnPageHandlerExecuting" or "OnPageHandlerExecutionAsync" or "OnPageHandlerSelected" or "OnPageHandlerSelectionAsync" or "OnConnectedAsync" } hook && checks.MayAuthorize(hook))
                    stance = stance.And(AuthorizationStance.Unknown);
            }
        }

        return stance;
    }

    /// <summary>Returns what an object of this type says as a filter or as endpoint metadata: an attribute, a filter, a convention.</summary>
    public AuthorizationStance Of(ITypeSymbol? type)
    {
        if (type is null or IErrorTypeSymbol || type.SpecialType is SpecialType.System_Object)
            return AuthorizationStance.Unknown;
        return _types.TryGetValue(type, out var known) ? known : _types.GetOrAdd(type, Read(type));
    }

    private AuthorizationStance Read(ITypeSymbol type)
    {
        if (type.IsOrImplements(aspNetCore.AllowAnonymous))
            return AuthorizationStance.Anonymous;
        if (type.IsOrImplements(aspNetCore.AuthorizeData) || type.IsOrImplements(aspNetCore.AuthorizationRequirementData) || type.IsOrDerivesFrom(aspNetCore.AuthorizeFilter))
            return AuthorizationStance.Authorized;
        if (IsFramework(type))
            return AuthorizationStance.None;
        return type.IsOrImplements(aspNetCore.FilterMetadata) || IsConvention(type) || AuthorizationWords.OfAttributes.AreIn(WithoutSuffix(type.Name))
            ? AuthorizationStance.Unknown
            : AuthorizationStance.None;
    }

    /// <summary>
    /// True for types of .NET and ASP.NET Core. Their attributes that authorize implement the interfaces above; the others
    /// (<c>[ApiController]</c>, <c>[Produces]</c>, <c>[ValidateAntiForgeryToken]</c>, <c>[RequireHttps]</c>) say nothing about who may call.
    /// </summary>
    public static bool IsFramework(ISymbol symbol) =>
        symbol.ContainingAssembly is { } assembly
        && (assembly.Name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
            || assembly.Name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
            || assembly.Name.StartsWith("System.", StringComparison.Ordinal)
            || assembly.Name is "System" or "mscorlib" or "netstandard" or "Microsoft.AspNetCore")
        && !assembly.Name.StartsWith("Microsoft.AspNetCore.OData", StringComparison.Ordinal);

    private AuthorizationStance Of(AttributeData attribute)
    {
        if (attribute.AttributeClass is not { } type)
            return AuthorizationStance.Unknown;
        if (IsListed(type, attribute.ApplicationSyntaxReference?.SyntaxTree))
            return AuthorizationStance.Authorized;
        if (!type.IsIn("Microsoft.AspNetCore.Mvc") || type is not { Name: "TypeFilterAttribute" or "ServiceFilterAttribute" or "MiddlewareFilterAttribute" })
            return Of((ITypeSymbol)type);
        // These only name the filter that runs: [TypeFilter(typeof(AuditFilter))], [ServiceFilter<AuditFilter>].
        var filter = type.IsGenericType ? type.TypeArguments[0] : attribute.ConstructorArguments is [{ Value: ITypeSymbol named }, ..] ? named : null;
        return filter is not null && IsFramework(filter) ? Of(filter) : AuthorizationStance.Unknown;
    }

    /// <summary>True for an attribute, or metadata of its type, that the option names, in a file or for the whole project.</summary>
    public bool IsListed(ITypeSymbol? type, SyntaxTree? tree)
    {
        if (type is null || model.Options is not { } options)
            return false;
        foreach (var name in tree is null ? Listed.InAll(options) : Listed.In(options, tree))
        {
            if (name == type.Name || name == WithoutSuffix(type.Name) || (name.IndexOf('.') >= 0 && (name == type.ToDisplayString() || name == WithoutSuffix(type.ToDisplayString()))))
                return true;
        }

        return false;
    }

    // A convention attribute can add filters to what it stands on.
    private static bool IsConvention(ITypeSymbol type)
    {
        foreach (var contract in type.AllInterfaces)
        {
            if (contract.IsIn(ApplicationModels))
                return true;
        }

        return false;
    }

    private static string WithoutSuffix(string name) =>
        name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;
}
