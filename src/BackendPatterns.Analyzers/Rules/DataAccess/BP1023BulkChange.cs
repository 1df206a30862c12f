using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>Rows that are loaded only to change or remove all of them in the same way; the analyzer and its fix ask the same question.</summary>
/// <param name="Query">The query of the rows.</param>
/// <param name="Entity">Their type.</param>
/// <param name="Assignments">What each row is given; empty where the rows are removed.</param>
/// <param name="Save">The call that saves.</param>
/// <param name="Statements">The statements that load, change and save, in order.</param>
/// <param name="Load">The name of what loads, as messages say it.</param>
/// <param name="Place">Where to report.</param>
public sealed record BP1023BulkChange(
    QueryChain Query, EntityType Entity, ImmutableArray<ISimpleAssignmentOperation> Assignments, IInvocationOperation Save, ImmutableArray<StatementSyntax> Statements, string Load, Location Place)
{
    private static readonly HashSet<string> PlainOperators = new(StringComparer.Ordinal) { "Where", "AsQueryable", "AsTracking", "IgnoreQueryFilters", "TagWith", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Include", "ThenInclude" };

    /// <summary>Returns the change that a save ends, or null where the rows are used otherwise, where more is saved, or where one command would not do the same.</summary>
    public static BP1023BulkChange? Of(IInvocationOperation save, BackendModel model)
    {
        if (save.TargetMethod.Name is not ("SaveChanges" or "SaveChangesAsync") || save.Instance is not { Type: { } contextType } context
            || model.Libraries.EntityFrameworkCore is not { } library || !library.IsDbContext(contextType)
            || save.WalkUpValue().Parent is not IExpressionStatementOperation { Parent: IBlockOperation block } statement)
        {
            return null;
        }

        var index = block.Operations.IndexOf(statement);
        if (index < 1 || PartsOf(block.Operations, index, context, model) is not { } parts || !HasBulkForm(parts.Assignments.IsEmpty, model))
            return null;
        var found = new BP1023BulkChange(
            parts.Query, parts.Entity, parts.Assignments, save,
            block.Operations.Skip(parts.First).Take(index - parts.First + 1).Select(static operation => operation.Syntax).OfType<StatementSyntax>().ToImmutableArray(), parts.Load, parts.Place);
        return found.IsPlain(context, model) ? found : null;
    }

    private sealed record Parts(QueryChain Query, EntityType Entity, ImmutableArray<ISimpleAssignmentOperation> Assignments, int First, string Load, Location Place);

    private static Parts? PartsOf(ImmutableArray<IOperation> statements, int save, IOperation context, BackendModel model)
    {
        var (sequence, assignments) = statements[save - 1] switch
        {
            IForEachLoopOperation loop => (loop.Collection, ChangesIn(loop, context)),
            IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod.Name: "RemoveRange", Arguments: [{ Value: var rows }] } call } when IsOn(call, context) => (rows, ImmutableArray<ISimpleAssignmentOperation>.Empty),
            _ => (null, default),
        };
        if (sequence is null || assignments.IsDefault)
            return null;
        var first = save - 1;
        sequence = sequence.Unwrap();
        if (sequence is ILocalReferenceOperation local)
        {
            var values = LocalValues.Around(local);
            if (save < 2 || values.OnlyValueOf(local.Local) is not { } value || values.ReferencesTo(local.Local).Count != 1
                || statements[save - 2] is not IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [{ Symbol: var declared }] }] } || !SymbolEqualityComparer.Default.Equals(declared, local.Local))
            {
                return null;
            }

            first--;
            sequence = value;
        }

        if (LoadOf(sequence, statements[save - 1], model) is not var (query, entity, name, place))
            return null;
        return new Parts(query, entity, assignments, first, name, place);
    }

    private static (QueryChain Query, EntityType Entity, string Name, Location Place)? LoadOf(IOperation sequence, IOperation user, BackendModel model)
    {
        var loaded = sequence.UnwrapAwait();
        var load = EntityLoad.Of(user is IForEachLoopOperation loop && ReferenceEquals(loop.Collection.UnwrapAwait(), loaded) && model.Libraries.Linq.IsQueryable(loaded.Type) ? loop : loaded, model);
        if (load is { IsSingleRow: false, Name: "ToList" or "ToListAsync" or "ToArray" or "ToArrayAsync" or "foreach" })
            return (load.Query, load.Entity, load.Name, load.Place);
        // RemoveRange enumerates the query that it is given.
        if (load is null && user is IExpressionStatementOperation { Operation: IInvocationOperation remove } && model.Libraries.Linq.IsQueryable(loaded.Type)
            && model.DataAccess.QueryOf(loaded) is { Provider: QueryProvider.EntityFrameworkCore, SourceElementType: INamedTypeSymbol row } query
            && SymbolEqualityComparer.Default.Equals(loaded.Type.ElementTypeOfSequence(), row) && model.Entities.Find(row) is { } entity)
        {
            return (query, entity, remove.TargetMethod.Name, ((InvocationExpressionSyntax)remove.Syntax).Expression is MemberAccessExpressionSyntax access ? access.Name.GetLocation() : remove.Syntax.GetLocation());
        }

        return null;
    }

    /// <summary>Returns what a loop assigns to its row; empty where it only removes the row, default where it does anything else.</summary>
    private static ImmutableArray<ISimpleAssignmentOperation> ChangesIn(IForEachLoopOperation loop, IOperation context)
    {
        if (loop.Locals is not [var row])
            return default;
        var body = loop.Body is IBlockOperation block ? block.Operations : ImmutableArray.Create(loop.Body);
        if (body is [IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod.Name: "Remove", Arguments: [{ Value: var removed }] } call }] && IsOn(call, context) && IsRow(removed, row))
            return ImmutableArray<ISimpleAssignmentOperation>.Empty;
        var assignments = ImmutableArray.CreateBuilder<ISimpleAssignmentOperation>();
        foreach (var statement in body)
        {
            if (statement is not IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } instance }, Value: var value } assignment }
                || !IsRow(instance, row) || !IsSameForAll(value))
            {
                return default;
            }

            assignments.Add(assignment);
        }

        return assignments.Count == 0 ? default : assignments.ToImmutable();
    }

    private static bool IsRow(IOperation value, ILocalSymbol row) => value.Unwrap() is ILocalReferenceOperation local && SymbolEqualityComparer.Default.Equals(local.Local, row);

    /// <summary>A constant, or a variable that the loop cannot change.</summary>
    private static bool IsSameForAll(IOperation value)
    {
        value = value.Unwrap();
        return value.ConstantValue.HasValue || value is IParameterReferenceOperation or IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } or IDefaultValueOperation
            || (value is ILocalReferenceOperation { Local: var local } reference && HasOneValue(local, reference))
            || (value is IPropertyReferenceOperation { Instance: IParameterReferenceOperation, Property: { SetMethod: not null } or { ContainingType.IsRecord: true } });
    }

    private static bool HasOneValue(ILocalSymbol local, ILocalReferenceOperation place) => LocalValues.Around(place).OnlyValueOf(local) is not null;

    private static bool IsOn(IInvocationOperation call, IOperation context)
    {
        var receiver = call.Instance?.Unwrap();
        var owner = receiver switch
        {
            IPropertyReferenceOperation { Instance: { } instance } set when set.Type is { Name: "DbSet" } => instance,
            IInvocationOperation { TargetMethod.Name: "Set", Instance: { } instance } => instance,
            _ => receiver,
        };
        return IsSame(owner, context);
    }

    private static bool IsSame(IOperation? one, IOperation other) => one.ReferencedSymbol() is { } symbol && SymbolEqualityComparer.Default.Equals(symbol, other.ReferencedSymbol());

    private static bool HasBulkForm(bool removes, BackendModel model)
    {
        var name = removes ? "ExecuteDelete" : "ExecuteUpdate";
        return model.Libraries.EntityFrameworkCore?.QueryableExtensions is { } type
            && (!type.GetMembers(name).IsEmpty || model.Compilation.FindType("Microsoft.EntityFrameworkCore.RelationalQueryableExtensions")?.GetMembers(name).IsEmpty == false);
    }

    private bool IsPlain(IOperation context, BackendModel model)
    {
        if (!Query.IsComplete || !Query.Operators.All(static call => PlainOperators.Contains(call.TargetMethod.Name)) || !IsSetOf(context) || !Entity.IsReadable || IsInherited(model))
            return false;
        if (Assignments.IsEmpty && (Query.Has("Include") || SaveHooks.CascadeOnClient(model) || model.Entities.HasQueryFilters))
            return false;
        return Assignments.All(IsColumn) && Assignments.Select(static assignment => ((IPropertyReferenceOperation)assignment.Target).Property.Name).Distinct().Count() == Assignments.Length
            && !SaveHooks.RunOnSave(context.Type!, model) && !SaveHooks.CheckConcurrency(Entity, model) && !SavesMore(context);
    }

    private bool IsSetOf(IOperation context) => Query.Source.Unwrap() switch
    {
        IPropertyReferenceOperation { Instance: { } instance } => IsSame(instance, context),
        IInvocationOperation { TargetMethod.Name: "Set", Arguments.IsEmpty: true, Instance: { } instance } => IsSame(instance, context),
        _ => false,
    };

    /// <summary>Types that share or split tables are not all supported by the bulk methods.</summary>
    private bool IsInherited(BackendModel model)
    {
        if (Entity.Symbol.BaseType is { } parent && model.Entities.IsEntity(parent))
            return true;
        return Entity.Members.Any(static member => member.Kind is EntityMemberKind.Owned or EntityMemberKind.Json);
    }

    private bool IsColumn(ISimpleAssignmentOperation assignment)
    {
        var property = ((IPropertyReferenceOperation)assignment.Target).Property;
        return Entity.Member(property.Name) is { Kind: EntityMemberKind.Column } && !Entity.Key.Contains(property.Name) && IsAutoProperty(property);
    }

    /// <summary>A setter with a body may raise an event or change other columns.</summary>
    private static bool IsAutoProperty(IPropertySymbol property) =>
        property.SetMethod is { DeclaringSyntaxReferences: var references } && references.All(static reference => reference.GetSyntax() is AccessorDeclarationSyntax { Body: null, ExpressionBody: null });

    /// <summary>Anything else that the context is used for before may be waiting for this save.</summary>
    private bool SavesMore(IOperation context)
    {
        var first = Statements[0].SpanStart;
        var last = Statements[^1].Span.End;
        foreach (var operation in Save.Root().DescendantsAndSelf())
        {
            if (!ReferenceEquals(operation, context) && operation.ReferencedSymbol() is { } symbol && SymbolEqualityComparer.Default.Equals(symbol, context.ReferencedSymbol())
                && !(operation.Syntax.SpanStart >= first && operation.Syntax.SpanStart < last) && operation.Syntax.SpanStart < last && operation is not IVariableDeclaratorOperation)
            {
                return true;
            }
        }

        return false;
    }
}
