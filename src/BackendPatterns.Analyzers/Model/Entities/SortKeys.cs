using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>What one order of a query sorts entities by: an <c>OrderBy</c> and the <c>ThenBy</c>s that follow it.</summary>
public sealed class SortKeys
{
    private const int MostKeys = 16;

    private readonly HashSet<string> _columns = new(StringComparer.Ordinal);
    private bool _areRarelyUnique = true;

    private SortKeys(IInvocationOperation last, EntityType entity)
    {
        Last = last;
        Entity = entity;
    }

    /// <summary>The last operator of the order.</summary>
    public IInvocationOperation Last { get; }

    /// <summary>The type of the rows.</summary>
    public EntityType Entity { get; }

    /// <summary>The columns of the entity itself that it sorts by.</summary>
    public IReadOnlyCollection<string> Columns => _columns;

    /// <summary>Returns what an operator that orders, together with those right before it, sorts by; null where a key cannot be read, or the rows are no entities with a known key.</summary>
    public static SortKeys? Of(IInvocationOperation last, BackendModel model)
    {
        if (last.Receiver()?.Type?.ElementTypeOfSequence() is not INamedTypeSymbol row || model.Entities.Find(row) is not { IsReadable: true, Key.IsEmpty: false } entity)
            return null;
        var keys = new SortKeys(last, entity);
        IOperation? current = last;
        for (var steps = 0; steps < MostKeys && current is IInvocationOperation call && (QueryOrder.Starts(call) || QueryOrder.Continues(call)); steps++)
        {
            if (call.Arguments.Length != 2 || !keys.Add(call))
                return null;
            if (QueryOrder.Starts(call))
                return keys;
            current = call.Receiver()?.Unwrap();
        }

        return null;
    }

    /// <summary>
    /// True where two rows may surely be equal in all of these keys, given columns that a filter holds fast; false where a key or unique index is among them or may be
    /// configured in another project.
    /// </summary>
    public bool MayTie(HashSet<string> fixedColumns, BackendModel model)
    {
        if (Covers(Entity.Key, fixedColumns))
            return false;
        foreach (var set in Entity.UniqueSets)
        {
            if (Covers(set, fixedColumns))
                return false;
        }

        return _areRarelyUnique || (model.Entities.IsConfiguredHere(Entity.Symbol) && _columns.All(IsDeclaredHere));

        // A base class from a library brings indexes with it: UserName of IdentityUser is unique.
        bool IsDeclaredHere(string column) => Entity.Member(column)?.Property.DeclaringSyntaxReferences.IsEmpty == false;
    }

    private bool Covers(ImmutableArray<string> set, HashSet<string> fixedColumns)
    {
        foreach (var column in set)
        {
            if (!_columns.Contains(column) && !fixedColumns.Contains(column))
                return false;
        }

        return true;
    }

    private bool Add(IInvocationOperation call)
    {
        if (call.ArgumentAt(1).AsLambda() is not { Body.Operations: [IReturnOperation { ReturnedValue: { } value }] } lambda)
            return false;
        var key = value.Unwrap();
        if (key is IPropertyReferenceOperation { Property: { Name: "Value", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }, Instance: { } nullable })
            key = nullable.Unwrap();
        if (key is IPropertyReferenceOperation { Instance: IParameterReferenceOperation parameter } column
            && SymbolEqualityComparer.Default.Equals(parameter.Parameter, lambda.Symbol.Parameters[0]) && Entity.Member(column.Property.Name) is { Kind: EntityMemberKind.Column })
        {
            _columns.Add(column.Property.Name);
            _areRarelyUnique &= IsRarelyUnique(column.Type!);
            return true;
        }

        return IsRarelyUnique(key.Type) && key is IPropertyReferenceOperation or IBinaryOperation or IUnaryOperation || IsAggregate(key);
    }

    /// <summary>Times, amounts, flags and states: nobody makes a unique index of them alone.</summary>
    private static bool IsRarelyUnique(ITypeSymbol? type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] })
            type = inner;
        return type is { TypeKind: TypeKind.Enum } or
        {
            SpecialType: SpecialType.System_DateTime or SpecialType.System_Boolean or SpecialType.System_Decimal or SpecialType.System_Double or SpecialType.System_Single,
        } || (type is { Name: "DateTimeOffset" or "DateOnly" or "TimeSpan" or "TimeOnly" } && type.IsIn("System"));
    }

    private static bool IsAggregate(IOperation key) =>
        key is IInvocationOperation { TargetMethod: { Name: "Count" or "LongCount" or "Any" or "Sum" or "Average", ContainingType.Name: "Enumerable" or "Queryable" } }
            or IPropertyReferenceOperation { Property.Name: "Count", Instance: IPropertyReferenceOperation };
}
