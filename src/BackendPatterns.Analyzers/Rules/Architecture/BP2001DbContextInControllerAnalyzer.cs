using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.Architecture;

/// <summary>BP2001: a controller, page model, hub or minimal API handler takes a database context or connection.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP2001DbContextInControllerAnalyzer() : EndpointDependencyAnalyzer(Descriptor)
{
    public const string Id = "BP2001";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Database context in an endpoint",
        messageFormat: "'{0}' takes '{1}'; move its data access into a service and take that instead",
        category: Category.Architecture,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Endpoints that query the database themselves cannot be tested or changed without it, and their queries cannot be reused. A service keeps HTTP and data access apart.");

    protected override bool IsForbidden(ITypeSymbol type, BackendModel model) => model.DataAccessTypes.Contain(type);
}
