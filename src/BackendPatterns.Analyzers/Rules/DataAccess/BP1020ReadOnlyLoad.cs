using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Flow.Rows;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>A load of tracked rows for a GET request that nothing changes or gives to the context. The analyzer and its fix ask the same question.</summary>
/// <param name="Load">The load.</param>
public sealed record BP1020ReadOnlyLoad(EntityLoad Load)
{
    /// <summary>Returns the load that an operation is, or null where its rows may have to be tracked, where another rule advises a projection, or where that is not known.</summary>
    public static BP1020ReadOnlyLoad? Of(IOperation operation, BackendModel model, CancellationToken cancellation)
    {
        if (model.Endpoints is null || EntityLoad.Of(operation, model) is not { } load || ContextSaves.AnyAround(operation))
            return null;
        if (LoadTracking.Of(load, model) is not { IsTracked: ContextAnswer.Yes, IsByDefault: true, Context: { Type: { } type } }
            || !model.Libraries.EntityFrameworkCore!.IsDbContext(type) || MayLoadLazily(load.Entity, type, model))
        {
            return null;
        }

        if (EagerLoading.Of(load.Source, model) is not { } loading || Revisits(loading, load.Entity, model))
            return null;
        if (TracksElsewhere(operation, model) || FixUp.IsChangedInSameMember(load.Query, load.Entity.Symbol, operation) || FixUp.MayMatter(load.Query, load.Entity.Symbol, operation, model))
            return null;
        if (WastedLoad.Of(operation, model) is not null || BP1010UnprojectedLoad.Of(operation, model, cancellation) is not null)
            return null;
        if (FillsOthers(load, loading, model))
            return null;
        return (IsOnlyRead(load, model, cancellation) || IsOnlyAnswered(load, model, cancellation)) && BP1020ReadRequests.AreAllThatRun(operation, model)
            ? new BP1020ReadOnlyLoad(load)
            : null;
    }

    private static bool IsOnlyRead(EntityLoad load, BackendModel model, CancellationToken cancellation)
    {
        var uses = RowUses.Of(load, model, cancellation);
        return uses.IsUnderstood && (uses.Columns.Count > 0 || uses.ReadsNavigations);
    }

    /// <summary>
    /// Rows that are the response itself. The serializer reads all of a row: navigations that other tracked rows fill would be part of the response, so there may be none.
    /// </summary>
    private static bool IsOnlyAnswered(EntityLoad load, BackendModel model, CancellationToken cancellation)
    {
        foreach (var member in load.Entity.Members)
        {
            if (member.IsNavigation)
                return false;
        }

        if (!BP1020ReadRequests.IsInHandler(load.Operation, model))
            return false;
        var uses = RowUses.Everywhere(load, load.Operation, model, cancellation);
        if (!uses.IsUnderstood || uses.EntersOtherMembers || uses.Escapes.Count == 0)
            return false;
        foreach (var (place, _) in uses.Escapes)
        {
            if (!IsAnswer(place, model))
                return false;
        }

        return true;
    }

    /// <summary><c>return rows;</c> of the endpoint, <c>Ok(rows)</c>, <c>TypedResults.Ok(rows)</c>.</summary>
    private static bool IsAnswer(IOperation place, BackendModel model)
    {
        while (place.Parent is IParenthesizedOperation || (place.Parent is IConversionOperation conversion && (conversion.OperatorMethod is null || IsFrameworks(conversion.Type))))
            place = place.Parent;
        return place.Parent switch
        {
            IReturnOperation answer => answer.EnclosingFunction() is not { } function || (function is IAnonymousFunctionOperation lambda && model.Endpoints!.MapCallOf(lambda) is not null),
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Ok" or "Json" } method } } => IsFrameworks(method.ContainingType),
            _ => false,
        };
    }

    private static bool IsFrameworks(ITypeSymbol? type) => type is not null && type.ContainingNamespace.IsBelow("Microsoft.AspNetCore");

    /// <summary>Rows that are not tracked load nothing later; where the context says nothing about it, that is not known.</summary>
    private static bool MayLoadLazily(EntityType entity, ITypeSymbol context, BackendModel model)
    {
        foreach (var member in entity.Members)
        {
            if (member.IsNavigation && model.Entities.LazyLoading.Of(member.Property, context) is not LazyLoadingState.Off)
                return true;
        }

        return false;
    }

