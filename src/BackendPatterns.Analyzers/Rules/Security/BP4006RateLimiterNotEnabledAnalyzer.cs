using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Model.Pipeline;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Security;

/// <summary>BP4006: an endpoint names the policy that limits it, and the application never enables the rate limiter.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP4006RateLimiterNotEnabledAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP4006";

    private const string AttributeNamespace = "Microsoft.AspNetCore.RateLimiting";

    private static readonly TreeWords Attribute = new("EnableRateLimiting");

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Rate limiter not enabled",
        messageFormat: "'{0}' is not limited, because the application never calls 'UseRateLimiter'; add it to the pipeline",
        category: Category.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The policy that an endpoint requires is applied by the rate limiting middleware only. Without 'UseRateLimiter' the requirement is ignored, and no error says so.");

    protected override bool AppliesTo(BackendModel model) =>
        model.Pipelines is not null && model.Compilation.FindType(AttributeNamespace + ".EnableRateLimitingAttribute") is not null;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        rule.OnOperation(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (EndpointLimitedBy(call, model) is { } endpoint && IsForgotten(model))
                    context.ReportDiagnostic(rule.At(endpoint.Syntax.MemberName().GetLocation(), endpoint.TargetMethod.Name));
            },
            OperationKind.Invocation);
        rule.OnSymbol(
            context =>
            {
                if (IsLimited(context.Symbol) && IsEndpoint(context.Symbol, model) && IsForgotten(model))
                    context.ReportDiagnostic(rule.At(context.Symbol.FirstPlace(), context.Symbol.Name));
            },
            SymbolKind.NamedType, SymbolKind.Method);
    }

    /// <summary>True where this compilation builds the pipeline, all of it can be read, and the limiter is not in it.</summary>
    private static bool IsForgotten(BackendModel model) =>
        !model.Pipelines!.RateLimits.IsEnabled
        && model.Pipelines.All is { IsEmpty: false } hosts
        && hosts.All(static host => host.Steps.All(static step => step.Middleware is not Middleware.Unknown));

    /// <summary>The call that maps what a call limits: <c>MapPost</c>, <c>MapGroup</c>, <c>MapControllers</c>; null for any other call.</summary>
    private static IInvocationOperation? EndpointLimitedBy(IInvocationOperation call, BackendModel model)
    {
        if (call.TargetMethod.Name == "RequireRateLimiting")
            return AuthorizationAttributes.IsFramework(call.TargetMethod) ? MappingOf(call) : null;
        return MappedEndpoints.IsMapName(call.TargetMethod.Name) && Attribute.AnyIn(call.Syntax.SyntaxTree, CancellationToken.None) && model.Endpoints!.IsMapCall(call)
            && MappedEndpoints.HandlerOf(call) is IAnonymousFunctionOperation { Symbol: var lambda } && HasAttribute(lambda)
            ? call
            : null;
    }

    private static IInvocationOperation MappingOf(IInvocationOperation call)
    {
        for (var current = call; current.Receiver()?.Unwrap() is IInvocationOperation receiver; current = receiver)
        {
            if (receiver.TargetMethod.Name.StartsWith("Map", StringComparison.Ordinal))
                return receiver;
        }

        return call;
    }

    private static bool IsLimited(ISymbol symbol) =>
        symbol is INamedTypeSymbol { TypeKind: TypeKind.Class } or IMethodSymbol { MethodKind: MethodKind.Ordinary }
        && symbol.DeclaringSyntaxReferences.Any(static reference => Attribute.AnyIn(reference.SyntaxTree, CancellationToken.None))
        && HasAttribute(symbol);

    private static bool IsEndpoint(ISymbol symbol, BackendModel model)
    {
        var aspNetCore = model.Libraries.AspNetCore!;
        return symbol switch
        {
            IMethodSymbol method => model.Endpoints!.Controllers.Contain(method.ContainingType) || model.Endpoints.IsHandler(method),
            INamedTypeSymbol type => model.Endpoints!.Controllers.Contain(type) || type.IsOrDerivesFrom(aspNetCore.PageModel) || type.IsOrDerivesFrom(aspNetCore.Hub),
            _ => false,
        };
    }

    private static bool HasAttribute(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "EnableRateLimitingAttribute" } type && type.IsIn(AttributeNamespace))
                return true;
        }

        return false;
    }
}
