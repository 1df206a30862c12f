using System.Collections.Concurrent;
using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>
/// What MVC takes for a controller and for an action: the conditions of its <c>ControllerFeatureProvider</c> and
/// <c>DefaultApplicationModelProvider</c> (https://learn.microsoft.com/aspnet/core/mvc/controllers/actions).
/// </summary>
public sealed class Controllers
{
    private const string Suffix = "Controller";
    private const int MaximumVisited = 100_000;

    private static readonly TreeWords AttributeHint = new("[Controller", "Controller]", "ControllerAttribute");

    private readonly AspNetCore _aspNetCore;
    private readonly Lazy<List<INamedTypeSymbol>> _all;

    // Many rules ask about every class, and about every member of a controller.
    private readonly ConcurrentDictionary<INamedTypeSymbol, ControllerRole> _roles = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, ImmutableArray<IMethodSymbol>> _actions = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, HttpVerbs> _verbs = new(SymbolEqualityComparer.Default);

    internal Controllers(Compilation compilation, AspNetCore aspNetCore)
    {
        _aspNetCore = aspNetCore;
        _all = BackendModel.Once(() => Find(compilation));
    }

    /// <summary>Every controller that is declared in this compilation, in declaration order of their namespaces.</summary>
    public IReadOnlyList<INamedTypeSymbol> All => _all.Value;

    /// <summary>True for a public, concrete, top-level class named <c>…Controller</c> or with <c>[Controller]</c> on it or a base, without <c>[NonController]</c>.</summary>
    public bool Contain(INamedTypeSymbol type) => RoleOf(type) is ControllerRole.Controller;

    /// <summary>True for a controller and for a class that controllers inherit: the abstract or generic ones below <c>ControllerBase</c>.</summary>
    public bool ContainOrServeAsBase(INamedTypeSymbol type) => RoleOf(type) is not ControllerRole.None;

    /// <summary>Returns the actions of a controller: its own and those it inherits, overridden ones once, the framework's base classes left out.</summary>
    public ImmutableArray<IMethodSymbol> ActionsOf(INamedTypeSymbol controller) =>
        _actions.TryGetValue(controller, out var known) ? known : _actions.GetOrAdd(controller, FindActions(controller));

    /// <summary>Returns the verbs of an action from its attributes and those of the methods it overrides; <see cref="HttpVerbs.Unknown"/> without any.</summary>
    public HttpVerbs VerbsOf(IMethodSymbol action) => _verbs.TryGetValue(action, out var known) ? known : _verbs.GetOrAdd(action, ReadVerbs(action));

