using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.ApiDesign;

/// <summary>BP3003: a PUT endpoint takes one id from the route and another one from the body, and never compares them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP3003RouteIdNotComparedAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP3003";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Id of the route and of the body are not compared",
        messageFormat: "'{0}' takes '{1}' from the route and '{2}' from the body without comparing them; refuse a request in which they differ",
        category: Category.ApiDesign,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "Where a request may name one resource in its route and another one in its body, checks of the one do not hold for the other, and logs, caches and authorization by route see a change of something else.");

    protected override bool AppliesTo(BackendModel model) => model.Endpoints is not null;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        HandlerBody.OnEach(rule, model, static verbs => verbs is HttpVerbs.Put, (handler, report, cancellation) =>
        {
            if (BP3003TwoIds.Of(handler.Method, handler.Body, model, cancellation) is not { } ids || !HasInRoute(handler, ids, model))
                return;
            var name = handler.Mapping is null ? handler.Method.Name : handler.EndpointIn(model.Endpoints!).Name;
            report(rule.At(handler.Place, [ids.Use.Syntax.GetLocation()], properties: null, name, ids.Route.Name, ids.Body.Name + "." + ids.Property.Name));
        });

    private static bool HasInRoute(HandlerBody handler, BP3003TwoIds ids, BackendModel model)
    {
        if (handler.EndpointIn(model.Endpoints!).Route is not { } route)
            return false;
        foreach (var segment in route.Split('/'))
        {
            var name = segment.TrimStart('{', '*').TrimEnd('}').Split(':', '?', '=')[0];
            if (segment.StartsWith("{", StringComparison.Ordinal) && segment.EndsWith("}", StringComparison.Ordinal) && string.Equals(name, ids.Route.Name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
