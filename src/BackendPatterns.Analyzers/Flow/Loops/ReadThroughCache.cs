using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>
/// Runs only when a dictionary, cache or variable does not have the answer yet, which is then stored there: <c>TryGetValue</c>, <c>ContainsKey</c> or a null
/// test around the call or with an early exit before it, <c>??=</c>.
/// </summary>
public static class ReadThroughCache
{
    /// <summary>True where such a guard stands between <paramref name="call"/> and <paramref name="boundary"/> (the loop, or a method's body).</summary>
    public static bool Guards(IOperation call, IOperation boundary)
    {
        var from = call;
        for (var current = call.Parent; current is not null; from = current, current = current.Parent)
        {
            switch (current)
            {
                case ICoalesceAssignmentOperation lazily when from == lazily.Value:
                    return true;
                case IConditionalOperation conditional when from != conditional.Condition && IsMissTest(conditional.Condition, conditional, boundary):
                    return true;
                case ICoalesceOperation { Value: var looked } coalesce when from == coalesce.WhenNull && Looked(looked) is { } store && IsStoredInto(store, boundary):
                    return true;
                case IBlockOperation block when LeavesOnHit(block, from, boundary):
                    return true;
            }

            if (current == boundary)
                return false;
        }

        return false;
    }

    /// <summary><c>if (cache.TryGetValue(id, out var row)) { …; continue; }</c> before the statement that loads.</summary>
    private static bool LeavesOnHit(IBlockOperation block, IOperation loading, IOperation boundary)
    {
        foreach (var statement in block.Operations)
        {
            if (statement == loading)
                return false;
            if (statement is IConditionalOperation { WhenFalse: null } test && Exits.EndsWithExit(test.WhenTrue) && IsMissTest(test.Condition, test, boundary))
                return true;
        }

        return false;
    }

    private static bool IsMissTest(IOperation condition, IOperation conditional, IOperation boundary)
    {
        foreach (var operation in condition.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IInvocationOperation { TargetMethod.Name: "TryGetValue" or "ContainsKey" or "TryGet" or "Exists" } lookup when RootOf(lookup.Receiver()) is { } store:
                    if (IsStoredInto(store, boundary))
                        return true;
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                    if ((comparison.RightOperand.IsNull() && IsRemembered(comparison.LeftOperand, conditional, boundary))
                        || (comparison.LeftOperand.IsNull() && IsRemembered(comparison.RightOperand, conditional, boundary)))
                        return true;
                    break;
                case IIsPatternOperation { Value: var tested } when IsRemembered(tested, conditional, boundary):
                    return true;
                case IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" } test when test.ArgumentAt(0) is { } tested && IsRemembered(tested, conditional, boundary):
                    return true;
            }
        }