    /// <summary>Returns the constant templates of the route attributes on a symbol: of an action or of a controller and its bases.</summary>
    public IEnumerable<string> RoutesOn(ISymbol symbol)
    {
        foreach (var attribute in symbol is INamedTypeSymbol type ? AttributesOf(type) : AttributesOf((IMethodSymbol)symbol))
        {
            if (attribute.AttributeClass.IsOrImplements(_aspNetCore.RouteTemplateProvider)
                && attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive, Value: string template }, ..])
            {
                yield return template;
            }
        }
    }

    /// <summary>The name as routes see it: without the suffix.</summary>
    public static string NameOf(INamedTypeSymbol controller) =>
        controller.Name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? controller.Name.Substring(0, controller.Name.Length - Suffix.Length) : controller.Name;

    /// <summary>The attributes of a class as <c>GetCustomAttributes(inherit: true)</c> returns them: its own, and of its bases those that are inherited.</summary>
    public static IEnumerable<AttributeData> AttributesOf(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var attribute in current.GetAttributes())
            {
                if (ReferenceEquals(current, type) || IsInherited(attribute))
                    yield return attribute;
            }
        }
    }

    /// <summary>The attributes of a method and, where they are inherited, of the methods it overrides. Attributes on interface members are not among them.</summary>
    public static IEnumerable<AttributeData> AttributesOf(IMethodSymbol method)
    {
        for (var current = method; current is not null; current = current.OverriddenMethod)
        {
            foreach (var attribute in current.GetAttributes())
            {
                if (ReferenceEquals(current, method) || IsInherited(attribute))
                    yield return attribute;
            }
        }
    }

    /// <summary>True where derived classes and overrides have the attribute too.</summary>
    internal static bool IsInherited(AttributeData attribute)
    {
        for (var type = attribute.AttributeClass; type is not null; type = type.BaseType)
        {
            foreach (var usage in type.GetAttributes())
            {
                if (usage.AttributeClass is not { Name: "AttributeUsageAttribute" })
                    continue;
                foreach (var argument in usage.NamedArguments)
                {
                    if (argument is { Key: "Inherited", Value.Value: false })
                        return false;
                }

                return true;
            }
        }

        return true;
    }

    /// <summary>True for a method of a controller, or of a base class of controllers, that requests reach.</summary>
    internal bool IsAction(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsAbstract: false, IsGenericMethod: false }
        && !OverridesObject(method)
        && !IsDispose(method)
        && !HasNonAction(method);

    private ControllerRole RoleOf(INamedTypeSymbol type)
    {
        if (type is not { TypeKind: TypeKind.Class })
            return ControllerRole.None;
        return _roles.TryGetValue(type, out var known) ? known : _roles.GetOrAdd(type, FindRole(type));
    }

    private ControllerRole FindRole(INamedTypeSymbol type)
    {
        var isBelow = _aspNetCore.IsControllerBase(type);
        var mayBe = type is { IsAbstract: false, IsGenericType: false, ContainingType: null, DeclaredAccessibility: Accessibility.Public }
            && _aspNetCore.ControllerBase is not null
            && (isBelow || type.Name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) || HasControllerAttribute(type));
        if ((!mayBe && !isBelow) || Has(type, _aspNetCore.NonControllerAttribute))
            return ControllerRole.None;
        return mayBe ? ControllerRole.Controller : ControllerRole.Base;
    }

    private ImmutableArray<IMethodSymbol> FindActions(INamedTypeSymbol controller)
    {
        var actions = ImmutableArray.CreateBuilder<IMethodSymbol>();
        HashSet<ISymbol>? overridden = null;
        for (var type = controller; type is { SpecialType: not SpecialType.System_Object } && !IsFrameworkBase(type); type = type.BaseType)
        {
            foreach (var member in type.MembersByPlace())
            {
                if (member is not IMethodSymbol method || overridden?.Contains(method) == true)
                    continue;
                for (var hidden = method.OverriddenMethod; hidden is not null; hidden = hidden.OverriddenMethod)
                    (overridden ??= new(SymbolEqualityComparer.Default)).Add(hidden);
                if (IsAction(method))
                    actions.Add(method);
            }
        }

        return actions.ToImmutable();
    }

    private HttpVerbs ReadVerbs(IMethodSymbol action)
    {
        var verbs = HttpVerbs.Unknown;
        foreach (var attribute in AttributesOf(action))
        {
            if (attribute.AttributeClass.IsOrImplements(_aspNetCore.ActionHttpMethodProvider))
                verbs |= VerbsOf(attribute);
        }

        return verbs;
    }

    private bool HasNonAction(IMethodSymbol method)
    {
        foreach (var attribute in AttributesOf(method))
        {
            if (attribute.AttributeClass.IsOrDerivesFrom(_aspNetCore.NonActionAttribute))
                return true;
        }

        return false;
    }

    private static bool OverridesObject(IMethodSymbol method)
    {
        while (method.OverriddenMethod is { } overridden)
            method = overridden;
        return method.ContainingType.SpecialType is SpecialType.System_Object;
    }

    private static bool IsDispose(IMethodSymbol method) =>
        method is { Name: "Dispose", Parameters.IsEmpty: true, ReturnsVoid: true }
        && method.ContainingType.AllInterfaces.Any(static contract => contract.SpecialType is SpecialType.System_IDisposable);

    private static bool IsFrameworkBase(INamedTypeSymbol type) => type.IsIn("Microsoft.AspNetCore.Mvc");

    // Asked for every class of the compilation: attributes are bound only where the file mentions this one.
    private bool HasControllerAttribute(INamedTypeSymbol type)
    {
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var reference in current.DeclaringSyntaxReferences)
            {
                if (AttributeHint.AnyIn(reference.SyntaxTree, CancellationToken.None))
                    return Has(type, _aspNetCore.ControllerAttribute);
            }
        }

        return false;
    }

    private static bool Has(INamedTypeSymbol type, INamedTypeSymbol? attributeType)
    {
        if (attributeType is null)
            return false;
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var attribute in current.GetAttributes())
            {
                if (attribute.AttributeClass.IsOrDerivesFrom(attributeType))
                    return true;
            }
        }

        return false;
    }

    private static HttpVerbs VerbsOf(AttributeData attribute)
    {
        for (var type = attribute.AttributeClass; type is not null; type = type.BaseType)
        {
            if (!type.IsIn("Microsoft.AspNetCore.Mvc"))
                continue;
            if (type.Name == "AcceptVerbsAttribute")
                return Named(attribute);
            if (type.Name.StartsWith("Http", StringComparison.Ordinal) && type.Name.EndsWith("Attribute", StringComparison.Ordinal))
                return HttpVerbsExtensions.Named(type.Name.Substring(4, type.Name.Length - 4 - "Attribute".Length));
        }

        return HttpVerbs.Unknown;
    }

    private static HttpVerbs Named(AttributeData attribute)
    {
        var verbs = HttpVerbs.Unknown;
        foreach (var argument in attribute.ConstructorArguments)
        {
            foreach (var value in argument.Kind is TypedConstantKind.Array ? argument.Values : ImmutableArray.Create(argument))
                verbs |= value.Value is string name ? HttpVerbsExtensions.Named(name) : HttpVerbs.Unknown;
        }

        return verbs;
    }

    private List<INamedTypeSymbol> Find(Compilation compilation)
    {
        var controllers = new List<INamedTypeSymbol>();
        var pending = new Stack<INamespaceSymbol>();
        pending.Push(compilation.Assembly.GlobalNamespace);
        for (var visited = 0; pending.Count > 0 && visited < MaximumVisited; visited++)
        {
            foreach (var member in pending.Pop().GetMembers())
            {
                if (member is INamespaceSymbol space)
                    pending.Push(space);
                else if (member is INamedTypeSymbol type && Contain(type))
                    controllers.Add(type);
            }
        }

        return controllers;
    }

    private enum ControllerRole
    {
        None,
        Base,
        Controller,
    }
}
