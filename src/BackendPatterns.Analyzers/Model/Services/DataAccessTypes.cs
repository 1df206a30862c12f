using System.Collections.Concurrent;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Services;

/// <summary>
/// Which types give direct access to a database: contexts, sets, connections, what makes these, and interfaces through which sets or connections are reached.
/// </summary>
public sealed class DataAccessTypes
{
    private readonly BackendModel _model;
    private readonly ConcurrentDictionary<ITypeSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    internal DataAccessTypes(BackendModel model) => _model = model;

    /// <summary>True for such a type, and for a type parameter that is constrained to one.</summary>
    public bool Contain(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { SpecialType: not SpecialType.None } => false,
        INamedTypeSymbol named => _known.TryGetValue(named, out var known) ? known : _known.GetOrAdd(named, IsDataAccess(named)),
        ITypeParameterSymbol parameter => parameter.ConstraintTypes.Any(constraint => constraint is INamedTypeSymbol named && Contain(named)),
        _ => false,
    };

    private bool IsDataAccess(INamedTypeSymbol type)
    {
        if (_model.Libraries.AdoNet?.IsConnection(type) == true || IsConnectionSource(type))
            return true;
        if (_model.Libraries.EntityFrameworkCore is { } entityFramework
            && (entityFramework.IsDbContext(type) || entityFramework.IsDbSet(type) || type.IsOrImplements(entityFramework.ContextFactory)))
        {
            return true;
        }

        if (AuthorizationAttributes.IsFramework(type))
            return false;
        // A class that hands out connections may be a service that does more; one that is named so does not.
        return type.TypeKind is TypeKind.Interface
            ? ExposesAccess(type) || type.AllInterfaces.Any(contract => !AuthorizationAttributes.IsFramework(contract) && ExposesAccess(contract))
            : type.TypeKind is TypeKind.Class && type.Name.IndexOf("Connection", StringComparison.Ordinal) >= 0 && type.GetMembers().Any(ReturnsConnection);
    }

    /// <summary>What ADO.NET itself makes connections with: <c>DbDataSource</c> (<c>NpgsqlDataSource</c>) and <c>DbProviderFactory</c>.</summary>
    private static bool IsConnectionSource(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.Name is "DbDataSource" or "DbProviderFactory" && current.IsIn("System.Data.Common"))
                return true;
        }

        return false;
    }

    private bool ExposesAccess(INamedTypeSymbol contract)
    {
        foreach (var member in contract.GetMembers())
        {
            if (_model.Libraries.EntityFrameworkCore is { } entityFramework && entityFramework.IsDbSet(ResultOf(member)))
                return true;
            if (ReturnsConnection(member))
                return true;
        }

        return false;
    }

    private bool ReturnsConnection(ISymbol member) => _model.Libraries.AdoNet is { } adoNet && adoNet.IsConnection(ResultOf(member));

    private static ITypeSymbol? ResultOf(ISymbol member) => member switch
    {
        IPropertySymbol { DeclaredAccessibility: Accessibility.Public } property => property.Type,
        IMethodSymbol { DeclaredAccessibility: Accessibility.Public, MethodKind: MethodKind.Ordinary } method => method.ReturnType.UnwrapTask(),
        _ => null,
    };
}
