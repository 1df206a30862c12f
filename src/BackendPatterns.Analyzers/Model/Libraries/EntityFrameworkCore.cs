using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Libraries;

/// <summary>The types of EF Core.</summary>
public sealed class EntityFrameworkCore
{
    private readonly TypesBelow _contexts;
    private readonly TypesBelow _sets;

    private EntityFrameworkCore(Compilation compilation, INamedTypeSymbol dbContext, INamedTypeSymbol dbSet)
    {
        DbContext = dbContext;
        DbSet = dbSet;
        _contexts = new TypesBelow(dbContext);
        _sets = new TypesBelow(dbSet);
        QueryableExtensions = compilation.FindType("Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions");
        IncludableQueryable = compilation.FindType("Microsoft.EntityFrameworkCore.Query.IIncludableQueryable`2");
        ContextFactory = compilation.FindType("Microsoft.EntityFrameworkCore.IDbContextFactory`1");
        EntityTypeConfiguration = compilation.FindType("Microsoft.EntityFrameworkCore.IEntityTypeConfiguration`1");
    }

    public INamedTypeSymbol DbContext { get; }

    /// <summary><c>DbSet&lt;T&gt;</c>, unbound.</summary>
    public INamedTypeSymbol DbSet { get; }

    /// <summary>The static class of <c>ToListAsync</c>, <c>Include</c> and their like, or null in a partial reference set.</summary>
    public INamedTypeSymbol? QueryableExtensions { get; }

    /// <summary><c>IIncludableQueryable&lt;,&gt;</c>, or null.</summary>
    public INamedTypeSymbol? IncludableQueryable { get; }

    /// <summary><c>IDbContextFactory&lt;T&gt;</c>, or null (EF Core before 5).</summary>
    public INamedTypeSymbol? ContextFactory { get; }

    /// <summary><c>IEntityTypeConfiguration&lt;T&gt;</c>, or null.</summary>
    public INamedTypeSymbol? EntityTypeConfiguration { get; }

    /// <summary>Returns EF Core as this compilation sees it, or null where it is not referenced.</summary>
    public static EntityFrameworkCore? In(Compilation compilation) =>
        compilation.FindType("Microsoft.EntityFrameworkCore.DbContext") is { } context
        && compilation.FindType("Microsoft.EntityFrameworkCore.DbSet`1") is { } set
            ? new EntityFrameworkCore(compilation, context, set)
            : null;

    /// <summary>True for <c>DbContext</c> and types derived from it.</summary>
    public bool IsDbContext(ITypeSymbol? type) => _contexts.Contain(type);

    /// <summary>True for <c>DbSet&lt;T&gt;</c> and types derived from it.</summary>
    public bool IsDbSet(ITypeSymbol? type) => _sets.Contain(type);

    /// <summary>True for a type that only EF Core makes: a set, or the result of <c>Include</c>.</summary>
    public bool IsEntityQueryType(ITypeSymbol? type) =>
        IsDbSet(type) || (IncludableQueryable is not null && SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, IncludableQueryable));
}
