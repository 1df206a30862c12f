using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>How the items of a loop can be looked at before it runs.</summary>
public enum SequenceUse
{
    /// <summary>A list in a variable: name it twice.</summary>
    AsIs,

    /// <summary>A list that an expression makes: give it a name.</summary>
    Named,

    /// <summary>A lazy sequence: put it into a list.</summary>
    Materialized,

    /// <summary>A query: load it.</summary>
    Loaded,
}

/// <summary>The <c>foreach</c> around a query, and the key that it takes from each item.</summary>
/// <param name="Loop">The loop.</param>
/// <param name="Syntax">The loop's statement, which stands in a block.</param>
/// <param name="Variable">The loop variable.</param>
/// <param name="ItemKey">The key as an expression over the loop variable.</param>
/// <param name="Use">How the sequence is looked at before the loop.</param>
public sealed record BatchLoop(IForEachLoopOperation Loop, ForEachStatementSyntax Syntax, ILocalSymbol Variable, IOperation ItemKey, SequenceUse Use)
{
    /// <summary>
    /// Returns the loop, or null where the query is not directly in a <c>foreach</c>, or its keys cannot be collected before the loop
    /// without changing anything.
    /// </summary>
    public static BatchLoop? Around(BatchQuery query, BackendModel model)
    {
        if (Loops.Enclosing(query.Call) is not [{ Operation: IForEachLoopOperation { IsAsynchronous: false, Locals: [var variable], Syntax: ForEachStatementSyntax { Parent: BlockSyntax } syntax } loop }, ..])
            return null;
        if (query.Call.IsWithin(loop.Collection) || IsGuardedByTry(query.Call, loop) || HasYield(loop) || !IsElement(loop, variable))
            return null;
        if (KeyOf(query.ItemKey, variable, loop) is not { } key || UseOf(loop, model) is not { } use || (key is IPropertyReferenceOperation && MayBeNull(variable, loop)))
            return null;
        return new BatchLoop(loop, syntax, variable, key, use);
    }

    /// <summary>An exception of the query is handled per item there; before the loop nobody would handle it.</summary>
    private static bool IsGuardedByTry(IOperation call, IOperation loop)
    {
        for (var current = call.Parent; current is not null && current != loop; current = current.Parent)
        {
            if (current is ITryOperation)
                return true;
        }

        return false;
    }

    /// <summary>The key of an item that is null cannot be collected: the loop asks before it reads the key.</summary>
    private static bool MayBeNull(ILocalSymbol item, IForEachLoopOperation loop) =>
        (item.NullableAnnotation is NullableAnnotation.Annotated && item.Type.IsReferenceType && loop.Collection.Unwrap().Type.ElementTypeOfSequence()?.NullableAnnotation is NullableAnnotation.Annotated)
        || LocalValues.Around(loop).ReferencesTo(item).Any(reference => reference.Parent is IIsPatternOperation or IConditionalAccessOperation or ICoalesceOperation
            || (reference.WalkUpValue().Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison
                && (comparison.LeftOperand.IsNull() || comparison.RightOperand.IsNull())));

    private static bool HasYield(IOperation loop) =>
        loop.DescendantsAndSelf().Any(operation => operation.Kind is OperationKind.YieldReturn or OperationKind.YieldBreak);

    private static bool IsElement(IForEachLoopOperation loop, ILocalSymbol variable) =>
        loop.Collection.Unwrap().Type.ElementTypeOfSequence() is { } element
            && SymbolEqualityComparer.Default.Equals(element, variable.Type);

    /// <summary>
    /// The item, a plain property of it, or a local that holds one of these; nothing that a getter computes or that the loop changes.
    /// </summary>
    private static IOperation? KeyOf(IOperation key, ILocalSymbol variable, IForEachLoopOperation loop)
    {
        if (key is IPropertyReferenceOperation { Property: { Name: "Value", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }, Instance: { } nullable })
            return KeyOf(nullable.Unwrap(), variable, loop);
        if (key is ILocalReferenceOperation { Local: var local } reference)
        {
            if (SymbolEqualityComparer.Default.Equals(local, variable))
                return key;
            return LocalValues.Around(reference).OnlyValueOf(local)?.Unwrap() is IPropertyReferenceOperation value
                   && value.IsWithin(loop.Body) && SymbolEqualityComparer.Default.Equals(value.Type, local.Type)
                ? KeyOf(value, variable, loop)
                : null;
        }

        return key is IPropertyReferenceOperation { Property: var property, Instance: ILocalReferenceOperation { Local: var item } }
               && SymbolEqualityComparer.Default.Equals(item, variable) && IsPlain(property) && !loop.Body.Assigns(property)
            ? key
            : null;
    }

    private static bool IsPlain(IPropertySymbol property)
    {
        if (property.ContainingType.IsAnonymousType)
            return true;
        foreach (var declaration in property.DeclaringSyntaxReferences)
        {
            switch (declaration.GetSyntax())
            {
                case ParameterSyntax:
                case PropertyDeclarationSyntax { ExpressionBody: null, AccessorList.Accessors: var accessors } when accessors.All(accessor => accessor is { Body: null, ExpressionBody: null }):
                    return !property.IsAbstract && property.ContainingType.TypeKind is not TypeKind.Interface;
            }
        }

        return false;
    }

    private static SequenceUse? UseOf(IForEachLoopOperation loop, BackendModel model)
    {
        if (model.DataAccess.Classify(loop) is not null)
            return SequenceUse.Loaded;
        var sequence = loop.Collection.Unwrap();
        if (IsList(sequence.Type))
        {
            return sequence switch
            {
                ILocalReferenceOperation or IParameterReferenceOperation => SequenceUse.AsIs,
                IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation } => SequenceUse.AsIs,
                IPropertyReferenceOperation { Property: var property, Instance: null or IInstanceReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation }
                    when IsPlain(property) => SequenceUse.AsIs,
                _ => SequenceUse.Named,
            };
        }

        // A lazy sequence may never end; a loop that stops early then depends on that.
        return model.Libraries.Linq.IsQueryable(sequence.Type) || LeavesEarly(loop) ? null : SequenceUse.Materialized;
    }

    private static bool LeavesEarly(IForEachLoopOperation loop) => Exits.Of(loop).Any();

    private static bool IsList(ITypeSymbol? type) =>
        type is IArrayTypeSymbol || (type is not null && type.AllInterfaces.Append(type as INamedTypeSymbol).Any(contract => contract is
        {
            Name: "ICollection" or "IReadOnlyCollection", Arity: 1, ContainingNamespace.Name: "Generic",
        }));
}
