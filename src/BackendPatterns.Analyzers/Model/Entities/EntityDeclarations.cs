using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>What declarations alone tell about the EF model, without looking into a body: one walk over the types of this compilation and of the projects it references.</summary>
internal sealed class EntityDeclarations
{
    /// <summary>Libraries that build on EF Core and declare no entities of an application; their types need not be walked.</summary>
    private static readonly string[] LibraryPrefixes = ["Microsoft.", "System.", "Npgsql", "Pomelo.", "MySql.", "Oracle.", "AutoMapper", "EFCore.", "MassTransit", "Hangfire", "Z.EntityFramework"];

    private readonly EntityFrameworkCore _entityFramework;
    private readonly List<IMethodSymbol> _configurationMethods = [];

    private EntityDeclarations(EntityFrameworkCore entityFramework) => _entityFramework = entityFramework;

    /// <summary>The types that sets and configuration classes name.</summary>
    public HashSet<ITypeSymbol> Entities { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Those that a context or configuration class of this compilation names.</summary>
    public HashSet<ITypeSymbol> OwnEntities { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>The methods of this compilation that EF Core calls to configure the model: <c>OnModelCreating</c> of contexts and <c>Configure</c> of configuration classes.</summary>
    public ImmutableArray<IMethodSymbol> ConfigurationMethods => _configurationMethods.ToImmutableArray();

    public static EntityDeclarations In(BackendModel model)
    {
        var declarations = new EntityDeclarations(model.Libraries.EntityFrameworkCore!);
        if (model.Libraries.EntityFrameworkCore is null)
            return declarations;
        declarations.AddFrom(model.Compilation.Assembly, isSource: true);
        foreach (var assembly in model.Compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (UsesEntityFramework(assembly))
                declarations.AddFrom(assembly, isSource: false);
        }

        return declarations;
    }

    private static bool UsesEntityFramework(IAssemblySymbol assembly)
    {
        foreach (var prefix in LibraryPrefixes)
        {
            if (assembly.Name.StartsWith(prefix, StringComparison.Ordinal))
                return false;
        }

        foreach (var module in assembly.Modules)
        {
            foreach (var reference in module.ReferencedAssemblies)
            {
                if (reference.Name is "Microsoft.EntityFrameworkCore")
                    return true;
            }
        }

        return false;
    }

    private void AddFrom(IAssemblySymbol assembly, bool isSource)
    {
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(assembly.GlobalNamespace);
        while (pending.Count > 0)
        {
            foreach (var member in pending.Pop().GetMembers())
            {
                if (member is INamespaceSymbol space)
                    pending.Push(space);
                else if (member is INamedTypeSymbol { TypeKind: TypeKind.Class } type)
                    {
                    AddFrom(type, isSource);
                    if (!type.GetTypeMembers().IsEmpty)
                        pending.Push(type);
                }
            }
        }
    }

    private void AddFrom(INamedTypeSymbol type, bool isSource)
    {
        // Each type is asked about once, so there is nothing to remember.
        var isContext = type.IsOrDerivesFrom(_entityFramework.DbContext);
        if (isContext)
            AddSets(type, isSource);
        var isConfiguration = false;
        foreach (var contract in type.Interfaces)
            isConfiguration |= AddConfigured(contract, isSource);
        if (type.BaseType is { SpecialType: SpecialType.None } inherited)
        {
            foreach (var contract in inherited.AllInterfaces)
                isConfiguration |= AddConfigured(contract, isSource);
        }

        if (!isSource || !(isContext || isConfiguration))
            return;
        foreach (var member in type.GetMembers(isContext ? "OnModelCreating" : "Configure"))
        {
            if (member is IMethodSymbol method)
                _configurationMethods.Add(method);
        }
    }

    private bool AddConfigured(INamedTypeSymbol contract, bool isSource)
    {
        if (contract.Arity != 1 || !SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, _entityFramework.EntityTypeConfiguration))
            return false;
        if (contract.TypeArguments[0] is INamedTypeSymbol entity)
            Add(entity, isSource);
        return true;
    }

    private void Add(ITypeSymbol entity, bool isSource)
    {
        Entities.Add(entity);
        if (isSource)
            OwnEntities.Add(entity);
    }

    private void AddSets(INamedTypeSymbol context, bool isSource)
    {
        for (var type = context; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is IPropertySymbol { Type: INamedTypeSymbol { Arity: 1 } set } && _entityFramework.IsDbSet(set))
                    Add(set.TypeArguments[0], isSource);
            }
        }
    }
}
