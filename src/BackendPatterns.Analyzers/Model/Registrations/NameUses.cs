using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Registrations;

/// <summary>Finds the constant names by which code refers to policies and authentication schemes: in attributes, conventions and calls of the framework.</summary>
public sealed class NameUses(AspNetCore aspNetCore)
{
    /// <summary>The parameters of the framework's methods that take such names, by the name of the method.</summary>
    private static readonly Dictionary<string, (string Parameter, NameKind Kind)> Parameters = new(StringComparer.Ordinal)
    {
        ["RequireAuthorization"] = ("policyNames", NameKind.AuthorizationPolicy),
        ["AuthorizeAsync"] = ("policyName", NameKind.AuthorizationPolicy),
        ["AuthorizeFolder"] = ("policy", NameKind.AuthorizationPolicy),
        ["AuthorizePage"] = ("policy", NameKind.AuthorizationPolicy),
        ["AuthorizeAreaFolder"] = ("policy", NameKind.AuthorizationPolicy),
        ["AuthorizeAreaPage"] = ("policy", NameKind.AuthorizationPolicy),
        ["RequireRateLimiting"] = ("policyName", NameKind.RateLimiterPolicy),
        ["RequireCors"] = ("policyName", NameKind.CorsPolicy),
        ["UseCors"] = ("policyName", NameKind.CorsPolicy),
        ["CacheOutput"] = ("policyName", NameKind.OutputCachePolicy),
        ["AuthenticateAsync"] = ("scheme", NameKind.AuthenticationScheme),
        ["ChallengeAsync"] = ("scheme", NameKind.AuthenticationScheme),
        ["ForbidAsync"] = ("scheme", NameKind.AuthenticationScheme),
        ["SignInAsync"] = ("scheme", NameKind.AuthenticationScheme),
        ["SignOutAsync"] = ("scheme", NameKind.AuthenticationScheme),
        ["GetTokenAsync"] = ("scheme", NameKind.AuthenticationScheme),
        ["Challenge"] = ("authenticationSchemes", NameKind.AuthenticationScheme),
        ["Forbid"] = ("authenticationSchemes", NameKind.AuthenticationScheme),
        ["SignOut"] = ("authenticationSchemes", NameKind.AuthenticationScheme),
        ["SignIn"] = ("authenticationScheme", NameKind.AuthenticationScheme),
        ["AddAuthenticationSchemes"] = ("schemes", NameKind.AuthenticationScheme),
        ["AddAuthentication"] = ("defaultScheme", NameKind.AuthenticationScheme),
    };

    /// <summary>Returns the names that a call, the creation of an attribute or filter, or the attributes of a lambda or local function refer to; none for anything else.</summary>
    public ImmutableArray<NameUse> In(IOperation operation) => operation switch
    {
        IInvocationOperation call => In(call),
        IObjectCreationOperation creation => In(creation),
        IAnonymousFunctionOperation or ILocalFunctionOperation => AttributesOn(operation).SelectMany(creation => In(creation)).ToImmutableArray(),
        _ => ImmutableArray<NameUse>.Empty,
    };

    /// <summary>
    /// Returns the attributes on a lambda or local function as they are created; none for anything else. Actions see those of members by themselves.
    /// </summary>
    public static IEnumerable<IObjectCreationOperation> AttributesOn(IOperation function)
    {
        var lists = function.Syntax switch
        {
            LambdaExpressionSyntax lambda => lambda.AttributeLists,
            LocalFunctionStatementSyntax local => local.AttributeLists,
            _ => default,
        };
        foreach (var list in lists)
        {
            foreach (var attribute in list.Attributes)
            {
                if (function.SemanticModel?.GetOperation(attribute) is IAttributeOperation { Operation: IObjectCreationOperation creation })
                    yield return creation;
            }
        }
    }

    /// <summary>Returns the constant list of roles that an <c>[Authorize]</c> is created with, or null for anything else.</summary>
    public IOperation? RolesIn(IObjectCreationOperation creation) =>
        creation.Initializer is { } initializer && creation.Type.IsOrDerivesFrom(aspNetCore.AuthorizeAttribute)
        && Assigned(initializer, "Roles", aspNetCore) is { ConstantValue: { HasValue: true, Value: string } } value
            ? value
            : null;

