using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Security;

/// <summary>BP4001: an endpoint that changes state says nothing about who may call it, in an application that uses authorization.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP4001MissingAuthorizationAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP4001";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Endpoint without authorization",
        messageFormat: "'{0}' answers {1} requests from anyone; require authorization or allow anonymous access explicitly",
        category: Category.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "An endpoint that answers POST, PUT, PATCH or DELETE, or a method of a hub, has neither an authorization requirement nor an explicit permission for anonymous callers, although the application uses authorization and has no fallback policy.");

    protected override bool AppliesTo(BackendModel model) => model.Endpoints is not null && model.Libraries.AspNetCore?.AuthorizeData is not null;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        var endpoints = model.Endpoints!;
        rule.OnSymbol(context => AnalyzeType(context, rule, endpoints), SymbolKind.NamedType);
        rule.OnCalls(MappedEndpoints.Names, (context, call) => AnalyzeMapping(context, call, rule, endpoints));
    }

    private static void AnalyzeType(SymbolAnalysisContext context, RuleRegistration rule, EndpointModel endpoints)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind is not TypeKind.Class)
            return;
        if (endpoints.Pages.AreModelledBy(type))
            AnalyzePage(context, type, rule, endpoints);
        else if (endpoints.MappedTypes.IsHub(type))
            AnalyzeHub(context, type, rule, endpoints);
        else if (endpoints.Controllers.Contain(type))
            AnalyzeController(context, type, rule, endpoints);
    }

    private static void AnalyzeController(SymbolAnalysisContext context, INamedTypeSymbol controller, RuleRegistration rule, EndpointModel endpoints)
    {
        List<Endpoint>? inherited = null;
        foreach (var action in endpoints.Controllers.ActionsOf(controller))
        {
            var verbs = endpoints.Controllers.VerbsOf(action);
            if (!verbs.ChangeState() || endpoints.StanceOf(action, controller) is not AuthorizationStance.None
                || endpoints.ActionOf(action, controller) is var endpoint && !UnguardedEndpoints.Contain(endpoint, controller.FirstPlace().SourceTree!, rule, endpoints))
            {
                continue;
            }

            if (SymbolEqualityComparer.Default.Equals(action.ContainingType, controller))
                context.ReportDiagnostic(rule.At(action.Locations[0], action.Name, NameOf(verbs)));
            else if (!endpoints.Controllers.Contain(action.ContainingType))
                (inherited ??= []).Add(endpoint);
        }

        // Actions of a base class that is no controller itself are open or closed by the controller that inherits them.
        if (inherited is not null)
            context.ReportDiagnostic(rule.At(controller.FirstPlace(), PlacesOf(inherited), properties: null, NamesOf(inherited), VerbsOf(inherited)));
    }

    // Attributes on handlers have no effect, so the handlers of a page are open or closed together.
    private static void AnalyzePage(SymbolAnalysisContext context, INamedTypeSymbol page, RuleRegistration rule, EndpointModel endpoints)
    {
        if (!endpoints.Pages.Conventions.AreMapped || endpoints.Pages.StanceOf(page) is not AuthorizationStance.None)
            return;
        var open = endpoints.Pages.HandlersOf(page).Select(handler => endpoints.Pages.HandlerOf(handler, page))
            .Where(handler => handler.ChangesState && UnguardedEndpoints.Contain(handler, page.FirstPlace().SourceTree!, rule, endpoints)).ToList();
        if (open.Count == 0)
            return;
        var own = open.Find(handler => SymbolEqualityComparer.Default.Equals(handler.Handler!.ContainingType, page));
        context.ReportDiagnostic(rule.At(own?.Location ?? page.FirstPlace(), PlacesOf(open.Where(handler => handler != own)), properties: null, NamesOf(open), VerbsOf(open)));
    }

    // A hub without any stance is one mistake: whoever connects may call every method.
    private static void AnalyzeHub(SymbolAnalysisContext context, INamedTypeSymbol hub, RuleRegistration rule, EndpointModel endpoints)
    {
        if (!endpoints.MappedTypes.AreMapped(hub))
            return;
        var methods = endpoints.MappedTypes.MethodsOf(hub).Select(method => endpoints.MappedTypes.MethodOf(method, hub)).ToList();
        var open = methods.FindAll(method => UnguardedEndpoints.Contain(method, hub.FirstPlace().SourceTree!, rule, endpoints));
        var isWhole = methods.TrueForAll(static method => method.Stance is AuthorizationStance.None);
        if (isWhole && open.Count > 0)
            context.ReportDiagnostic(rule.At(hub.FirstPlace(), PlacesOf(open), properties: null, NamesOf(open), "SignalR"));
        foreach (var method in open)
        {
            if (!isWhole && SymbolEqualityComparer.Default.Equals(method.Handler!.ContainingType, hub))
                context.ReportDiagnostic(rule.At(method.Location, method.Name, "SignalR"));
        }
    }

    private static void AnalyzeMapping(OperationBlockAnalysisContext context, IInvocationOperation call, RuleRegistration rule, EndpointModel endpoints)
    {
        if (!endpoints.IsMapCall(call) || !MappedEndpoints.VerbsOf(call).ChangeState())
            return;
        if (endpoints.MappedBy(call) is { } endpoint && UnguardedEndpoints.Contain(endpoint, call, rule, endpoints))
            context.ReportDiagnostic(rule.At(endpoint.Location, endpoint.Name, NameOf(endpoint.Verbs)));
    }

    private static IEnumerable<Location> PlacesOf(IEnumerable<Endpoint> open) => open.Select(static endpoint => endpoint.Location);

    private static string NamesOf(IEnumerable<Endpoint> open) => string.Join("', '", open.Select(static endpoint => endpoint.Name).Distinct().OrderBy(static name => name, StringComparer.Ordinal));

    private static string VerbsOf(IEnumerable<Endpoint> open) => NameOf(open.Aggregate(HttpVerbs.Unknown, static (verbs, endpoint) => verbs | endpoint.Verbs));

    private static string NameOf(HttpVerbs verbs) => (verbs & ~(HttpVerbs.Head | HttpVerbs.Options | HttpVerbs.Other)).ToString().ToUpperInvariant();
}
