using System.Collections.Immutable;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Architecture;

/// <summary>Base of the rules on what endpoints answer with: one report per action or <c>Map…</c> call.</summary>
public abstract class PayloadAnalyzer(DiagnosticDescriptor descriptor) : RuleAnalyzer(descriptor)
{
    protected sealed override void Register(RuleRegistration rule, BackendModel model)
    {
        var endpoints = model.Endpoints!;
        rule.OnOperationBlock(context =>
        {
            if (context.OwningSymbol is IMethodSymbol { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false } method
                && endpoints.Controllers.ContainOrServeAsBase(method.ContainingType) && endpoints.Controllers.IsAction(method) && !IsQueried(method)
                && endpoints.Payloads.Of(method, BodyIn(context)) is { IsEmpty: false } payloads
                && Find(rule, model, payloads, Once(() => endpoints.ActionOf(method, method.ContainingType))) is { } report)
            {
                context.ReportDiagnostic(report);
            }
        });
        rule.OnOperation(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (MappedEndpoints.IsMapName(call.TargetMethod.Name) && endpoints.IsMapCall(call) && PayloadsOf(call, model) is { IsEmpty: false } payloads
                    && Find(rule, model, payloads, Once(() => endpoints.MappedBy(call)!)) is { } report)
                {
                    context.ReportDiagnostic(report);
                }
            },
            OperationKind.Invocation);
    }

    /// <summary>Returns the report on an endpoint that answers with these values, or null. The endpoint is made when asked for.</summary>
    private protected abstract Diagnostic? Find(RuleRegistration rule, BackendModel model, ImmutableArray<Payload> payloads, Func<Endpoint> endpoint);

    /// <summary>Attributes have blocks as well.</summary>
    private static IOperation? BodyIn(OperationBlockAnalysisContext context)
    {
        foreach (var block in context.OperationBlocks)
        {
            if (block is IBlockOperation)
                return block;
        }

        return null;
    }

    /// <summary>Where a symbol is declared, as far as that is this project: a report cannot point elsewhere.</summary>
    private protected static IEnumerable<Location> PlacesOf(ISymbol symbol, RuleRegistration rule) =>
        symbol.Locations.Where(location => location.SourceTree is { } tree && rule.Compilation.ContainsSyntaxTree(tree));

    private static ImmutableArray<Payload> PayloadsOf(IInvocationOperation mapping, BackendModel model) => MappedEndpoints.HandlerOf(mapping) switch
    {
        IAnonymousFunctionOperation lambda => model.Endpoints!.Payloads.Of(lambda.Symbol, lambda.Body),
        IMethodReferenceOperation { Method: var method } => model.Endpoints!.Payloads.Of(method, model.BodyOf(method)),
        _ => ImmutableArray<Payload>.Empty,
    };

    private static Func<Endpoint> Once(Func<Endpoint> make)
    {
        Endpoint? made = null;
        return () => made ??= make();
    }

    /// <summary>OData and GraphQL let the client say which members it gets.</summary>
    private static bool IsQueried(IMethodSymbol action)
    {
        foreach (var attribute in action.GetAttributes())
        {
            if (attribute.AttributeClass?.Name is "EnableQueryAttribute" or "UseProjectionAttribute")
                return true;
        }

        return EntityBinding.IsOData(action.ContainingType) || action.ContainingType.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "EnableQueryAttribute");
    }
}
