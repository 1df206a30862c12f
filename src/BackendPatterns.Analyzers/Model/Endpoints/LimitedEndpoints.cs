using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>
/// Whether requests to an endpoint may be limited: by the application, by attributes, by conventions on the endpoint and its groups. Every answer is "yes" also
/// where something relevant could not be read.
/// </summary>
public sealed class LimitedEndpoints
{
    private const int MaximumDepth = 4;
    private const int MostSteps = 1000;

    private static readonly TreeWords Hints = new("GlobalLimiter", "RequireRateLimiting", "RateLimit", "Throttl");

    private readonly BackendModel _model;
    private readonly EndpointModel _endpoints;
    private readonly Lazy<(bool All, bool Controllers)> _application;

    internal LimitedEndpoints(BackendModel model, EndpointModel endpoints)
    {
        _model = model;
        _endpoints = endpoints;
        _application = BackendModel.Once(ReadApplication);
    }

    /// <summary>True where the application limits every request: by a global limiter, middleware of its own or that of another library.</summary>
    public bool CoverEverything => _application.Value.All;

    /// <summary>True where the requests to an action may be limited.</summary>
    public bool MayCover(IMethodSymbol action, INamedTypeSymbol controller) =>
        CoverEverything || _application.Value.Controllers || Controllers.AttributesOf(action).Any(SpeaksOfLimits) || Controllers.AttributesOf(controller).Any(SpeaksOfLimits);

    /// <summary>True where the requests to what a call maps may be limited.</summary>
    public bool MayCover(IInvocationOperation mapping, IMethodSymbol handler) =>
        CoverEverything || handler.GetAttributes().Any(SpeaksOfLimits) || ConventionsLimit(mapping, 0) || mapping.Receiver() is not { } receiver || BuilderLimits(receiver, 0);

    private static bool SpeaksOfLimits(AttributeData attribute) => attribute.AttributeClass is { } type && SpeaksOfLimits(type.Name);

    private static bool SpeaksOfLimits(string name) =>
        name.IndexOf("RateLimit", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("Throttl", StringComparison.OrdinalIgnoreCase) >= 0;

    private bool ConventionsLimit(IOperation value, int depth)
    {
        for (var steps = 0; steps < MostSteps; steps++)
        {
            value = value.WithConversions();
            if (RouteBuilders.ChainedCall(value) is not { } call)
                return value.Parent switch
                {
                    IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation } => false,
                    IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => UsesLimit(local, value, depth + 1),
                    // The value of an expression-bodied method that returns nothing.
                    IReturnOperation { Type: null } => false,
                    _ => true,
                };
            // What is mapped on a group is a child of it: its conventions do not reach back.
            if (RouteBuilders.IsMapping(call.TargetMethod))
                return false;
            if (Limits(call.TargetMethod))
                return true;
            value = call;
        }

        return true;
    }

    private bool UsesLimit(ISymbol variable, IOperation inside, int depth)
    {
        if (depth > MaximumDepth)
            return true;
        foreach (var reference in LocalValues.Around(inside).ReferencesTo(variable))
        {
            if (ConventionsLimit(reference, depth))
                return true;
        }

        return false;
    }

    private bool BuilderLimits(IOperation builder, int depth)
    {
        for (var steps = 0; steps < MostSteps && depth <= MaximumDepth; steps++)
        {
            builder = builder.Unwrap();
            if (builder.Type is { Name: "WebApplication" })
                return false;
            switch (builder)
            {
                case IInvocationOperation call when call.Receiver() is { } receiver:
                    if (!RouteBuilders.IsMapping(call.TargetMethod) && Limits(call.TargetMethod))
                        return true;
                    builder = receiver;
                    break;
                case ILocalReferenceOperation { Local: var local } when LocalValues.Around(builder).OnlyValueOf(local) is { } value:
                    if (UsesLimit(local, builder, depth + 1))
                        return true;
                    builder = value;
                    break;
                case IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method } parameter }:
                    return UsesLimit(parameter, builder, depth + 1) || CallersLimit(method, parameter, depth + 1);
                default:
                    return true;
            }
        }

        return true;
    }

    private bool CallersLimit(IMethodSymbol method, IParameterSymbol parameter, int depth)
    {
        var calls = _endpoints.CallersOf(method);
        return calls.IsDefaultOrEmpty || calls.Any(call => call.ArgumentAt(parameter.Ordinal) is not { } given || BuilderLimits(given, depth));
    }

    // A filter of the application may count; so may what another library adds.
    private static bool Limits(IMethodSymbol method) =>
        SpeaksOfLimits(method.Name)
        || (AuthorizationAttributes.IsFramework(method)
            ? method.Name is "AddEndpointFilter" or "AddEndpointFilterFactory" or "Add" or "Finally" or "WithMetadata"
            : method.ContainingAssembly?.Name.StartsWith("Asp.Versioning", StringComparison.Ordinal) != true);

    private (bool All, bool Controllers) ReadApplication()
    {
        var controllers = false;
        foreach (var assembly in _model.Compilation.ReferencedAssemblyNames)
        {
            if (assembly.Name.StartsWith("AspNetCoreRateLimit", StringComparison.OrdinalIgnoreCase))
                return (true, true);
        }

        foreach (var tree in _model.Compilation.SyntaxTrees)
        {
            if (!Hints.AnyIn(tree, CancellationToken.None) || _model.SemanticModelOf(tree) is not { } semantics)
                continue;
            if (Hints.Contains(tree, "GlobalLimiter", CancellationToken.None))
                return (true, true);
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                if (node is TypeDeclarationSyntax type && SpeaksOfLimits(type.Identifier.ValueText) && type.Identifier.ValueText.EndsWith("Middleware", StringComparison.Ordinal))
                    return (true, true);
                if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "RequireRateLimiting", Expression: var mapped } })
                    controllers |= semantics.GetTypeInfo(mapped).Type is null or { Name: "ControllerActionEndpointConventionBuilder" or "IEndpointConventionBuilder" };
            }
        }

        return (false, controllers);
    }
}
