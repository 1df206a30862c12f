using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Background;

/// <summary>What expressions are while there is no work: a query finds no row, a queue has no item, nobody asks to stop.</summary>
internal sealed class IdleValues(BackendModel model, LocalValues values)
{
    private const int MostDepth = 8;

    /// <summary>A sequence without elements.</summary>
    private static readonly object Empty = new();

    /// <summary>The absence of a row.</summary>
    private static readonly object Null = new();

    private static readonly HashSet<string> Takes = new(StringComparer.Ordinal) { "TryDequeue", "TryRead", "TryTake", "TryPop", "TryPeek" };

    /// <summary>Returns what a condition is in an idle pass, or null where that is not known.</summary>
    public bool? Of(IOperation condition) => Value(condition, 0) as bool?;

    private object? Value(IOperation operation, int depth)
    {
        if (depth > MostDepth)
            return null;
        operation = operation.UnwrapAwait();
        if (operation.ConstantValue is { HasValue: true, Value: var constant })
            return constant ?? Null;
        return operation switch
        {
            ILocalReferenceOperation { Local: var local } => values.OnlyValueOf(local) is { } only ? Value(only, depth + 1) : null,
            IInvocationOperation call => OfCall(call, depth),
            IPropertyReferenceOperation property => OfProperty(property, depth),
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } => Value(operand, depth + 1) is bool value ? !value : null,
            IBinaryOperation binary => Compared(binary, depth),
            IIsNullOperation { Operand: var operand } => Value(operand, depth + 1) switch { null => null, var value => ReferenceEquals(value, Null) },
            IIsPatternOperation { Value: var value, Pattern: var pattern } => Value(value, depth + 1) is { } tested ? Matches(tested, pattern) : null,
            _ => null,
        };
    }

    private object? OfCall(IInvocationOperation call, int depth)
    {
        var method = call.TargetMethod;
        if (method.Name is "MoveNext")
            return false;
        if (Takes.Contains(method.Name) && method.ContainingNamespace.IsBelow("System"))
            return false;
        if (model.DataAccess.Classify(call) is { Library: DataLibrary.EntityFrameworkCore } trip)
            return OfTrip(trip, method);
        if (call.Receiver() is not { } receiver || !method.ContainingNamespace.Is("System.Linq") || !ReferenceEquals(Value(receiver, depth + 1), Empty))
            return null;
        return method.Name switch { "Any" => false, "Count" => 0, "FirstOrDefault" or "LastOrDefault" or "SingleOrDefault" when IsReference(method.ReturnType) => Null, "ToList" or "ToArray" or "Where" or "Select" or "OrderBy" => Empty, _ => null };
    }

    private static object? OfTrip(RoundTrip trip, IMethodSymbol method)
    {
        var result = method.ReturnType.UnwrapTask();
        if (result.SpecialType is SpecialType.System_Boolean)
            return method.Name.StartsWith("Any", StringComparison.Ordinal) ? false : null;
        if (result.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64)
            return method.Name.StartsWith("Max", StringComparison.Ordinal) || method.Name.StartsWith("Min", StringComparison.Ordinal) ? null : 0;
        if (method.Name is "ToList" or "ToListAsync" or "ToArray" or "ToArrayAsync" or "ToDictionary" or "ToDictionaryAsync" or "ToHashSetAsync")
            return Empty;
        return method.Name.Contains("OrDefault") && trip.IsDatabase && IsReference(result) ? Null : null;
    }

    private static bool IsReference(ITypeSymbol type) => type is { IsReferenceType: true } or { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };

    private object? OfProperty(IPropertyReferenceOperation reference, int depth)
    {
        switch (reference.Property.Name)
        {
            case "IsCancellationRequested":
                return false;
            case "Count" or "Length" when reference.Instance is { } collection && (IsSharedQueue(collection) || ReferenceEquals(Value(collection, depth + 1), Empty)):
                return 0;
            case "IsEmpty" when reference.Instance is { } queue && IsSharedQueue(queue):
                return true;
            default:
                return null;
        }
    }

    private static bool IsSharedQueue(IOperation operation) =>
        operation.Type is { Name: "ConcurrentQueue" or "ConcurrentBag" or "ConcurrentStack" or "BlockingCollection" or "ChannelReader" };

    private object? Compared(IBinaryOperation binary, int depth)
    {
        if (Value(binary.LeftOperand, depth + 1) is not { } left || Value(binary.RightOperand, depth + 1) is not { } right)
            return null;
        if (ReferenceEquals(left, Null) || ReferenceEquals(right, Null))
        {
            return binary.OperatorKind switch
            {
                BinaryOperatorKind.Equals => ReferenceEquals(left, right),
                BinaryOperatorKind.NotEquals => !ReferenceEquals(left, right),
                _ => null,
            };
        }

        if (left is bool one && right is bool other)
            return binary.OperatorKind switch { BinaryOperatorKind.Equals => one == other, BinaryOperatorKind.NotEquals => one != other, _ => null };
        return left is int first && right is int second ? Compared(binary.OperatorKind, first, second) : null;
    }

    private static object? Compared(BinaryOperatorKind kind, int left, int right) => kind switch
    {
        BinaryOperatorKind.Equals => left == right,
        BinaryOperatorKind.NotEquals => left != right,
        BinaryOperatorKind.LessThan => left < right,
        BinaryOperatorKind.LessThanOrEqual => left <= right,
        BinaryOperatorKind.GreaterThan => left > right,
        BinaryOperatorKind.GreaterThanOrEqual => left >= right,
        _ => null,
    };

    private static object? Matches(object value, IPatternOperation pattern) => pattern switch
    {
        INegatedPatternOperation { Pattern: var inner } => Matches(value, inner) is bool matches ? !matches : null,
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: var constant } } => constant is null ? ReferenceEquals(value, Null) : value.Equals(constant),
        IRelationalPatternOperation { OperatorKind: var kind, Value.ConstantValue: { HasValue: true, Value: int bound } } when value is int number => Compared(kind, number, bound),
        IDeclarationPatternOperation or ITypePatternOperation when ReferenceEquals(value, Null) => false,
        IRecursivePatternOperation when ReferenceEquals(value, Null) => false,
        IRecursivePatternOperation { PropertySubpatterns: [{ Member: IPropertyReferenceOperation { Property.Name: "Count" or "Length" }, Pattern: var inner }] } when ReferenceEquals(value, Empty) => Matches(0, inner),
        IListPatternOperation { Patterns.IsEmpty: true } when ReferenceEquals(value, Empty) => true,
        _ => null,
    };
}
