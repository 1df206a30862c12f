using System.Collections.Concurrent;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>What is known of an expression that endpoints are mapped on: the stance of its groups, and their route prefix (null where one is not constant).</summary>
internal readonly record struct RouteBuilder(AuthorizationStance Stance, string? Prefix)
{
    public static readonly RouteBuilder Root = new(AuthorizationStance.None, "");

    public static readonly RouteBuilder Unknown = new(AuthorizationStance.Unknown, null);
}

/// <summary>
/// Follows route builders and the conventions applied to what they map: in chains, through locals (in any order: conventions apply
/// when the application is built), into methods of this code base and out to their callers.
/// </summary>
internal sealed class RouteBuilders(BackendModel model, AspNetCore aspNetCore, AuthorizationAttributes attributes, Lazy<ReferencedAuthorization> referenced)
{
    private const int MaximumDepth = 4;
    private const int MaximumCallers = 24;

    private readonly ConcurrentDictionary<(ISymbol Parameter, int Depth), RouteBuilder> _parameters = new(BySymbolAndDepth.Instance);

    /// <summary>Returns what is known of the builder that an endpoint is mapped on.</summary>
    public RouteBuilder Of(IOperation builder) => Of(builder, new BuilderTrail());

    /// <summary>Returns what the conventions say that are applied to the result of a <c>Map…</c> call, in the chain or later.</summary>
    public AuthorizationStance ConventionsOn(IOperation value) => ConventionsOn(value, new BuilderTrail());

