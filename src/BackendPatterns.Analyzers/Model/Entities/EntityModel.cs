using BackendPatterns.Analyzers.Model.Libraries;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>The entity types that the contexts of this compilation, and of the projects it references, declare sets for.</summary>
public sealed class EntityModel
{
    private readonly BackendModel _model;
    private readonly Lazy<HashSet<ITypeSymbol>> _entities;

    internal EntityModel(BackendModel model)
    {
        _model = model;
        _entities = BackendModel.Once(FindEntities);
    }

    /// <summary>True for the element type of a <c>DbSet&lt;T&gt;</c> property of a context that this compilation can see.</summary>
    public bool IsEntity(ITypeSymbol type) => _entities.Value.Contains(type);

    private HashSet<ITypeSymbol> FindEntities()
    {
        var entities = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        if (_model.Libraries.EntityFrameworkCore is not { } entityFramework)
            return entities;
        AddFrom(_model.Compilation.Assembly.GlobalNamespace, entityFramework, entities);
        foreach (var assembly in _model.Compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (UsesEntityFramework(assembly))
                AddFrom(assembly.GlobalNamespace, entityFramework, entities);
        }

        return entities;
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

    private static void AddFrom(INamespaceSymbol start, EntityFrameworkCore entityFramework, HashSet<ITypeSymbol> entities)
    {
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(start);
        while (pending.Count > 0)
        {
            foreach (var member in pending.Pop().GetMembers())
            {
                if (member is INamespaceSymbol space)
                    pending.Push(space);
                else if (member is INamedTypeSymbol { TypeKind: TypeKind.Class } type && entityFramework.IsDbContext(type))
                    AddSets(type, entityFramework, entities);
            }
        }
    }

    private static void AddSets(INamedTypeSymbol context, EntityFrameworkCore entityFramework, HashSet<ITypeSymbol> entities)
    {
        for (var type = context; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is IPropertySymbol { Type: INamedTypeSymbol { Arity: 1 } set } && entityFramework.IsDbSet(set))
                    entities.Add(set.TypeArguments[0]);
            }
        }
    }
}
