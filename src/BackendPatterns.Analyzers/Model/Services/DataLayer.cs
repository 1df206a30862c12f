using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Services;

/// <summary>Which types load and store data, and which types others ask for it.</summary>
public sealed class DataLayer(BackendModel model)
{
    private const string Repository = "Repository";

    /// <summary>How many of the last parts of a namespace are read.</summary>
    private const int NamespaceParts = 2;

    private static readonly string[] Stores = ["Store", "Repo", "Dao", "DAO", "Dal", "DAL"];

    // A factory of repositories, the options of one, a query object next to one: none is a repository itself.
    private static readonly HashSet<string> OtherRoles = new(StringComparer.Ordinal)
    {
        "factory", "provider", "options", "settings", "extensions", "exception", "builder", "specification", "evaluator", "query", "queries", "result", "event", "attribute",
        "module", "installer", "configuration", "handler", "controller", "endpoint", "endpoints", "validator", "client", "context",
    };

    private static readonly HashSet<string> Namespaces = new(StringComparer.Ordinal)
    {
        "Data", "DataAccess", "Dal", "DAL", "Persistence", "Persistance", "Repositories", "Repository", "EntityFramework", "EntityFrameworkCore", "Specifications",
    };

    private static readonly ImmutableArray<ImmutableArray<string>> DataWork = ImmutableArray.Create(
        ImmutableArray.Create("seed"), ImmutableArray.Create("seeder"), ImmutableArray.Create("seeding"), ImmutableArray.Create("initializer"), ImmutableArray.Create("initialiser"),
        ImmutableArray.Create("migrator"), ImmutableArray.Create("migration"), ImmutableArray.Create("unit", "of", "work"), ImmutableArray.Create("specification"), ImmutableArray.Create("evaluator"));

    /// <summary>True for a class or interface that is named as a repository, store or data access object.</summary>
    public static bool IsRepository(ITypeSymbol type)
    {
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Interface))
            return false;
        var name = type.Name;
        foreach (var store in Stores)
        {
            if (name.EndsWith(store, StringComparison.Ordinal) && name.Length > store.Length)
                return true;
        }

        if (name.IndexOf(Repository, StringComparison.Ordinal) < 0)
            return false;
        var words = NameWords.Of(name);
        return words.Contains("repository") && !OtherRoles.Contains(words[words.Length - 1]);
    }

    /// <summary>True for a class or interface that is named as a service.</summary>
    public static bool IsService(ITypeSymbol type) =>
        type.TypeKind is TypeKind.Class or TypeKind.Interface
        && (type.Name.EndsWith("Service", StringComparison.Ordinal) || type.Name.EndsWith("ServiceBase", StringComparison.Ordinal));

    /// <summary>
    /// True for a type whose work is to load and store: a repository, a context, a unit of work, a seeder, a specification, and whatever else stands in a namespace of the data layer
    /// and is neither a service nor an endpoint. A nested type is part of the one around it.
    /// </summary>
    public bool Contains(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (IsRepository(current) || model.Libraries.EntityFrameworkCore?.IsDbContext(current) == true || DoesDataWork(current.Name) || model.Repositories.Contain(current))
                return true;
        }

        return !IsService(type) && model.Endpoints?.Dependencies.IsEndpointType(type) != true && IsNamespaceOfData(type.ContainingNamespace);
    }

    private static bool DoesDataWork(string name)
    {
        var words = NameWords.Of(name);
        foreach (var phrase in DataWork)
        {
            if (NameWords.Contain(words, phrase))
                return true;
        }

        return false;
    }

    private static bool IsNamespaceOfData(INamespaceSymbol? space)
    {
        for (var i = 0; i < NamespaceParts && space is { IsGlobalNamespace: false }; i++, space = space.ContainingNamespace)
        {
            if (Namespaces.Contains(space.Name))
                return true;
        }

        return false;
    }
}
