using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.ApiDesign;

/// <summary>BP3001: an endpoint that answers GET requests writes to the database.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP3001GetChangesStateAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP3001";

    private const HttpVerbs Reading = HttpVerbs.Get | HttpVerbs.Head | HttpVerbs.Options;

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "GET endpoint changes state",
        messageFormat: "'{0}' answers GET requests and writes to the database through '{1}'; let it answer POST, PUT or DELETE",
        category: Category.ApiDesign,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "GET is safe by definition: browsers prefetch it, crawlers and link scanners follow it, proxies cache and repeat it, and a page of another site can cause it. Something that changes data has to be asked for with another method.");

    protected override bool AppliesTo(BackendModel model) =>
        model.Endpoints is not null && (model.Libraries.EntityFrameworkCore is not null || model.Libraries.AdoNet is not null);

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        HandlerBody.OnEach(rule, model, static verbs => (verbs & HttpVerbs.Get) != 0 && (verbs & ~Reading) == 0, (handler, report, cancellation) =>
        {
            if (BP3001StateChange.In(handler, model, cancellation) is not { } change)
                return;
            var endpoint = handler.EndpointIn(model.Endpoints!);
            if (!BP3001MeantLinks.Include(endpoint))
                report(rule.At(handler.Place, change.Places, properties: null, endpoint.Name, change.Name));
        });
}
