using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Services;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.Architecture;

/// <summary>BP2002: a controller, page model, hub or minimal API handler takes a repository past the service layer.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP2002RepositoryInControllerAnalyzer() : EndpointDependencyAnalyzer(Descriptor)
{
    public const string Id = "BP2002";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Repository in an endpoint",
        messageFormat: "'{0}' takes the {2} '{1}' past the service layer; move what it does with it into a service and take that instead",
        category: Category.Architecture,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Rules that belong to the application end up in endpoints when these load and store entities themselves, and every other caller has to repeat them.");

    protected override bool IsForbidden(ITypeSymbol type, BackendModel model) => model.Repositories.Contain(type) && !model.DataAccessTypes.Contain(type);

    protected override bool HasLayer(BackendModel model) => model.Services.Exists;

    protected override string RoleOf(ITypeSymbol type, BackendModel model) => model.Repositories.KindOf(type) is RepositoryKind.UnitOfWork ? "unit of work" : "repository";
}
