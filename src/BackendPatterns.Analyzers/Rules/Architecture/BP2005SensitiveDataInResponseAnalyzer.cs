using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.Architecture;

/// <summary>BP2005: what an endpoint answers with has a password hash, secret, token or key among its members.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP2005SensitiveDataInResponseAnalyzer() : PayloadAnalyzer(Descriptor)
{
    public const string Id = "BP2005";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Secret in a response",
        messageFormat: "'{0}' answers with '{1}' and hands out its '{2}'; leave it out with [JsonIgnore] or return a response record",
        category: Category.Architecture,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The type that an endpoint answers with has a public member that is named like a password, a password hash, a security stamp, a secret, a token or a key, and the serializer writes it.",
        customTags: Framework.Rule.Security);

    protected override bool AppliesTo(BackendModel model) => model.Endpoints is not null;

    protected override Finding? Find(RuleRegistration rule, BackendModel model, AnsweringEndpoint endpoint) =>
        HandedOutSecrets.Of(endpoint, model).FirstOrDefault() is { } secret
            ? rule.At(endpoint.Endpoint.Location, secret.Property.Places(), properties: null, endpoint.Endpoint.Name, secret.Holder.IsAnonymousType ? "an anonymous object" : secret.Holder.Name, secret.Property.Name)
            : null;
}
