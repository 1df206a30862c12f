using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Resilience;

/// <summary>Whether waits are written down as one time that never changes.</summary>
public static class ConstantTime
{
    private const int MostOperations = 200;

    /// <summary>Returns how a function from the number of the attempt to a time waits.</summary>
    public static PolicyWait OfFunction(IOperation function) => ResultOf(function) is { } value ? Of(value) : PolicyWait.Unknown;

    /// <summary>Returns <see cref="PolicyWait.None"/> for zero, <see cref="PolicyWait.Constant"/> for another time made of constants, else unknown.</summary>
    public static PolicyWait Of(IOperation time)
    {
        var count = 0;
        foreach (var part in time.DescendantsAndSelf())
        {
            if (++count > MostOperations || !IsConstantPart(part))
                return PolicyWait.Unknown;
        }

        return IsZero(time.Unwrap()) ? PolicyWait.None : PolicyWait.Constant;
    }

    /// <summary>Returns how a list of times waits, and how many there are; null where that is not written down.</summary>
    public static (PolicyWait Wait, int? Count) OfAll(IOperation list)
    {
        switch (list.Unwrap())
        {
            case IArrayCreationOperation { Initializer.ElementValues: var elements }:
                return (OfAll(elements), elements.Length);
            case IInvocationOperation { TargetMethod: { Name: "Repeat", ContainingType.Name: "Enumerable" } } repeat
                when repeat.ArgumentAt(0) is { } element && repeat.ArgumentAt(1)?.ConstantValue is { HasValue: true, Value: int count }:
                return (Of(element), count);
            default:
                return (PolicyWait.Unknown, null);
        }
    }

    /// <summary>Returns the milliseconds of a time made of constants, or null where it is written in another way than <c>TimeSpan.FromSeconds(2)</c> and the like.</summary>
    public static int? Milliseconds(IOperation time)
    {
        time = time.Unwrap();
        if (IsZero(time))
            return 0;
        if (time is not IInvocationOperation { TargetMethod: { ContainingType.Name: "TimeSpan", Name: var name } } call || call.Arguments.IsEmpty)
            return null;
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind is ArgumentKind.Explicit && argument.Parameter?.Ordinal > 0)
                return null;
        }

        var unit = name switch { "FromMilliseconds" => 1d, "FromSeconds" => 1000d, "FromMinutes" => 60_000d, _ => 0d };
        if (unit == 0 || call.Arguments[0].Value.ConstantValue is not { HasValue: true, Value: var number and (int or long or double) })
            return null;
        var milliseconds = Convert.ToDouble(number, System.Globalization.CultureInfo.InvariantCulture) * unit;
        return milliseconds is >= 1 and <= 3_600_000 ? (int)milliseconds : null;
    }

    /// <summary>Returns what the lambda of a wait returns, or null where it is none of one expression.</summary>
    public static IOperation? ResultOf(IOperation function) =>
        function.AsLambda() is { Body.Operations: [IReturnOperation { ReturnedValue: { } returned }] } ? returned : null;

    /// <summary>Returns the first time of a list that is written down, or null.</summary>
    public static IOperation? FirstOf(IOperation list) => list.Unwrap() switch
    {
        IArrayCreationOperation { Initializer.ElementValues: [var first, ..] } => first,
        IInvocationOperation { TargetMethod.Name: "Repeat" } repeat => repeat.ArgumentAt(0),
        _ => null,
    };

    private static PolicyWait OfAll(IReadOnlyList<IOperation> elements)
    {
        var wait = PolicyWait.Unknown;
        foreach (var element in elements)
        {
            wait = Of(element);
            // Times that differ, or that are written differently, are a schedule that somebody thought about.
            if (wait is PolicyWait.Unknown || !element.Syntax.IsEquivalentTo(elements[0].Syntax, topLevel: false))
                return PolicyWait.Unknown;
        }

        return wait;
    }

    private static bool IsConstantPart(IOperation part) =>
        part.ConstantValue.HasValue || part switch
        {
            IInvocationOperation { Instance: null, TargetMethod: { ContainingType.Name: "TimeSpan" } method } => method.ContainingType.IsIn("System") && method.Name.StartsWith("From", StringComparison.Ordinal),
            IObjectCreationOperation { Type: { Name: "TimeSpan" } type, Initializer: null } => type.IsIn("System"),
            IDefaultValueOperation => true,
            IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true, Name: "Zero", ContainingType.Name: "TimeSpan" } } => true,
            IArgumentOperation or IConversionOperation or IParenthesizedOperation => true,
            _ => false,
        };

    private static bool IsZero(IOperation time)
    {
        switch (time)
        {
            case IDefaultValueOperation:
            case IFieldReferenceOperation { Field.Name: "Zero" }:
            case IObjectCreationOperation { Arguments.IsEmpty: true }:
                return true;
            case IInvocationOperation call:
                return AreZero(call.Arguments);
            case IObjectCreationOperation creation:
                return AreZero(creation.Arguments);
            default:
                return false;
        }
    }

    private static bool AreZero(IReadOnlyList<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Value.ConstantValue is not { HasValue: true, Value: 0 or 0L or 0d })
                return false;
        }

        return arguments.Count > 0;
    }
}
