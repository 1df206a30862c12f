using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Security;

/// <summary>BP4002: a GET endpoint says nothing about who may call it, while most of those beside it do.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP4002ReadWithoutAuthorizationAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP4002";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Read without authorization beside reads with it",
        messageFormat: "'{0}' answers GET requests from anyone, while {1} of the {2} GET endpoints beside it say who may call; require authorization or allow anonymous access explicitly",
        category: Category.Security,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "A GET endpoint has neither an authorization requirement nor an explicit permission for anonymous callers, although at least half of the other GET endpoints of its class or group have one.");

    protected override bool AppliesTo(BackendModel model) => model.Endpoints is not null && model.Libraries.AspNetCore?.AuthorizeData is not null;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        var endpoints = model.Endpoints!;
        rule.OnSymbol(context => AnalyzeController(context, rule, endpoints), SymbolKind.NamedType);
        rule.OnCalls(MappedEndpoints.Names, (context, call) => AnalyzeMapping(context, call, rule, endpoints));
    }

    private static void AnalyzeController(SymbolAnalysisContext context, RuleRegistration rule, EndpointModel endpoints)
    {
        var controller = (INamedTypeSymbol)context.Symbol;
        if (controller.TypeKind is not TypeKind.Class || !endpoints.Controllers.Contain(controller) || endpoints.Attributes.On(controller) is not AuthorizationStance.None)
            return;
        var reads = endpoints.Controllers.ActionsOf(controller).Where(action => IsRead(endpoints.Controllers.VerbsOf(action))).ToList();
        var withStance = reads.FindAll(action => IsStance(endpoints.StanceOf(action, controller)));
        if (!IsUsual(withStance.Count, reads.Count - 1))
            return;
        foreach (var action in reads)
        {
            if (SymbolEqualityComparer.Default.Equals(action.ContainingType, controller) && endpoints.StanceOf(action, controller) is AuthorizationStance.None
                && UnguardedEndpoints.Contain(endpoints.ActionOf(action, controller), controller.FirstPlace().SourceTree!, rule, endpoints))
            {
                context.ReportDiagnostic(rule.At(action.Locations[0], withStance.Select(static other => other.Locations[0]), properties: null, action.Name, withStance.Count, reads.Count - 1));
            }
        }
    }

    private static void AnalyzeMapping(OperationBlockAnalysisContext context, IInvocationOperation call, RuleRegistration rule, EndpointModel endpoints)
    {
        if (!endpoints.IsMapCall(call) || !IsRead(MappedEndpoints.VerbsOf(call))
            || context.OwningSymbol.ContainingType is not { } type || EndpointGroup.Of(call) is not { } group)
        {
            return;
        }

        var siblings = endpoints.MapCallsIn(type).Where(other => other.Syntax != call.Syntax && IsRead(MappedEndpoints.VerbsOf(other)) && group.Equals(EndpointGroup.Of(other))).ToList();
        if (siblings.Count < 2 || endpoints.MappedBy(call) is not { } endpoint || !UnguardedEndpoints.Contain(endpoint, call, rule, endpoints))
            return;
        var withStance = siblings.FindAll(other => IsStance(endpoints.MappedBy(other)!.Stance));
        if (IsUsual(withStance.Count, siblings.Count))
            context.ReportDiagnostic(rule.At(endpoint.Location, withStance.Select(MappedEndpoints.NameLocationOf), properties: null, endpoint.Name, withStance.Count, siblings.Count));
    }

    private static bool IsRead(HttpVerbs verbs) => (verbs & HttpVerbs.Get) != 0;

    private static bool IsStance(AuthorizationStance stance) => stance is AuthorizationStance.Authorized or AuthorizationStance.Anonymous;

    private static bool IsUsual(int withStance, int others) => withStance >= 2 && withStance * 2 >= others;
}
