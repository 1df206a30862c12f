using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.ApiDesign;

/// <summary>BP3004: a POST endpoint creates something and answers 200 with it, without saying where it is.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP3004CreatedWithoutLocationAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP3004";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Created without location",
        messageFormat: "'{0}' creates '{1}' and answers 200; answer 201 with the address of what was created",
        category: Category.ApiDesign,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "201 Created with a Location header tells clients, caches and tools that there is something new and where, without knowledge of this API.");

    protected override bool AppliesTo(BackendModel model) => model.Endpoints is not null && model.Libraries.EntityFrameworkCore is not null;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        HandlerBody.OnEach(rule, model, static verbs => verbs is HttpVerbs.Post, (handler, report, cancellation) =>
        {
            if (BP3004CreatedAnswer.In(handler.Body, model, cancellation) is not { } answer)
                return;
            var endpoint = handler.EndpointIn(model.Endpoints!);
            if (endpoint.Kind is not EndpointKind.Page && !BP3004CreatedAnswer.IsCommand(endpoint))
                report(rule.At(answer.Value.Syntax.GetLocation(), answer.Payload.ReferencedSymbol()?.Locations, properties: null, endpoint.Name, answer.Created.Name));
        });
}
