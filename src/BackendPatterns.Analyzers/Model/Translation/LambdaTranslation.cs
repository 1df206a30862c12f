using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Translation;

/// <summary>
/// Whether EF Core translates a lambda that runs on rows in memory, and whether the answer stays the same. What is not listed is unknown. Parts that do not mention the row are
/// evaluated before the query is sent (https://learn.microsoft.com/ef/core/querying/client-eval).
/// </summary>
public sealed class LambdaTranslation
{
    private const int MaximumSize = 300;

    private readonly BackendModel _model;
    private readonly RowShape _rows;
    private readonly Dictionary<IParameterSymbol, EntityType?> _parameters = new(SymbolEqualityComparer.Default);
    private readonly HashSet<IOperation> _ofRow = [];
    private readonly Stack<(IOperation Operation, bool IsPlain)> _pending = new();
    private readonly RowPaths _paths;
    private Translation _answer = Translation.SameAnswer;

    private LambdaTranslation(RowShape rows, BackendModel model)
    {
        _rows = rows;
        _model = model;
        _paths = new RowPaths(rows, model, _parameters);
    }

    private DatabaseProviders Providers => _model.Libraries.DatabaseProviders;

    /// <summary>Returns what is known of a lambda of one row.</summary>
    public static Translation Of(IAnonymousFunctionOperation lambda, RowShape rows, BackendModel model) =>
        lambda is { Symbol: { IsAsync: false, Parameters.Length: 1 }, Body.Operations: [IReturnOperation { ReturnedValue: { } value }] }
            ? OfValue(value, lambda, rows, model)
            : Translation.Unknown;

    /// <summary>Returns what is known of a part of a lambda.</summary>
    internal static Translation OfValue(IOperation value, IAnonymousFunctionOperation lambda, RowShape rows, BackendModel model)
    {
        var translation = new LambdaTranslation(rows, model);
        translation._parameters.Add(lambda.Symbol.Parameters[0], rows.Entity);
        return translation.Read(value);
    }

    private Translation Read(IOperation value)
    {
        MarkRows(value);
        _pending.Push((value, IsPlain: true));
        for (var size = 0; _pending.Count > 0 && _answer is not Translation.Unknown; size++)
        {
            if (size > MaximumSize)
                return Translation.Unknown;
            var (operation, isPlain) = _pending.Pop();
            Lower(_ofRow.Contains(operation) ? OfRow(operation, isPlain) : CapturedValues.Of(operation));
        }

        return _answer;
    }

    private void Lower(Translation part)
    {
        if (part < _answer)
            _answer = part;
    }

    /// <summary>Every operation that has a row's value below it.</summary>
    private void MarkRows(IOperation value)
    {
        var size = 0;
        foreach (var operation in value.DescendantsAndSelf())
        {
            if (++size > MaximumSize)
            {
                _answer = Translation.Unknown;
                return;
            }

            if (operation is not IParameterReferenceOperation { Parameter: var parameter } || !IsRowParameter(parameter, value))
                continue;
            for (IOperation? current = operation; current is not null && _ofRow.Add(current) && current != value;)
                current = current.Parent;
        }
    }

