using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Services;

/// <summary>What the implementation of a type is seen to do when its public methods are called.</summary>
internal enum SeenWork
{
    /// <summary>No implementation is visible, or nothing that is known leaves the process.</summary>
    Nothing,

    /// <summary>At least one method reads or writes a database or a cache server.</summary>
    Storage,

    /// <summary>Methods call other applications, and none reaches storage.</summary>
    Remote,

    /// <summary>It works through several repositories and has no data access of its own.</summary>
    Coordination,
}

/// <summary>What types do, through the call engine: implementations in source and what referenced projects state.</summary>
internal sealed class RepositoryWork(BackendModel model, Func<ITypeSymbol, bool> isNamedRepository)
{
    /// <summary>Returns what the public methods of a class or interface do.</summary>
    public SeenWork Of(INamedTypeSymbol type)
    {
        if (ImplementationOf(type) is { } implementation && Coordinates(implementation))
            return SeenWork.Coordination;
        var isRemote = false;
        foreach (var method in MethodsOf(type))
        {
            if (model.Calls.Reaches(method, RoundTripKind.DatabaseRead) || model.Calls.Reaches(method, RoundTripKind.DatabaseWrite) || model.Calls.Reaches(method, RoundTripKind.Cache))
                return SeenWork.Storage;
            isRemote |= model.Calls.Reaches(method, RoundTripKind.Remote);
        }

        return isRemote ? SeenWork.Remote : SeenWork.Nothing;
    }

    /// <summary>True where the bodies of a type can be read, or another project has stated what they do.</summary>
    public bool IsVisible(INamedTypeSymbol type)
    {
        foreach (var method in MethodsOf(type))
            return !model.Calls.BodiesOf(method).IsEmpty || model.Calls.Facts.HasLookedAt(method);
        return false;
    }

    private INamedTypeSymbol? ImplementationOf(INamedTypeSymbol type)
    {
        if (type.TypeKind is TypeKind.Class)
            return type;
        foreach (var method in MethodsOf(type))
            return model.Calls.BodiesOf(method) is [{ ContainingType: { TypeKind: TypeKind.Class } only }] ? only : null;
        return null;
    }

    private bool Coordinates(INamedTypeSymbol implementation)
    {
        var repositories = 0;
        foreach (var constructor in implementation.InstanceConstructors)
        {
            foreach (var parameter in constructor.Parameters)
            {
                if (model.DataAccessTypes.Contain(parameter.Type))
                    return false;
                // A decorator takes what it implements.
                if (isNamedRepository(parameter.Type) && !implementation.AllInterfaces.Contains(parameter.Type, SymbolEqualityComparer.Default))
                    repositories++;
            }
        }

        return repositories > 1;
    }

    private static IEnumerable<IMethodSymbol> MethodsOf(INamedTypeSymbol type)
    {
        var members = type.TypeKind is TypeKind.Interface ? type.AllInterfaces.SelectMany(static contract => contract.GetMembers()).Concat(type.GetMembers()) : MembersInBases(type);
        foreach (var member in members)
        {
            if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsImplicitlyDeclared: false } method)
                yield return method;
        }
    }

    private static IEnumerable<ISymbol> MembersInBases(INamedTypeSymbol type)
    {
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
                yield return member;
        }
    }
}
