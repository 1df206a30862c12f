using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>The item of one turn: a variable, or an element of the list that a counter runs through.</summary>
/// <param name="Name">The name for the item where the keys are collected.</param>
/// <param name="Variable">The loop variable or lambda parameter; of a counted loop the local that holds the element, or null.</param>
/// <param name="List">The list of a counted loop, or null.</param>
/// <param name="Counter">The counter of a counted loop, or null.</param>
public sealed record BatchItem(string Name, ISymbol? Variable, ISymbol? List = null, ISymbol? Counter = null)
{
    /// <summary>True for an expression that is the item itself.</summary>
    public bool Is(IOperation? value) => value?.Unwrap() switch
    {
        ILocalReferenceOperation { Local: var local } => SymbolEqualityComparer.Default.Equals(local, Variable),
        IParameterReferenceOperation { Parameter: var parameter } => SymbolEqualityComparer.Default.Equals(parameter, Variable),
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } list, Arguments: [{ Value: var index }] } => IsElement(list, index),
        IArrayElementReferenceOperation { ArrayReference: var list, Indices: [var index] } => IsElement(list, index),
        _ => false,
    };

    /// <summary>The type of the items, or null where it is not known.</summary>
    public ITypeSymbol? TypeIn(BatchLoop loop) => loop.Sequence.Items.Type.ElementTypeOfSequence();

    /// <summary>True where the key is a part of the item, so that reading it needs an item.</summary>
    public bool IsPartOf(IOperation key) => !Is(key);

    /// <summary>
    /// Returns the key as the item, a plain part of it, or a local that holds one of these; null for what a getter computes and for what
    /// the loop changes.
    /// </summary>
    public IOperation? KeyOf(IOperation key, IOperation body)
    {
        for (var steps = 0; steps < 4; steps++)
        {
            key = key.Unwrap();
            if (Is(key))
                return key;
            switch (key)
            {
                case IPropertyReferenceOperation { Property: { Name: "Value", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }, Instance: { } nullable }:
                    key = nullable;
                    break;
                case ILocalReferenceOperation { Local: var local } reference
                    when LocalValues.Around(reference).OnlyValueOf(local)?.Unwrap() is { } value && value.IsWithin(body)
                         && SymbolEqualityComparer.Default.Equals(value.Type, local.Type):
                    key = value;
                    break;
                case IPropertyReferenceOperation { Property: var property, Instance: var instance }:
                    return Is(instance) && IsPlain(property) && !body.Assigns(property) ? key : null;
                case IFieldReferenceOperation { Field: var field, Instance: var instance }:
                    return Is(instance) && !field.IsVolatile && !body.Assigns(field) ? key : null;
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>The key of an item that is null cannot be collected: the loop asks before it reads the key.</summary>
    public bool MayBeNull(BatchLoop loop)
    {
        var places = loop.Operation.DescendantsAndSelf()
            .Where(static operation => operation is ILocalReferenceOperation or IParameterReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation);
        return IsAnnotated(loop) || places.Where(Is).Any(IsAskedForNull);
    }

    private bool IsAnnotated(BatchLoop loop) =>
        loop.Sequence.Items.Type.ElementTypeOfSequence() is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated }
        && Variable is null or ILocalSymbol { NullableAnnotation: NullableAnnotation.Annotated } or IParameterSymbol { NullableAnnotation: NullableAnnotation.Annotated };

    private static bool IsAskedForNull(IOperation item) =>
        item.Parent is IIsPatternOperation or IConditionalAccessOperation or ICoalesceOperation
        || (item.WalkUpValue().Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison
            && (comparison.LeftOperand.IsNull() || comparison.RightOperand.IsNull()));

    private bool IsElement(IOperation list, IOperation index) =>
        List is not null && SymbolEqualityComparer.Default.Equals(list.ReferencedSymbol(), List)
            && list.Type is IArrayTypeSymbol or INamedTypeSymbol { Arity: 1 }
            && index.Unwrap() is ILocalReferenceOperation { Local: var counter } && SymbolEqualityComparer.Default.Equals(counter, Counter);

    /// <summary>A property that stores a value: reading it earlier gives the same.</summary>
    public static bool IsPlain(IPropertySymbol property)
    {
        if (property.ContainingType.IsAnonymousType || IsPlainInLibrary(property))
            return true;
        foreach (var declaration in property.DeclaringSyntaxReferences)
        {
            switch (declaration.GetSyntax())
            {
                case ParameterSyntax:
                case PropertyDeclarationSyntax { ExpressionBody: null, AccessorList.Accessors: var accessors }
                    when accessors.All(static accessor => accessor is { Body: null, ExpressionBody: null }):
                    return !property.IsAbstract && property.ContainingType.TypeKind is not TypeKind.Interface;
            }
        }

        return false;
    }

    private static bool IsPlainInLibrary(IPropertySymbol property) => property.ContainingType.OriginalDefinition switch
    {
        { Name: "KeyValuePair", Arity: 2 } type => type.IsIn("System.Collections.Generic"),
        // Of the groups that Enumerable makes; another implementation is hardly ever written.
        { Name: "IGrouping", Arity: 2 } type => property.Name is "Key" && type.IsIn("System.Linq"),
        _ => false,
    };
}