    private ImmutableArray<NameUse> In(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        // A derived attribute that names its policy once: class CanPublish() : AuthorizeAttribute("publishing").
        if (method.MethodKind is MethodKind.Constructor)
        {
            return SymbolEqualityComparer.Default.Equals(method.ContainingType, aspNetCore.AuthorizeAttribute) && call.Argument("policy") is { } policy
                ? Names(policy, NameKind.AuthorizationPolicy)
                : ImmutableArray<NameUse>.Empty;
        }

        return Parameters.TryGetValue(method.Name, out var named) && FrameworkRegistrations.IsFramework(method) && call.Argument(named.Parameter) is { } value
            ? Names(value, named.Kind)
            : ImmutableArray<NameUse>.Empty;
    }

    private ImmutableArray<NameUse> In(IObjectCreationOperation creation)
    {
        if (creation.Type is not INamedTypeSymbol type)
            return ImmutableArray<NameUse>.Empty;
        if (type.IsOrDerivesFrom(aspNetCore.AuthorizeAttribute))
            return InAuthorize(creation, isItself: SymbolEqualityComparer.Default.Equals(type, aspNetCore.AuthorizeAttribute));
        if (type.Name is not ("EnableRateLimitingAttribute" or "EnableCorsAttribute" or "OutputCacheAttribute" or "AuthorizeFilter" or "AuthorizationPolicyBuilder") || !FrameworkRegistrations.IsFramework(type))
            return ImmutableArray<NameUse>.Empty;
        return type.Name switch
        {
            "EnableRateLimitingAttribute" => Names(Argument(creation, "policyName"), NameKind.RateLimiterPolicy),
            "EnableCorsAttribute" => Names(Argument(creation, "policyName"), NameKind.CorsPolicy),
            "AuthorizeFilter" => Names(Argument(creation, "policy"), NameKind.AuthorizationPolicy),
            "AuthorizationPolicyBuilder" => Names(Argument(creation, "authenticationSchemes"), NameKind.AuthenticationScheme),
            _ => creation.Initializer is { } initializer ? Names(Assigned(initializer, "PolicyName", aspNetCore), NameKind.OutputCachePolicy) : ImmutableArray<NameUse>.Empty,
        };
    }

    private ImmutableArray<NameUse> InAuthorize(IObjectCreationOperation creation, bool isItself)
    {
        var uses = isItself ? Names(Argument(creation, "policy"), NameKind.AuthorizationPolicy) : ImmutableArray<NameUse>.Empty;
        if (creation.Initializer is not { } initializer)
            return uses;
        uses = uses.AddRange(Names(Assigned(initializer, "Policy", aspNetCore), NameKind.AuthorizationPolicy));
        if (Assigned(initializer, "AuthenticationSchemes", aspNetCore) is { ConstantValue: { HasValue: true, Value: string schemes } } list)
        {
            foreach (var scheme in schemes.Split(','))
                uses = uses.AddRange(Named(scheme.Trim(), NameKind.AuthenticationScheme, list));
        }

        return uses;
    }

    private static ImmutableArray<NameUse> Names(IOperation? value, NameKind kind)
    {
        if (value is null)
            return ImmutableArray<NameUse>.Empty;
        if (value.ConstantValue is { HasValue: true, Value: string name })
            return Named(name, kind, value);
        if (value.Unwrap() is not IArrayCreationOperation { Initializer.ElementValues: var elements })
            return ImmutableArray<NameUse>.Empty;
        var uses = ImmutableArray<NameUse>.Empty;
        foreach (var element in elements)
        {
            if (element.ConstantValue is { HasValue: true, Value: string text })
                uses = uses.AddRange(Named(text, kind, element));
        }

        return uses;
    }

    // Blank names are ignored by the framework: AuthorizationPolicy.CombineAsync.
    private static ImmutableArray<NameUse> Named(string name, NameKind kind, IOperation value) =>
        string.IsNullOrWhiteSpace(name) ? ImmutableArray<NameUse>.Empty : ImmutableArray.Create(new NameUse(kind, name, value));

    private static IOperation? Argument(IObjectCreationOperation creation, string parameter)
    {
        foreach (var argument in creation.Arguments)
        {
            if (argument.Parameter?.Name == parameter)
                return argument.Value;
        }

        return null;
    }

    // A property of the framework's attribute; a derived one that hides it means something else.
    private static IOperation? Assigned(IObjectOrCollectionInitializerOperation initializer, string property, AspNetCore aspNetCore)
    {
        foreach (var part in initializer.Initializers)
        {
            if (part is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { } target }, Value: { } value } && target.Name == property
                && (SymbolEqualityComparer.Default.Equals(target.ContainingType, aspNetCore.AuthorizeAttribute) || FrameworkRegistrations.IsFramework(target)))
            {
                return value;
            }
        }

        return null;
    }
}
