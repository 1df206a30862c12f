using System.Collections.Immutable;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>What declarations alone tell about the EF model, without looking into a body: one walk over the types of this compilation and of the projects it references.</summary>
internal sealed class EntityDeclarations
{
    private static readonly HashSet<string> Builders = new(StringComparer.Ordinal)
    {
        "ModelBuilder", "EntityTypeBuilder", "OwnedNavigationBuilder", "ComplexPropertyBuilder",
    };

    private readonly EntityFrameworkCore _entityFramework;
    private readonly List<IMethodSymbol> _configurationMethods = [];

    private EntityDeclarations(EntityFrameworkCore entityFramework) => _entityFramework = entityFramework;

    /// <summary>The types that sets and configuration classes name.</summary>
    public HashSet<ITypeSymbol> Entities { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>The methods of this compilation that take a model or entity builder: <c>OnModelCreating</c>, <c>Configure</c>, and what they call.</summary>
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
        if (assembly.Name.StartsWith("Microsoft.", StringComparison.Ordinal))
            return false;
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
        if (_entityFramework.IsDbContext(type))
            AddSets(type);
        foreach (var contract in type.Interfaces)
            AddConfigured(contract);
        if (type.BaseType is { Arity: > 0 } generic)
        {
            foreach (var contract in generic.AllInterfaces)
                AddConfigured(contract);
        }

        if (!isSource)
            return;
        foreach (var member in type.GetMembers())
        {
            if (member is IMethodSymbol { Parameters.IsEmpty: false } method && TakesBuilder(method))
                _configurationMethods.Add(method);
        }
    }

    private void AddConfigured(INamedTypeSymbol contract)
    {
        if (contract.Arity == 1 && SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, _entityFramework.EntityTypeConfiguration)
            && contract.TypeArguments[0] is INamedTypeSymbol entity)
        {
            Entities.Add(entity);
        }
    }

    private static bool TakesBuilder(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (Builders.Contains(parameter.Type.Name) && parameter.Type.ContainingNamespace.IsBelow("Microsoft.EntityFrameworkCore"))
            {
                foreach (var location in method.Locations)
                {
                    if (location.SourceTree is { } tree && AnalysisScope.Covers(tree))
                        return true;
                }
            }
        }

        return false;
    }

    private void AddSets(INamedTypeSymbol context)
    {
        for (var type = context; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is IPropertySymbol { Type: INamedTypeSymbol { Arity: 1 } set } && _entityFramework.IsDbSet(set))
                    Entities.Add(set.TypeArguments[0]);
            }
        }
    }
}
