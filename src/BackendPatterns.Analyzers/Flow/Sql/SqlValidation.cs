using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Sql;

/// <summary>Whether code compares a value with what is allowed before it goes into a statement.</summary>
internal static class SqlValidation
{
    private static readonly string[] Checks = ["Contains", "TryGetValue", "IsMatch", "Match", "All", "Any", "Validate", "IsValid", "Ensure", "Check", "Assert", "TryParse", "Verify", "IsAllowed", "Allowed", "IsDefined", "Parse"];

    /// <summary>
    /// True where the body tests the variable that a value is, or is read of: it is looked up in a list or dictionary, matched, parsed, compared with a constant text, or is what a
    /// <c>switch</c> decides on.
    /// </summary>
    public static bool Guards(IOperation value)
    {
        value = value.Unwrap();
        var member = (value as IPropertyReferenceOperation)?.Property;
        var variable = value;
        while (variable is IPropertyReferenceOperation { Instance: { } instance })
            variable = instance.Unwrap();
        if (variable is not (ILocalReferenceOperation or IParameterReferenceOperation) || variable.ReferencedSymbol() is not { } symbol)
            return false;
        foreach (var reference in LocalValues.Around(value).ReferencesTo(symbol))
        {
            if (IsTested(PlaceOf(reference, member)))
                return true;
        }

        return false;
    }

    /// <summary>The read of the member where one is meant, else the reference itself.</summary>
    private static IOperation PlaceOf(IOperation reference, IPropertySymbol? member)
    {
        if (member is null)
            return reference;
        var current = reference;
        while (current.Parent is IPropertyReferenceOperation property)
        {
            current = property;
            if (SymbolEqualityComparer.Default.Equals(property.Property, member))
                return current;
        }

        return reference.Parent is IConditionalAccessOperation access ? access.WhenNotNull : current;
    }

    private static bool IsTested(IOperation place)
    {
        var current = place;
        // value.Trim().ToLower() is tested as the value is.
        while (current.Parent is IConversionOperation or IParenthesizedOperation || (current.Parent is IInvocationOperation { TargetMethod.ContainingType.SpecialType: SpecialType.System_String } step && step.Instance == current && step.Type?.SpecialType is SpecialType.System_String))
            current = current.Parent;
        return current.Parent switch
        {
            IArgumentOperation { Parent: IInvocationOperation call } => IsCheck(call.TargetMethod.Name) || IsEquality(call),
            IInvocationOperation call when call.Instance == current => call.TargetMethod.Name is "Equals" or "All" or "Any" or "StartsWith",
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison => IsText(comparison.LeftOperand) || IsText(comparison.RightOperand),
            ISwitchOperation or ISwitchExpressionOperation => true,
            IIsPatternOperation { Pattern: var pattern } => pattern.DescendantsAndSelf().Any(part => part is IConstantPatternOperation { Value: var constant } && IsText(constant)),
            IPropertyReferenceOperation { Property.IsIndexer: true } => true,
            _ => false,
        };
    }

    private static bool IsEquality(IInvocationOperation call) => call.TargetMethod is { Name: "Equals", ContainingType.SpecialType: SpecialType.System_String };

    /// <summary>A constant text; a comparison with null or "" allows everything else.</summary>
    private static bool IsText(IOperation value) => value.Unwrap().ConstantValue is { HasValue: true, Value: string { Length: > 0 } };

    private static bool IsCheck(string method)
    {
        foreach (var check in Checks)
        {
            if (method.StartsWith(check, StringComparison.Ordinal))
                return true;
        }

        return method.IndexOf("Valid", StringComparison.Ordinal) >= 0 || method.IndexOf("Allowed", StringComparison.Ordinal) >= 0 || method.IndexOf("Sanitiz", StringComparison.Ordinal) >= 0;
    }
}
