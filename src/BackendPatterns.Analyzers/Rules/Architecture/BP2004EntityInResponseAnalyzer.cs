using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.Architecture;

/// <summary>BP2004: an endpoint answers with an entity.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP2004EntityInResponseAnalyzer() : PayloadAnalyzer(Descriptor)
{
    public const string Id = "BP2004";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Endpoint returns an entity",
        messageFormat: "'{0}' answers with the entity '{1}', so that every change of the table changes the API; return a response record",
        category: Category.Architecture,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "An entity is the payload of an endpoint. Columns that are added later are published with it, and loaded relations make the answer large or circular.");

    protected override bool AppliesTo(BackendModel model) => model is { Endpoints: not null, Libraries.EntityFrameworkCore: not null };

    protected override Finding? Find(RuleRegistration rule, BackendModel model, AnsweringEndpoint endpoint) =>
        EntityOf(endpoint, model) is { } entity ? rule.At(endpoint.Endpoint.Location, entity.Places(), properties: null, endpoint.Endpoint.Name, entity.Name) : null;

    /// <summary>Returns the entity that an endpoint answers with, or null. One mistake, one report: an endpoint that hands out a secret is BP2005.</summary>
    public static INamedTypeSymbol? EntityOf(AnsweringEndpoint endpoint, BackendModel model)
    {
        foreach (var payload in endpoint.Payloads)
        {
            if (PayloadEntities.In(payload.Type, model) is { } entity)
                return HandedOutSecrets.Of(endpoint, model).Any() ? null : entity;
        }

        return null;
    }
}