    private bool IsRowParameter(IParameterSymbol parameter, IOperation value) =>
        _parameters.ContainsKey(parameter) || (parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } function && IsWithin(function, value));

    private static bool IsWithin(IMethodSymbol function, IOperation value) =>
        function.DeclaringSyntaxReferences is [var reference] && reference.SyntaxTree == value.Syntax.SyntaxTree && value.Syntax.Span.Contains(reference.Span);

    /// <param name="operation">A part that mentions the row.</param>
    /// <param name="isPlain">True where the part is a condition that only <c>&amp;&amp;</c> and <c>||</c> stand above, so that null may take the place of false.</param>
    private Translation OfRow(IOperation operation, bool isPlain)
    {
        switch (operation)
        {
            case IParenthesizedOperation parenthesized:
                return Then(Translation.SameAnswer, isPlain, parenthesized.Operand);
            case IConversionOperation { OperatorMethod: null } conversion:
                return Then(OfConversion(conversion), isPlain, conversion.Operand);
            case IPropertyReferenceOperation or IParameterReferenceOperation:
                return OfPath(operation);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Type.SpecialType: SpecialType.System_Boolean } not:
                return Then(Translation.SameAnswer, isPlain: false, not.Operand);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus, OperatorMethod: null } minus when ScalarTypes.IsWholeNumber(minus.Type):
                return Then(Translation.SameAnswer, isPlain: false, minus.Operand);
            case IBinaryOperation binary:
                return OfBinary(binary, isPlain);
            case ICoalesceOperation coalesce:
                return Then(Translation.SameAnswer, isPlain: false, coalesce.Value, coalesce.WhenNull);
            case IConditionalOperation { WhenFalse: { } whenFalse } choice:
                return Then(Translation.SameAnswer, isPlain: false, choice.Condition, choice.WhenTrue, whenFalse);
            case IInvocationOperation call:
                return OfCall(call);
            case IAnonymousObjectCreationOperation { Initializers: var parts }:
                foreach (var part in parts)
                    _pending.Push((part is ISimpleAssignmentOperation { Value: var assigned } ? assigned : part, false));
                return Translation.SameAnswer;
            default:
                return Translation.Unknown;
        }
    }

    private Translation Then(Translation answer, bool isPlain, params IOperation[] parts)
    {
        foreach (var part in parts)
            _pending.Push((part, isPlain));
        return answer;
    }

    private static Translation OfConversion(IConversionOperation conversion)
    {
        if (!ScalarTypes.Contains(conversion.Type) || !ScalarTypes.Contains(conversion.Operand.Type))
            return Translation.Unknown;
        if (conversion.IsImplicit || ScalarTypes.IsNullable(conversion.Type))
            return Translation.SameAnswer;
        return conversion.Operand.Type is { TypeKind: TypeKind.Enum } || ScalarTypes.Underlying(conversion.Operand.Type) is { TypeKind: TypeKind.Enum } ? Translation.Unknown : Translation.Translated;
    }

    /// <summary>A column, a value of one, or nothing that a query can compute.</summary>
    private Translation OfPath(IOperation path) =>
        _paths.Find(path) is { Kind: RowPathKind.Value, IsConverted: false } found ? found.Level : Translation.Unknown;

    private Translation OfBinary(IBinaryOperation binary, bool isPlain)
    {
        if (binary.IsChecked || (binary.OperatorMethod is { } method && !method.ContainingNamespace.Is("System")))
            return Translation.Unknown;
        switch (binary.OperatorKind)
        {
            case BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr:
                return Then(Translation.SameAnswer, isPlain, binary.LeftOperand, binary.RightOperand);
            case BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals:
                return OfEquality(binary);
            case BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual:
                return Then(OfOrder(binary, isPlain), isPlain: false, binary.LeftOperand, binary.RightOperand);
            case BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply:
                return Then(OfArithmetic(binary), isPlain: false, binary.LeftOperand, binary.RightOperand);
            default:
                return Translation.Unknown;
        }
    }

    private Translation OfEquality(IBinaryOperation binary)
    {
        // order.Customer == null asks for the key; in memory, whether the row was loaded.
        var other = binary.LeftOperand.IsNull() ? binary.RightOperand : binary.RightOperand.IsNull() ? binary.LeftOperand : null;
        if (other is not null && _paths.Find(other.Unwrap()) is { Kind: RowPathKind.Entity, Level: not Translation.Unknown, IsRow: false })
            return Translation.Translated;
        var type = binary.LeftOperand.Unwrap().Type;
        if (other is null && (!ScalarTypes.Contains(binary.LeftOperand.Type) || !ScalarTypes.Contains(binary.RightOperand.Type)))
            return Translation.Unknown;
        foreach (var operand in new[] { binary.LeftOperand, binary.RightOperand })
        {
            // An enum that is stored as text compares equal all the same.
            if (_paths.Find(operand.Unwrap()) is { Kind: RowPathKind.Value, IsConverted: true } converted && ScalarTypes.Underlying(converted.Type) is { TypeKind: TypeKind.Enum })
                Lower(converted.Level);
            else if (!operand.IsNull())
                _pending.Push((operand, false));
        }

        return OfComparedValue(type, isNullTest: other is not null);
    }

    private Translation OfComparedValue(ITypeSymbol? type, bool isNullTest)
    {
        if (isNullTest)
            return Translation.SameAnswer;
        if (ScalarTypes.IsText(type))
            return Providers.CompareTextExactly ? Translation.SameAnswer : Translation.Translated;
        return ScalarTypes.IsFraction(type) ? Translation.Translated : Translation.SameAnswer;
    }

    private Translation OfOrder(IBinaryOperation binary, bool isPlain)
    {
        var (left, right) = (binary.LeftOperand.Type, binary.RightOperand.Type);
        if (!ScalarTypes.Contains(left) || !ScalarTypes.Contains(right))
            return Translation.Unknown;
        if ((ScalarTypes.IsWeak(left) || ScalarTypes.IsWeak(right)) && !Providers.CompareEveryNumber)
            return Translation.Unknown;
        if (binary.LeftOperand.Unwrap().Type is { TypeKind: TypeKind.Enum })
            return Translation.Translated;
        // not (null > 5) is true in memory and null in SQL.
        return isPlain || !(ScalarTypes.IsNullable(left) || ScalarTypes.IsNullable(right)) ? Translation.SameAnswer : Translation.Translated;
    }

    private Translation OfArithmetic(IBinaryOperation binary)
    {
        if (ScalarTypes.IsText(binary.Type))
            return ScalarTypes.IsText(binary.LeftOperand.Unwrap().Type) && ScalarTypes.IsText(binary.RightOperand.Unwrap().Type) ? Translation.Translated : Translation.Unknown;
        if (ScalarTypes.IsWholeNumber(binary.Type))
            return Translation.SameAnswer;
        if (ScalarTypes.IsWeak(binary.Type) && !Providers.CompareEveryNumber)
            return Translation.Unknown;
        return ScalarTypes.IsFraction(binary.Type) || binary.Type?.SpecialType is SpecialType.System_Decimal ? Translation.Translated : Translation.Unknown;
    }

    private Translation OfCall(IInvocationOperation call)
    {
        if (call.TargetMethod.ContainingType is { Name: "Enumerable" } || call.TargetMethod.Name is "Contains" or "Any" && !ScalarTypes.IsText(call.Instance?.Type))
            return OfSequence(call);
        foreach (var argument in call.Arguments)
            _pending.Push((argument.Value, false));
        if (call.Instance is { } instance)
            _pending.Push((instance, false));
        return TranslatedMembers.Of(call.TargetMethod, Providers);
    }

    /// <summary><c>ids.Contains(x.Id)</c> on captured values, <c>x.Orders.Any(o => …)</c> on a navigation.</summary>
    private Translation OfSequence(IInvocationOperation call)
    {
        if (call.Receiver() is not { } receiver)
            return Translation.Unknown;
        if (!_ofRow.Contains(receiver))
        {
            var element = receiver.Unwrap().Type?.ElementTypeOfSequence();
            if (call.TargetMethod is not { Name: "Contains" } || !ScalarTypes.Contains(element) || call.Arguments[^1].Parameter?.Type is { Name: "IEqualityComparer" })
                return Translation.Unknown;
            _pending.Push((call.Arguments[^1].Value, false));
            Lower(CapturedValues.Of(receiver));
            var isExact = !ScalarTypes.IsText(element) || (Providers.CompareTextExactly && receiver.Unwrap().Type is IArrayTypeSymbol or { Name: "List" });
            return isExact ? Translation.SameAnswer : Translation.Translated;
        }

        if (_paths.Find(receiver.Unwrap()) is not { Kind: RowPathKind.Collection, Entity: { } element2 } path || call.TargetMethod.Name is not ("Any" or "All" or "Count"))
            return Translation.Unknown;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Ordinal == 0)
                continue;
            if (argument.Value.AsLambda() is not { Symbol.Parameters: [var parameter], Body.Operations: [IReturnOperation { ReturnedValue: { } condition }] })
                return Translation.Unknown;
            _parameters[parameter] = element2;
            _pending.Push((condition, false));
        }

        return path.Level;
    }
}
