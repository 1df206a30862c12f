using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
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
        description: "An endpoint that answers POST, PUT, PATCH or DELETE has neither an authorization requirement nor an explicit permission for anonymous callers, although the application uses authorization and has no fallback policy.");

    protected override bool AppliesTo(BackendModel model) => model.Endpoints is not null && model.Libraries.AspNetCore?.AuthorizeData is not null;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        var endpoints = model.Endpoints!;
        rule.OnSymbol(context => AnalyzeController(context, rule, endpoints), SymbolKind.NamedType);
        rule.OnOperation(context => AnalyzeMapping(context, rule, endpoints), OperationKind.Invocation);
    }

    private static void AnalyzeController(SymbolAnalysisContext context, RuleRegistration rule, EndpointModel endpoints)
    {
        var controller = (INamedTypeSymbol)context.Symbol;
        if (!endpoints.Controllers.Contain(controller))
            return;
        List<string>? inherited = null;
        var inheritedVerbs = HttpVerbs.Unknown;
        foreach (var action in endpoints.Controllers.ActionsOf(controller))
        {
            var verbs = endpoints.Controllers.VerbsOf(action);
            if (!verbs.ChangeState() || endpoints.StanceOf(action, controller) is not AuthorizationStance.None || !IsOpen(endpoints.ActionOf(action, controller), controller.Locations[0].SourceTree!, rule, endpoints))
                continue;
            if (SymbolEqualityComparer.Default.Equals(action.ContainingType, controller))
                context.ReportDiagnostic(rule.At(action.Locations[0], action.Name, NameOf(verbs)));
            else if (!endpoints.Controllers.Contain(action.ContainingType))
            {
                (inherited ??= []).Add(action.Name);
                inheritedVerbs |= verbs;
            }
        }

        // Actions of a base class that is no controller itself are open or closed by the controller that inherits them.
        if (inherited is not null)
            context.ReportDiagnostic(rule.At(controller.Locations[0], string.Join("', '", inherited.OrderBy(static name => name, StringComparer.Ordinal)), NameOf(inheritedVerbs)));
    }

    private static void AnalyzeMapping(OperationAnalysisContext context, RuleRegistration rule, EndpointModel endpoints)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!MappedEndpoints.IsMapName(call.TargetMethod.Name) || !endpoints.IsMapCall(call) || !MappedEndpoints.VerbsOf(call).ChangeState())
            return;
        if (endpoints.MappedBy(call) is { } endpoint && IsOpen(endpoint, call.Syntax.SyntaxTree, rule, endpoints) && !ChecksItself(call, endpoints))
            context.ReportDiagnostic(rule.At(endpoint.Location, endpoint.Name, NameOf(endpoint.Verbs)));
    }

    private static bool IsOpen(Endpoint endpoint, SyntaxTree tree, RuleRegistration rule, EndpointModel endpoints)
    {
        if (endpoint.Stance is not AuthorizationStance.None || EndpointNames.SayAnonymous(endpoint, rule.Options, tree))
            return false;
        var app = endpoints.Authorization;
        var isHostKnown = endpoint.Kind is EndpointKind.Mapped ? app.HasHost : app.MapsControllers;
        if (!isHostKnown || app.HasFallback || (endpoint.Kind is EndpointKind.Action && app.CoversControllers) || !app.IsUsed || app.HasAuthorizingMiddleware)
            return false;
        return endpoint.Kind is not EndpointKind.Action || !endpoints.Checks.MayAuthorize(endpoint.Handler!);
    }

    private static string NameOf(HttpVerbs verbs) => (verbs & ~(HttpVerbs.Head | HttpVerbs.Options | HttpVerbs.Other)).ToString().ToUpperInvariant();

    private static bool ChecksItself(IInvocationOperation call, EndpointModel endpoints) => MappedEndpoints.HandlerOf(call) switch
    {
        IAnonymousFunctionOperation lambda => endpoints.Checks.MayAuthorize(lambda),
        IMethodReferenceOperation reference => endpoints.Checks.MayAuthorize(reference.Method),
        _ => true,
    };
}