    private RouteBuilder Of(IOperation builder, BuilderTrail trail)
    {
        var stance = AuthorizationStance.None;
        string? prefix = "";
        while (true)
        {
            builder = builder.Unwrap();
            if (builder.Type.IsOrDerivesFrom(aspNetCore.WebApplication))
                return new RouteBuilder(stance, prefix);
            switch (builder)
            {
                case IInvocationOperation call when IsFactory(call.TargetMethod) && BuilderGivenTo(call) is { } given:
                    var made = MadeBy(call.TargetMethod.ReducedFrom ?? call.TargetMethod, trail);
                    stance = stance.And(made.Stance);
                    prefix = Join(made.Prefix, prefix);
                    builder = given;
                    break;
                case IInvocationOperation call when call.Receiver() is { } receiver:
                    if (IsMapGroup(call.TargetMethod))
                        prefix = Join(call.Argument("prefix")?.Unwrap().ConstantValue is { HasValue: true, Value: string text } ? text : null, prefix);
                    else
                        stance = stance.And(EffectOf(call, trail));
                    builder = receiver;
                    break;
                case ILocalReferenceOperation { Local: var local }:
                    if (!trail.Enter(local) || LocalValues.Around(builder).OnlyValueOf(local) is not { } value)
                        return new RouteBuilder(stance.And(AuthorizationStance.Unknown), null);
                    stance = stance.And(UsesOf(local, local.Type, builder, trail));
                    builder = value;
                    break;
                case IParameterReferenceOperation { Parameter: var parameter }:
                    if (IsUseEndpointsParameter(parameter, builder))
                        return new RouteBuilder(stance, prefix);
                    stance = stance.And(trail.Enter(parameter) ? UsesOf(parameter, parameter.Type, builder, trail) : AuthorizationStance.None);
                    if (SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, trail.Maker))
                        return new RouteBuilder(stance, prefix);
                    var outside = OfCallers(parameter, trail.Depth);
                    return new RouteBuilder(stance.And(outside.Stance), Join(outside.Prefix, prefix));
                default:
                    return new RouteBuilder(stance.And(AuthorizationStance.Unknown), null);
            }
        }
    }

    private AuthorizationStance ConventionsOn(IOperation value, BuilderTrail trail)
    {
        var stance = AuthorizationStance.None;
        while (true)
        {
            value = value.WithConversions();
            if (ChainedCall(value) is { } call)
            {
                // What is mapped on a group is a child of it: its conventions do not reach back.
                if (IsMapping(call.TargetMethod))
                    return stance;
                stance = stance.And(EffectOf(call, trail));
                if (!IsBuilder(call.Type))
                    return stance;
                value = call;
                continue;
            }

            return stance.And(value.Parent switch
            {
                IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation } => AuthorizationStance.None,
                IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => UsesOnce(local, value, trail),
                ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } => UsesOnce(local, value, trail),
                IArgumentOperation { Parent: IInvocationOperation passedTo } argument => Passed(passedTo, argument, trail),
                IReturnOperation => trail.ResultIsFollowed ? AuthorizationStance.None : OfResultsReturnedAt(value, trail),
                _ => AuthorizationStance.Unknown,
            });
        }
    }

    private AuthorizationStance UsesOnce(ILocalSymbol local, IOperation inside, BuilderTrail trail) =>
        trail.Enter(local) ? UsesOf(local, local.Type, inside, trail) : AuthorizationStance.None;

    /// <summary>Returns the call that is made on a value, as an instance or as the first argument of an extension method; null where none is.</summary>
    internal static IInvocationOperation? ChainedCall(IOperation value)
    {
        var call = value.Parent is IArgumentOperation argument ? argument.Parent as IInvocationOperation : value.Parent as IInvocationOperation;
        return call?.Receiver() is { } receiver && ReferenceEquals(receiver.WithConversions(), value) ? call : null;
    }

    private bool IsBuilder(ITypeSymbol? type) => type.IsOrImplements(aspNetCore.EndpointConventionBuilder) || type.IsOrImplements(aspNetCore.EndpointRouteBuilder);

    private AuthorizationStance UsesOf(ISymbol variable, ITypeSymbol type, IOperation inside, BuilderTrail trail)
    {
        var stance = AuthorizationStance.None;
        // Conventions can be added to a convention builder only; an application or a bare route builder has none of its own.
        if (!type.IsOrImplements(aspNetCore.EndpointConventionBuilder))
            return stance;
        foreach (var reference in LocalValues.Around(inside).ReferencesTo(variable))
        {
            if (reference.Parent is ISimpleAssignmentOperation assignment && ReferenceEquals(assignment.Target, reference))
                continue;
            var effect = ConventionsOn(reference, trail);
            stance = stance.And(effect is not AuthorizationStance.None && Conditions.StandOver(reference.Syntax, beside: inside.Syntax) ? AuthorizationStance.Unknown : effect);
        }

        return stance;
    }

    private AuthorizationStance EffectOf(IInvocationOperation call, BuilderTrail trail)
    {
        var method = call.TargetMethod;
        if (AuthorizationAttributes.IsFramework(method))
        {
            return method.Name switch
            {
                "RequireAuthorization" => AuthorizationStance.Authorized,
                "AllowAnonymous" => AuthorizationStance.Anonymous,
                "WithMetadata" => OfMetadata(call),
                // A short-circuited endpoint runs before the authorization middleware, also where a fallback policy asks for more.
                "AddEndpointFilter" or "AddEndpointFilterFactory" or "Add" or "Finally" or "ShortCircuit" => AuthorizationStance.Unknown,
                _ => AuthorizationStance.None,
            };
        }

        // Versioning adds routes and versions; it says nothing about callers.
        if (IsVersioning(method))
            return AuthorizationStance.None;
        return call.Instance is null ? InsideOf(method.ReducedFrom ?? method, 0, trail) : AuthorizationStance.Unknown;
    }

    private AuthorizationStance Passed(IInvocationOperation call, IArgumentOperation argument, BuilderTrail trail) =>
        AuthorizationAttributes.IsFramework(call.TargetMethod) ? AuthorizationStance.None
        : argument.Parameter is { } parameter ? InsideOf(call.TargetMethod, parameter.Ordinal, trail)
        : AuthorizationStance.Unknown;

    /// <summary>What a method of this code base does to the builder that it is given.</summary>
    private AuthorizationStance InsideOf(IMethodSymbol method, int ordinal, BuilderTrail trail)
    {
        var definition = method.OriginalDefinition;
        if (trail.Depth >= MaximumDepth || ordinal >= definition.Parameters.Length || definition.IsAbstract || definition.IsVirtual)
            return AuthorizationStance.Unknown;
        if (!IsHere(definition))
            return referenced.Value.StanceIn(definition, ordinal);
        var parameter = definition.Parameters[ordinal];
        if (!trail.Enter(parameter))
            return AuthorizationStance.None;
        return model.BodyOf(definition) is { } body ? UsesOf(parameter, parameter.Type, body, trail.Inner(resultIsFollowed: true)) : AuthorizationStance.Unknown;
    }

    /// <summary>What a method does to the builder that is its parameter with this ordinal, and to what it returns of it; for other projects.</summary>
    public AuthorizationStance InsideOf(IMethodSymbol method, int ordinal) => InsideOf(method, ordinal, new BuilderTrail());

    /// <summary>Returns what is known of the builder that a method returns, seen from the one that it is given; for other projects too.</summary>
    public RouteBuilder MadeBy(IMethodSymbol method) => MadeBy(method, new BuilderTrail());

    private RouteBuilder MadeBy(IMethodSymbol method, BuilderTrail trail)
    {
        var definition = method.OriginalDefinition;
        if (trail.Depth >= MaximumDepth || definition.IsAbstract || definition.IsVirtual)
            return RouteBuilder.Unknown;
        if (!IsHere(definition))
            return new RouteBuilder(referenced.Value.StanceIn(definition, AuthorizationFacts.Result), null);
        if (model.BodyOf(definition) is not { } body || !trail.Enter(definition))
            return RouteBuilder.Unknown;
        RouteBuilder? common = null;
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is not IReturnOperation { ReturnedValue: { } value } || operation.EnclosingFunction() is not null)
                continue;
            var made = Of(value, trail.Inside(definition));
            if (common is { } other && other != made)
                return RouteBuilder.Unknown;
            common = made;
        }

        return common ?? RouteBuilder.Unknown;
    }

    private bool IsHere(IMethodSymbol definition) =>
        definition.DeclaringSyntaxReferences is [var reference, ..] && model.Compilation.ContainsSyntaxTree(reference.SyntaxTree);

    // The one builder among the arguments, an extension's receiver first.
    private IOperation? BuilderGivenTo(IInvocationOperation call)
    {
        IOperation? only = null;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Type.IsOrImplements(aspNetCore.EndpointRouteBuilder) != true)
                continue;
            if (only is not null)
                return null;
            only = argument.Value;
        }

        return only;
    }

    private AuthorizationStance OfMetadata(IInvocationOperation call)
    {
        var stance = AuthorizationStance.None;
        if (call.Argument("items")?.Unwrap() is not IArrayCreationOperation { Initializer.ElementValues: var items })
            return AuthorizationStance.Unknown;
        foreach (var item in items)
            stance = stance.And(attributes.IsListed(item.Unwrap().Type, item.Syntax.SyntaxTree) ? AuthorizationStance.Authorized : attributes.Of(item.Unwrap().Type));
        return stance;
    }

    /// <summary>The builder that a parameter is, where every caller in this compilation gives the same; unknown without any caller.</summary>
    private RouteBuilder OfCallers(IParameterSymbol parameter, int depth) =>
        _parameters.TryGetValue((parameter, depth), out var known) ? known : _parameters.GetOrAdd((parameter, depth), FindAtCallers(parameter, depth));

    private RouteBuilder FindAtCallers(IParameterSymbol parameter, int depth)
    {
        if (depth >= MaximumDepth || parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method)
            return RouteBuilder.Unknown;
        var calls = CallersInSource.Of(method, model, MaximumCallers);
        if (calls.IsDefaultOrEmpty)
            return RouteBuilder.Unknown;
        RouteBuilder? common = null;
        foreach (var call in calls)
        {
            // Each caller has a way of its own: what was visited on another one, or inside of the method, does not block it.
            var outside = call.ArgumentAt(parameter.Ordinal) is { } given ? Of(given, BuilderTrail.Outside(parameter, depth + 1)) : RouteBuilder.Unknown;
            if (common is { } earlier && earlier.Stance != outside.Stance)
                return RouteBuilder.Unknown;
            common = common is { } same && same.Prefix != outside.Prefix ? outside with { Prefix = null } : outside;
        }

        return common!.Value;
    }

    /// <summary>What the callers of a method do to the builder that it returns; unknown without any caller.</summary>
    private AuthorizationStance OfResultsReturnedAt(IOperation value, BuilderTrail trail)
    {
        if (trail.Depth >= MaximumDepth || value.SemanticModel?.GetEnclosingSymbol(value.Syntax.SpanStart) is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method)
            return AuthorizationStance.Unknown;
        var calls = CallersInSource.Of(method, model, MaximumCallers);
        var stance = calls.IsDefaultOrEmpty ? AuthorizationStance.Unknown : AuthorizationStance.None;
        if (!calls.IsDefault)
        {
            foreach (var call in calls)
                stance = stance.And(ConventionsOn(call, trail.Inner(resultIsFollowed: false)));
        }

        return stance;
    }

    private bool IsMapGroup(IMethodSymbol method) =>
        method.Name == "MapGroup" && SymbolEqualityComparer.Default.Equals(method.ContainingType, aspNetCore.EndpointRouteBuilderExtensions);

    /// <summary>True for the framework's methods that map something: endpoints, groups, controllers, pages, hubs.</summary>
    internal static bool IsMapping(IMethodSymbol method) => method.Name.StartsWith("Map", StringComparison.Ordinal) && AuthorizationAttributes.IsFramework(method);

    /// <summary>True for a method of a code base that returns a builder which it may have made and configured itself.</summary>
    public bool IsFactory(IMethodSymbol method) =>
        !AuthorizationAttributes.IsFramework(method) && method.ReturnType.IsOrImplements(aspNetCore.EndpointRouteBuilder) && !method.IsGenericMethod && !IsVersioning(method);

    private static bool IsVersioning(IMethodSymbol method) => method.ContainingAssembly?.Name.StartsWith("Asp.Versioning", StringComparison.Ordinal) == true;

    private static bool IsUseEndpointsParameter(IParameterSymbol parameter, IOperation reference)
    {
        for (var current = reference.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation lambda && SymbolEqualityComparer.Default.Equals(lambda.Symbol, parameter.ContainingSymbol))
            {
                return lambda.WithConversions().Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "UseEndpoints" } method } }
                    && AuthorizationAttributes.IsFramework(method);
            }
        }

        return false;
    }

    private static string? Join(string? prefix, string? rest) =>
        prefix is null || rest is null ? null : prefix.TrimEnd('/') + (rest.Length == 0 ? "" : "/" + rest.TrimStart('/'));
}
