using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.ApiDesign;

/// <summary>The code that answers the requests of one endpoint.</summary>
/// <param name="Method">The action, the page handler, the mapped method, or the symbol of the mapped lambda.</param>
/// <param name="Body">What runs.</param>
/// <param name="Verbs">The HTTP methods it answers; unknown for an action without a verb attribute.</param>
/// <param name="Place">The action's name or the <c>Map…</c> name.</param>
/// <param name="Mapping">The <c>Map…</c> call, or null for an action or page handler.</param>
internal sealed record HandlerBody(IMethodSymbol Method, IOperation Body, HttpVerbs Verbs, Location Place, IInvocationOperation? Mapping)
{
    /// <summary>Calls <paramref name="action"/> for every endpoint whose HTTP methods pass, with what reports a diagnostic and the token.</summary>
    public static void OnEach(
        RuleRegistration rule, BackendModel model, Func<HttpVerbs, bool> passes, Action<HandlerBody, Action<Finding>, CancellationToken> action)
    {
        rule.OnOperationBlock(context =>
        {
            if (OfMember(context, model, passes) is { } handler)
                action(handler, finding => context.ReportDiagnostic(finding), context.CancellationToken);
        });
        rule.OnCalls(MappedEndpoints.Names, (context, call) =>
        {
            if (model.Endpoints!.IsMapCall(call) && passes(MappedEndpoints.VerbsOf(call)) && OfMapping(call, model, context.CancellationToken) is { } handler)
                action(handler, finding => context.ReportDiagnostic(finding), context.CancellationToken);
        });
    }

    /// <summary>Returns the handler that a <c>Map…</c> call maps, or null where its body is not in this compilation.</summary>
    public static HandlerBody? OfMapping(IInvocationOperation call, BackendModel model, CancellationToken cancellation) =>
        MappedEndpoints.FunctionOf(call) is { } handler && MappedEndpoints.BodyOf(call, model, cancellation) is { } body
            ? new HandlerBody(handler, body, MappedEndpoints.VerbsOf(call), MappedEndpoints.NameLocationOf(call), call)
            : null;

    /// <summary>Returns the endpoint as its attributes, routes and names describe it.</summary>
    public Endpoint EndpointIn(EndpointModel endpoints) =>
        Mapping is not null ? endpoints.MappedBy(Mapping)!
        : endpoints.Pages.AreModelledBy(Method.ContainingType) ? endpoints.Pages.HandlerOf(Method, Method.ContainingType)
        : endpoints.ActionOf(Method, Method.ContainingType);

    private static HandlerBody? OfMember(OperationBlockAnalysisContext context, BackendModel model, Func<HttpVerbs, bool> passes)
    {
        if (context.OwningSymbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false, ContainingType: { TypeKind: TypeKind.Class } type } method)
            return null;
        var endpoints = model.Endpoints!;
        HttpVerbs verbs;
        if (type.IsOrDerivesFrom(model.Libraries.AspNetCore!.PageModel))
        {
            verbs = RazorPages.VerbsOf(method);
            if (verbs is HttpVerbs.Unknown || !passes(verbs) || !RazorPages.IsHandler(method))
                return null;
        }
        else if (!endpoints.Controllers.ContainOrServeAsBase(type) || !passes(verbs = endpoints.Controllers.VerbsOf(method)) || !endpoints.Controllers.ActionsOf(type).Contains(method, SymbolEqualityComparer.Default))
        {
            return null;
        }

        return context.Body() is { } body ? new HandlerBody(method, body, verbs, method.Locations[0], Mapping: null) : null;
    }
}
