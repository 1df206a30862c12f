using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>
/// The item is itself a collection and reaches the query as a whole: <c>Chunk</c>, a slice, the rows of a group in <c>Contains</c>. A group that is
/// used only through its key is one more way to write one query per element.
/// </summary>
public static class Batch
{
    private const int MostSteps = 16;

    private static readonly HashSet<string> Slicing = new(StringComparer.Ordinal) { "Skip", "Take", "GetRange", "Slice", "AsSpan", "SubArray", "Chunk" };

    public static bool Is(Repetition repetition, IOperation call, ValueFlow element)
    {
        if (call is IMethodReferenceOperation { Method.Parameters: [{ Type: var item }, ..] } && repetition.Kind is RepetitionKind.PerItemCall)
            return IsCollection(item);
        var pending = new Queue<IOperation>();
        pending.Enqueue(call);
        for (var queries = 0; pending.Count > 0 && queries < MostSteps; queries++)
        {
            foreach (var operation in pending.Dequeue().DescendantsAndSelf())
            {
                // What is converted is looked at below: a query that ToList takes as IEnumerable is still a query.
                if (operation is IConversionOperation || operation.Type is not { } type)
                    continue;
                if (IsCollection(type) && IsUsedAsAWhole(operation, call) && IsItemItself(operation, repetition, element))
                    return true;
                // A query that was narrowed, or a text that names the items, before it is executed.
                if (operation is ILocalReferenceOperation { Local: var local } && (IsQuery(type) || type.SpecialType is SpecialType.System_String) && element.Carries(local))
                    EnqueueValues(LocalValues.Around(operation).WritesTo(local), pending);
            }
        }

        return false;
    }

    private static void EnqueueValues(IReadOnlyList<IOperation?> values, Queue<IOperation> pending)
    {
        foreach (var value in values)
        {
            if (value is not null)
                pending.Enqueue(value);
        }
    }

    private static bool IsCollection(ITypeSymbol type) =>
        type is not IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte or SpecialType.System_Char }
        && type.ElementTypeOfSequence() is not null && !IsQuery(type);

    private static bool IsQuery(ITypeSymbol type) => type.AllInterfaces.Any(contract => contract.Name is "IQueryable") || type.Name is "IQueryable";

    private static bool IsUsedAsAWhole(IOperation operation, IOperation call)
    {
        var value = operation;
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        return value.Parent switch
        {
            IArgumentOperation { Parent: var owner } => owner == call || owner is IInvocationOperation { TargetMethod.Name: "Contains" or "Any" or "All" or "Join" },
            IInvocationOperation { TargetMethod.Name: "Contains" or "Any" or "Exists" } owner => owner.Instance == value,
            // new Request { Rows = chunk }
            ISimpleAssignmentOperation { Parent: IObjectOrCollectionInitializerOperation or IAnonymousObjectCreationOperation } assignment => assignment.Value == value,
            _ => false,
        };
    }

    /// <summary>The element, or something made from all of it: <c>chunk</c>, <c>group.Select(…).ToList()</c>, <c>ids.Skip(i).Take(100)</c>, <c>pair.Value</c>.</summary>
    private static bool IsItemItself(IOperation operation, Repetition repetition, ValueFlow element)
    {
        var current = operation.Unwrap();
        for (var steps = 0; steps < MostSteps; steps++)
        {
            switch (current)
            {
                case IInvocationOperation call when Slicing.Contains(call.TargetMethod.Name) && IsSliceOf(call, element):
                    return true;
                case IInvocationOperation call when call.Receiver() is { } receiver:
                    current = receiver.UnwrapAwait();
                    break;
                case IPropertyReferenceOperation { Property: { Name: "Value", ContainingType.Name: "KeyValuePair" } }:
                    return element.Reaches(current);
                case IArrayElementReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: true }:
                    return element.Reaches(current);
                case IObjectCreationOperation { Arguments: [{ Value: var source }, ..] }:
                    current = source.Unwrap();
                    break;
                case IParameterReferenceOperation { Parameter: var parameter }:
                    return repetition.ElementSymbols.Contains(parameter);
                case ILocalReferenceOperation { Local: var local } reference:
                    if (repetition.ElementSymbols.Contains(local))
                        return true;
                    if (!element.Carries(local))
                        return false;
                    // A collection that each turn of a while-like loop makes is a page or a slice.
                    if (repetition.Kind is RepetitionKind.While or RepetitionKind.DoWhile or RepetitionKind.For && IsCollection(local.Type))
                        return true;
                    if (LocalValues.Around(reference).OnlyValueOf(local) is not { } value)
                        return true;
                    current = value.UnwrapAwait();
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    private static bool IsSliceOf(IInvocationOperation call, ValueFlow element)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value != call.Receiver() && element.Reaches(argument.Value))
                return true;
        }

        return call.TargetMethod.Name is "Take" && call.Receiver()?.Unwrap() is IInvocationOperation { TargetMethod.Name: "Skip" } skip && IsSliceOf(skip, element);
    }
}
