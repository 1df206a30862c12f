using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Model.Registrations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Security;

/// <summary>BP4007: passwords can be tried as often as one likes, in an application that limits other requests.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP4007CredentialEndpointUnlimitedAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP4007";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Credential endpoint without rate limit",
        messageFormat: "'{0}' takes credentials from anyone as often as they like; require a rate limiter policy",
        category: Category.Security,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "An endpoint that signs in, issues tokens or resets passwords has no rate limiter, although the application registers limiters and no failed attempt locks the account.");

    protected override bool AppliesTo(BackendModel model) => model.Endpoints is not null;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        var endpoints = model.Endpoints!;
        rule.OnSymbol(context => AnalyzeController(context, rule, endpoints, model), SymbolKind.NamedType);
        rule.OnCalls(MappedEndpoints.Names, (context, call) => AnalyzeMapping(context, call, rule, endpoints, model));
    }

    private static void AnalyzeController(SymbolAnalysisContext context, RuleRegistration rule, EndpointModel endpoints, BackendModel model)
    {
        var controller = (INamedTypeSymbol)context.Symbol;
        if (!endpoints.Controllers.Contain(controller))
            return;
        foreach (var action in endpoints.Controllers.ActionsOf(controller))
        {
            if ((endpoints.Controllers.VerbsOf(action) & HttpVerbs.Post) == 0 || !SymbolEqualityComparer.Default.Equals(action.ContainingType, controller))
                continue;
            var endpoint = endpoints.ActionOf(action, controller);
            if (endpoints.Credentials.Contain(endpoint, context.CancellationToken) && IsOpen(endpoint, endpoints, model) && !endpoints.Limited.MayCover(action, controller))
                context.ReportDiagnostic(rule.At(endpoint.Location, endpoint.Name));
        }
    }

    private static void AnalyzeMapping(OperationBlockAnalysisContext context, IInvocationOperation call, RuleRegistration rule, EndpointModel endpoints, BackendModel model)
    {
        if (!endpoints.IsMapCall(call) || (MappedEndpoints.VerbsOf(call) & HttpVerbs.Post) == 0)
            return;
        if (endpoints.MappedBy(call) is { Handler: { } handler } endpoint && endpoints.Credentials.Contain(endpoint, context.CancellationToken) && IsOpen(endpoint, endpoints, model)
            && !endpoints.Limited.MayCover(call, handler))
        {
            context.ReportDiagnostic(rule.At(endpoint.Location, endpoint.Name));
        }
    }

    // Who is signed in already has nothing to guess.
    private static bool IsOpen(Endpoint endpoint, EndpointModel endpoints, BackendModel model) =>
        model.Registrations.Register(NameKind.RateLimiterPolicy)
        && (endpoint.Stance is AuthorizationStance.Anonymous
            || (endpoint.Stance is AuthorizationStance.None && !endpoints.Authorization.HasFallback && !(endpoint.Kind is EndpointKind.Action && endpoints.Authorization.CoversControllers)));
}
