using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>The comparisons of a query's predicates that all must hold, one of them with the item of the loop.</summary>
/// <param name="Comparison">The comparison with the item.</param>
/// <param name="RowKey">The property of the row that it compares.</param>
/// <param name="ItemKey">What it compares the property with.</param>
/// <param name="Columns">Every property of the row that the predicates compare for equality with something that is not the row.</param>
public sealed record BatchKeyEquality(BinaryExpressionSyntax Comparison, IPropertySymbol RowKey, IOperation ItemKey, ImmutableArray<IPropertySymbol> Columns)
{
    /// <summary>
    /// Returns the comparisons, or null where none or more than one of them depends on the turn of the loop; outside a loop, where none or
    /// more than one of them, that with the primary key first, depends on anything. Where the query stands in a method that is called per item, the one that
    /// depends on the turn is that with <paramref name="varying"/>, a parameter of the method.
    /// </summary>
    public static BatchKeyEquality? In(
        IEnumerable<IAnonymousFunctionOperation> predicates, IOperation query, INamedTypeSymbol row, BackendModel model, IParameterSymbol? varying = null)
    {
        var comparisons = predicates.SelectMany(Conjuncts).Select(KeyComparison).OfType<(IBinaryOperation Equality, IPropertyReferenceOperation Row, IOperation Value)>().ToList();
        var found = varying is not null ? comparisons.Where(comparison => Is(comparison.Value, varying)).ToList()
            : Loops.Enclosing(query) is [var repetition, ..] ? comparisons.Where(comparison => Varies(comparison.Value, query, repetition)).ToList()
            : comparisons.Where(static comparison => !comparison.Value.ConstantValue.HasValue).ToList();
        if (found.Count > 1 && Loops.Enclosing(query).IsEmpty && model.Entities.Describe(row) is { IsReadable: true, Key: [var key] })
            found.RemoveAll(comparison => comparison.Row.Property.Name != key);
        return found is [var (equality, member, value)] && equality.Syntax is BinaryExpressionSyntax syntax
            ? new BatchKeyEquality(syntax, member.Property, value, comparisons.Select(comparison => comparison.Row.Property).ToImmutableArray())
            : null;
    }

    /// <summary>True where the compared properties contain a key of the entity: there is at most one row per item.</summary>
    public bool FindsOneRow(INamedTypeSymbol row, BackendModel model)
    {
        var description = model.Entities.Describe(row);
        if (!description.IsReadable)
            return false;
        var names = new HashSet<string>(Columns.Select(column => column.Name), StringComparer.Ordinal);
        if (!description.Key.IsEmpty && description.Key.All(names.Contains))
            return true;
        // A unique index may hold many rows with null in one of its columns.
        return description.UniqueSets.Any(set => set.Length > 0 && set.All(names.Contains) && set.All(name => description.Member(name)?.Property is { } property && !MayBeNull(property)));
    }

    /// <summary>
    /// Numbers, GUIDs and enums of one and the same type. Text is compared by the database's collation, which C# does not know; two
    /// nullable sides match null with null.
    /// </summary>
    public static bool IsComparable(ITypeSymbol row, ITypeSymbol? item)
    {
        if (item is null || !SymbolEqualityComparer.Default.Equals(row.WithoutNullable(), item.WithoutNullable()) || (row.IsNullableValue() && item.IsNullableValue()))
            return false;
        var key = row.WithoutNullable();
        return key.TypeKind is TypeKind.Enum
               || key.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Int16
               || (key.Name is "Guid" && key.IsIn("System"));
    }

    /// <summary>Returns the place of the only value that is this parameter, or -1.</summary>
    public static int OnlyVarying(IReadOnlyList<IOperation> values, IParameterSymbol varying)
    {
        var places = Enumerable.Range(0, values.Count).Where(i => Is(values[i], varying)).ToList();
        return places is [var only] ? only : -1;
    }

    /// <summary>Returns the place of the only value that depends on the turn of the loop, or -1.</summary>
    public static int OnlyVarying(IReadOnlyList<IOperation> values, IOperation query)
    {
        if (Loops.Enclosing(query) is not [var repetition, ..])
            return -1;
        var varying = Enumerable.Range(0, values.Count).Where(i => Varies(values[i], query, repetition)).ToList();
        return varying is [var only] ? only : -1;
    }

    private static bool Is(IOperation value, IParameterSymbol parameter) =>
        value.Unwrap() is IParameterReferenceOperation { Parameter: var named } && SymbolEqualityComparer.Default.Equals(named, parameter);

    private static bool MayBeNull(IPropertySymbol property) =>
        property.Type.IsValueType ? property.Type.IsNullableValue() : property.Type.NullableAnnotation is not NullableAnnotation.NotAnnotated;

    /// <summary>A variable of the loop is mentioned: its item, its counter, or a local of its body.</summary>
    private static bool Varies(IOperation value, IOperation query, Repetition repetition)
    {
        foreach (var operation in value.DescendantsAndSelf())
        {
            if (operation is ILocalReferenceOperation or IParameterReferenceOperation
                && operation.ReferencedSymbol()?.DeclaringSyntaxReferences is [var declaration] && declaration.SyntaxTree == query.Syntax.SyntaxTree
                && repetition.Operation.Syntax.Span.Contains(declaration.Span) && !query.Syntax.Span.Contains(declaration.Span))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<IOperation> Conjuncts(IAnonymousFunctionOperation lambda)
    {
        if (lambda.Body.Operations is not [IReturnOperation { ReturnedValue: { } condition }])
            yield break;
        var pending = new Stack<IOperation>();
        pending.Push(condition.Unwrap());
        while (pending.Count > 0)
        {
            var current = pending.Pop();
            if (current is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both)
            {
                pending.Push(both.RightOperand.Unwrap());
                pending.Push(both.LeftOperand.Unwrap());
            }
            else
            {
                yield return current;
            }
        }
    }

    private static (IBinaryOperation, IPropertyReferenceOperation, IOperation)? KeyComparison(IOperation conjunct)
    {
        if (conjunct is not IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equality)
            return null;
        var left = equality.LeftOperand.Unwrap();
        var right = equality.RightOperand.Unwrap();
        return (IsRowMember(left), IsRowMember(right)) switch
        {
            (true, false) => (equality, (IPropertyReferenceOperation)left, right),
            (false, true) => (equality, (IPropertyReferenceOperation)right, left),
            _ => null,
        };
    }

    private static bool IsRowMember(IOperation operation) =>
        operation is IPropertyReferenceOperation { Instance: IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.LambdaMethod } } parameter }
        && parameter.Parameter.ContainingSymbol is IMethodSymbol lambda && IsTranslated(operation, lambda);

    /// <summary>The parameter belongs to a lambda of the query, not to one that runs per item.</summary>
    private static bool IsTranslated(IOperation operation, IMethodSymbol lambda)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation function && SymbolEqualityComparer.Default.Equals(function.Symbol, lambda))
                return Loops.IsTranslated(function);
        }

        return false;
    }
}
