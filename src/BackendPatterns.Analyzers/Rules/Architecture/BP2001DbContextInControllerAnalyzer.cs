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
    protected override bool IsForbidden(ITypeSymbol type, BackendModel model) => IsDataAccess(type, model.Libraries);

    /// <summary>True for a context, a set, a context factory, a connection, and an interface through which sets can be reached.</summary>
    public static bool IsDataAccess(ITypeSymbol type, KnownLibraries libraries)
    {
        if (libraries.AdoNet?.IsConnection(type) == true)
            return true;
        return libraries.EntityFrameworkCore is { } entityFramework
            && (entityFramework.IsDbContext(type)
                || entityFramework.IsDbSet(type)
                || (type is INamedTypeSymbol { Name.Length: > 0 } && IsFactory(type, entityFramework))
                || (type.TypeKind is TypeKind.Interface && ExposesSets(type, entityFramework)));
    }

    private static bool IsFactory(ITypeSymbol type, EntityFrameworkCore entityFramework) =>
        entityFramework.ContextFactory is { } factory
        && (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, factory)
            || type.AllInterfaces.Any(contract => SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, factory)));

    private static bool ExposesSets(ITypeSymbol type, EntityFrameworkCore entityFramework)
    {
        if (HasSet(type, entityFramework))
            return true;
        foreach (var contract in type.AllInterfaces)
        {
            if (HasSet(contract, entityFramework))
                return true;
        }

        return false;
    }

    private static bool HasSet(ITypeSymbol type, EntityFrameworkCore entityFramework)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is IPropertySymbol { Type: var property } && entityFramework.IsDbSet(property))
                return true;
            if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary, ReturnType: var result } && entityFramework.IsDbSet(result))
                return true;
        }

        return false;
    }
}