    /// <summary>
    /// True where an include comes back to a type on its own path, or may: without tracking EF Core throws for cycles
    /// (https://learn.microsoft.com/ef/core/what-is-new/ef-core-3.x/breaking-changes, "no-tracking queries"). Navigations that the model includes are not followed.
    /// </summary>
    private static bool Revisits(EagerLoading loading, EntityType entity, BackendModel model)
    {
        if (IncludesByItself(entity))
            return true;
        foreach (var include in loading.Includes)
        {
            var current = entity;
            var seen = new List<INamedTypeSymbol> { entity.Symbol };
            foreach (var name in include.Path.Split('.'))
            {
                if (current.Member(name) is not { Target: INamedTypeSymbol target } || seen.Exists(type => type.IsOrDerivesFrom(target) || target.IsOrDerivesFrom(type)))
                    return true;
                current = model.Entities.Describe(target);
                if (IncludesByItself(current) || (loading.Context is { } context && MayLoadLazily(current, context, model)))
                    return true;
                seen.Add(target);
            }
        }

        return false;
    }

    /// <summary>
    /// True where the member loads other rows with a navigation that leads to these and that their own query does not include: tracked rows fill it, whoever reads it.
    /// </summary>
    private static bool FillsOthers(EntityLoad load, EagerLoading loading, BackendModel model)
    {
        List<INamedTypeSymbol>? own = null;
        foreach (var part in load.Operation.Root().Descendants())
        {
            if (part is not (IInvocationOperation or IForEachLoopOperation) || part.Syntax == load.Operation.Syntax || EntityLoad.Of(part, model) is not { } other)
                continue;
            if (EagerLoading.Of(other.Source, model) is not { } loaded)
                return true;
            own ??= TypesOf(load, loading, model).ConvertAll(static type => type.Entity.Symbol);
            foreach (var (path, entity) in TypesOf(other, loaded, model))
            {
                foreach (var member in entity.Members)
                {
                    if (member is { IsNavigation: true, Target: INamedTypeSymbol target } && !loaded.Paths.Contains(path + member.Name)
                        && own.Exists(type => type.IsOrDerivesFrom(target) || target.IsOrDerivesFrom(type)))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    /// <summary>The types of all rows that a load loads, with the path that leads to them.</summary>
    private static List<(string Path, EntityType Entity)> TypesOf(EntityLoad load, EagerLoading loading, BackendModel model)
    {
        var types = new List<(string, EntityType)> { ("", load.Entity) };
        foreach (var include in loading.Includes)
        {
            var (current, path) = (load.Entity, "");
            foreach (var name in include.Path.Split('.'))
            {
                if (current.Member(name) is not { Target: INamedTypeSymbol target })
                    break;
                (current, path) = (model.Entities.Describe(target), path + name + ".");
                types.Add((path, current));
            }
        }

        return types;
    }

    private static bool IncludesByItself(EntityType entity)
    {
        foreach (var member in entity.Members)
        {
            if (member.IsAutoIncluded)
                return true;
        }

        return false;
    }

    /// <summary>True where the member looks at what the context tracks, or gives it entities.</summary>
    private static bool TracksElsewhere(IOperation operation, BackendModel model)
    {
        var library = model.Libraries.EntityFrameworkCore!;
        foreach (var part in operation.Root().Descendants())
        {
            switch (part)
            {
                case IInvocationOperation { Instance.Type: { } type, TargetMethod.Name: not ("Set" or "AsQueryable" or "AsAsyncEnumerable" or "Dispose" or "DisposeAsync") } when library.IsDbContext(type) || library.IsDbSet(type):
                case IInvocationOperation { TargetMethod: { Name: "Load" or "LoadAsync", ContainingType.Name: "EntityFrameworkQueryableExtensions" } }:
                case IPropertyReferenceOperation { Property.Name: "ChangeTracker" or "Local", Instance.Type: { } owner } when library.IsDbContext(owner) || library.IsDbSet(owner):
                    return true;
            }
        }

        return false;
    }
}