        return false;
    }

    /// <summary>
    /// A variable that outlives the turn, or a member, and is assigned below the test; or a local that was looked up in a store that is filled here.
    /// </summary>
    private static bool IsRemembered(IOperation tested, IOperation conditional, IOperation boundary)
    {
        switch (tested.UnwrapAwait())
        {
            case ILocalReferenceOperation { Local: var local } reference:
                if (local.DeclaringSyntaxReferences is [var declaration] && !boundary.Syntax.Span.Contains(declaration.Span))
                    return IsAssignedIn(local, conditional);
                foreach (var value in LocalValues.Around(reference).WritesTo(local))
                {
                    if (value is not null && (Looked(value) ?? LookedUpOut(value, boundary)) is { } store && IsStoredInto(store, boundary))
                        return true;
                }

                return false;
            case IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } member:
                return IsAssignedIn(member.Member, conditional);
            case var other:
                return Looked(other) is { } looked && IsStoredInto(looked, boundary);
        }
    }

    /// <summary>A member may also be assigned in a method of its type that is called there: <c>if (_customer is null) Initialize();</c>.</summary>
    private static bool IsAssignedIn(ISymbol symbol, IOperation region) =>
        IsAssignedHere(symbol, region) || OwnMethodsCalledIn(region, symbol).Any(body => IsAssignedHere(symbol, body));

    private static bool IsAssignedHere(ISymbol symbol, IOperation region)
    {
        foreach (var operation in region.DescendantsAndSelf())
        {
            if (operation is IAssignmentOperation assignment && Targets(assignment).Any(target => SymbolEqualityComparer.Default.Equals(target.ReferencedSymbol(), symbol)))
                return true;
        }

        return false;
    }

    private static IEnumerable<IOperation> Targets(IAssignmentOperation assignment) =>
        assignment.Target.Unwrap() is ITupleOperation tuple ? tuple.Elements : ImmutableArray.Create(assignment.Target);

    /// <summary>The bodies of the methods that an object calls on itself in a region, where the variable is a member of its type.</summary>
    private static IEnumerable<IOperation> OwnMethodsCalledIn(IOperation region, ISymbol variable)
    {
        if (variable is not (IFieldSymbol or IPropertySymbol) || region.SemanticModel is not { Compilation: var compilation })
            yield break;
        foreach (var operation in region.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation { Instance: IInstanceReferenceOperation or null, TargetMethod: var method }
                && SymbolEqualityComparer.Default.Equals(method.ContainingType.OriginalDefinition, variable.ContainingType.OriginalDefinition)
                && BackendModel.For(compilation).BodyOf(method) is { } body)
            {
                yield return body;
            }
        }
    }

    /// <summary>Returns the local, parameter or field that a value was looked up in, without leaving the process; null for anything else.</summary>
    private static ISymbol? Looked(IOperation value) => value.UnwrapAwait() switch
    {
        IInvocationOperation call => RootOf(call.Receiver()),
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: var instance } => RootOf(instance),
        _ => null,
    };

    /// <summary><c>cache.TryGetValue(key, out var found); var row = found as Row;</c>: the store that filled the variable.</summary>
    private static ISymbol? LookedUpOut(IOperation value, IOperation region)
    {
        if (value.Unwrap() is not ILocalReferenceOperation { Local: var found })
            return null;
        foreach (var operation in region.DescendantsAndSelf())
        {
            if (operation is IArgumentOperation { Parameter.RefKind: RefKind.Out, Parent: IInvocationOperation call } argument
                && argument.Value.DescendantsAndSelf().Any(part => part is ILocalReferenceOperation { Local: var filled } && SymbolEqualityComparer.Default.Equals(filled, found)))
            {
                return RootOf(call.Receiver());
            }
        }

        return null;
    }

    /// <summary>The variable or field that a lookup starts from; a database context and its sets are the store itself, not a cache of it.</summary>
    private static ISymbol? RootOf(IOperation? operation)
    {
        operation = operation?.Unwrap();
        while (operation is IInvocationOperation { TargetMethod: var method } call && method.IsIn("System.Linq") && call.Receiver() is { } receiver)
            operation = receiver.Unwrap();
        return operation is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: false }
               && operation.Type is { } type && !IsDatabase(type)
            ? operation.ReferencedSymbol()
            : null;
    }

    private static bool IsDatabase(ITypeSymbol type)
    {
        if (type.AllInterfaces.Any(contract => contract.Name is "IQueryable") || type.Name is "IQueryable")
            return true;
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.Name is "DbContext" && current.IsIn("Microsoft.EntityFrameworkCore"))
                return true;
        }

        return false;
    }

    /// <summary>A store that is a member may also be filled by a method of its type that is called there: <c>Register(item)</c>.</summary>
    private static bool IsStoredInto(ISymbol store, IOperation region) =>
        IsStoredIntoHere(store, region) || OwnMethodsCalledIn(region, store).Any(body => IsStoredIntoHere(store, body));

    private static bool IsStoredIntoHere(ISymbol store, IOperation region)
    {
        foreach (var operation in region.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IInvocationOperation { TargetMethod.Name: var name } call when IsStoringName(name) && IsRoot(call.Receiver(), store):
                    return true;
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Instance: var instance } } when IsRoot(instance, store):
                    return true;
                case IArgumentOperation { Parameter.RefKind: RefKind.Ref } argument when IsRoot(argument.Value, store):
                    return true;
            }
        }

        return false;
    }

    private static bool IsRoot(IOperation? operation, ISymbol store) => SymbolEqualityComparer.Default.Equals(RootOf(operation), store);

    private static bool IsStoringName(string name) =>
        name is "Add" or "TryAdd" or "AddOrUpdate" or "GetOrCreate" or "GetOrCreateAsync" or "GetOrAdd" or "Insert" or "Push" or "Put" or "Store" or "CreateEntry" or "Append"
        || name.StartsWith("Set", StringComparison.Ordinal) || name.StartsWith("StringSet", StringComparison.Ordinal) || name.StartsWith("HashSet", StringComparison.Ordinal)
        || name.StartsWith("Cache", StringComparison.Ordinal);
}
