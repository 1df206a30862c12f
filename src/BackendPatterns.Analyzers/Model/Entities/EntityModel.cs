using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Model.Entities.Retrying;
using BackendPatterns.Analyzers.Model.Libraries;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>The entity types that the contexts of this compilation, and of the projects it references, declare, and how they are mapped.</summary>
public sealed class EntityModel
{
    private readonly BackendModel _model;
    private readonly Lazy<EntityDeclarations> _declarations;
    private readonly Lazy<FluentConfiguration> _configuration;
    private readonly Lazy<ContextOptions> _contexts;
    private readonly Lazy<RetryingContexts> _retrying;
    private readonly ConcurrentDictionary<INamedTypeSymbol, EntityType> _types = new(SymbolEqualityComparer.Default);

    private readonly ConditionalWeakTable<IOperation, StrongBox<EntityLoad?>> _loads = new();

    internal EntityModel(BackendModel model)
    {
        _model = model;
        LazyLoading = new LazyLoading(model);
        _declarations = BackendModel.Once(() => EntityDeclarations.In(model));
        _contexts = BackendModel.Once(() => ContextOptions.In(model));
        _retrying = BackendModel.Once(() => RetryingContexts.In(model));
        _configuration = BackendModel.Once(() => FluentConfiguration.Read(model, _declarations.Value.ConfigurationMethods));
    }

    /// <summary>
    /// True for the element type of a <c>DbSet&lt;T&gt;</c> property of a context that this compilation can see, and for a type with an <c>IEntityTypeConfiguration&lt;T&gt;</c>.
    /// </summary>
    public bool IsEntity(ITypeSymbol type) => _declarations.Value.Entities.Contains(type);

    /// <summary>Returns how an entity type is mapped, or null for a type that is no entity as far as this compilation can see.</summary>
    public EntityType? Find(ITypeSymbol type) =>
        type is INamedTypeSymbol named && (IsEntity(named) || _configuration.Value.Declares(named)) ? Describe(named) : null;

    /// <summary>Returns how a type is mapped if it is an entity: for a type that is known to be one otherwise, such as the element of a set or the target of a navigation.</summary>
    public EntityType Describe(INamedTypeSymbol type) => _types.GetOrAdd(type, DescribeNew);

    /// <summary>True where no two rows of the entity can have the same value of this property: primary key, alternate key or unique index. False where that is not known.</summary>
    public bool IsUniqueKey(ITypeSymbol entity, IPropertySymbol property) => Find(entity)?.IsUnique(property.Name) == true;

    /// <summary>Whether reading a navigation that is not loaded runs a query.</summary>
    public LazyLoading LazyLoading { get; }

    /// <summary>How contexts are configured to execute their queries.</summary>
    public ContextOptions Contexts => _contexts.Value;

    /// <summary>Which contexts repeat commands that fail.</summary>
    public RetryingContexts RetryingContexts => _retrying.Value;

    /// <summary>
    /// True for an entity of a context that this compilation declares, so that its configuration is in source here too; false where it may be configured in another project.
    /// </summary>
    public bool IsConfiguredHere(ITypeSymbol type) => _declarations.Value.OwnEntities.Contains(type) || _configuration.Value.Declares(type);

    /// <summary>True where the configuration in this compilation has a global query filter (<c>HasQueryFilter</c>). Filters that a referenced project configures are not seen.</summary>
    public bool HasQueryFilters => _configuration.Value.HasQueryFilters;

    /// <summary>
    /// Returns what an operation that has the shape of a load of these rows loads. Several rules ask about one load, and what they derive from it is kept with the answer
    /// (<see cref="Flow.Rows.RowUses.Of"/>), so it is always the same object.
    /// </summary>
    internal EntityLoad? LoadOf(IOperation operation, INamedTypeSymbol row)
    {
        if (_loads.TryGetValue(operation, out var known))
            return known.Value;
        var answer = new StrongBox<EntityLoad?>(EntityLoad.Compute(operation, row, _model));
        return _loads.GetValue(operation, _ => answer).Value;
    }

    private EntityType DescribeNew(INamedTypeSymbol type) => new EntityTypeReader(_configuration.Value, IsEntity).Read(type);
}
