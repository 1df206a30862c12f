using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>Numbers that a caller of the application chooses freely: they come from a request, and nothing on their way limits them.</summary>
public sealed class RequestValues
{
    private const int MostCalls = 3;
    private const int MostSteps = 64;

    private readonly RequestTypes _types;
    private readonly EndpointModel _endpoints;

    internal RequestValues(BackendModel model, AspNetCore aspNetCore, EndpointModel endpoints)
    {
        _endpoints = endpoints;
        _types = new RequestTypes(model, aspNetCore, endpoints);
    }

    /// <summary>
    /// True where a value may surely be as large as a caller wants: it is a parameter of an endpoint, or a property of an object that an endpoint is given, and comes here through
    /// locals, and calls whose arguments it is, without a validation attribute, a test, <c>Math.Min</c> or anything else that may limit it. False where that is not known.
    /// </summary>
    public bool AreUnlimited(IOperation value)
    {
        var steps = 0;
        return IsUnlimited(value, calls: 0, ref steps);
    }

    /// <summary>True for a parameter of an endpoint that the request fills.</summary>
    public bool AreBoundTo(IParameterSymbol parameter) => _types.IsBound(parameter);

    /// <summary>True for a property, of an object with this type, that the request fills.</summary>
    public bool AreBoundTo(IPropertySymbol property, ITypeSymbol? instance) => _types.IsBound(property, instance);

    /// <summary>Returns the part of a number that decides how large it is: <c>size</c> in <c>size + 1</c> and <c>2 * size</c>; null where two parts do.</summary>
    public static IOperation? PartOf(IOperation number)
    {
        number = number.Unwrap();
        for (var steps = 0; steps < MostSteps && number is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Multiply or BinaryOperatorKind.Subtract } sum; steps++)
        {
            if (sum.RightOperand.ConstantValue.HasValue)
                number = sum.LeftOperand.Unwrap();
            else if (sum.LeftOperand.ConstantValue.HasValue && sum.OperatorKind is not BinaryOperatorKind.Subtract)
                number = sum.RightOperand.Unwrap();
            else
                return null;
        }

        return number;
    }

    private bool IsUnlimited(IOperation value, int calls, ref int steps)
    {
        if (++steps > MostSteps || PartOf(value) is not { } part)
            return false;
        switch (UpperBounds.WithoutNull(part))
        {
            case ILocalReferenceOperation local:
                return !UpperBounds.AreTested(local) && IsAnyUnlimited(ReachingValues.At(local, local.Local), calls, ref steps);
            case IParameterReferenceOperation { Parameter: var parameter } reference:
                if (UpperBounds.AreTested(reference) || ReachingValues.At(reference, parameter) is not { AreKnown: true } reaching)
                    return false;
                return (reaching.IncludesEntry && IsGivenUnlimited(parameter, calls, ref steps)) || IsAnyUnlimited(reaching, calls, ref steps);
            case IConditionalOperation { WhenFalse: { } otherwise } choice:
                return IsUnlimited(choice.WhenTrue, calls, ref steps) || IsUnlimited(otherwise, calls, ref steps);
            case IPropertyReferenceOperation { Property: var property } reference:
                return !UpperBounds.AreTested(reference) && !IsMadeHere(reference) && _types.IsBound(property, reference.Instance?.Type) && !_types.IsLimited(property);
            default:
                return false;
        }
    }

    private bool IsAnyUnlimited(ReachingValues reaching, int calls, ref int steps)
    {
        if (!reaching.AreKnown)
            return false;
        foreach (var value in reaching.Values)
        {
            if (IsUnlimited(value, calls, ref steps))
                return true;
        }

        return false;
    }

    /// <summary>True where an endpoint's parameter is free, or where one of the calls of another method passes on a free value.</summary>
    private bool IsGivenUnlimited(IParameterSymbol parameter, int calls, ref int steps)
    {
        if (_types.IsBound(parameter))
            return !_types.IsLimited(parameter);
        if (calls >= MostCalls || _types.IsLimited(parameter) || parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method)
            return false;
        var callers = _endpoints.CallersOf(method);
        if (callers.IsDefault)
            return false;
        foreach (var call in callers)
        {
            if (call.ArgumentAt(parameter.Ordinal) is { } given && IsUnlimited(given, calls + 1, ref steps))
                return true;
        }

        return false;
    }

    /// <summary>An object that this code makes itself holds what this code puts there.</summary>
    private static bool IsMadeHere(IPropertyReferenceOperation reference) =>
        reference.Instance?.Unwrap() is ILocalReferenceOperation { Local: var local } instance && LocalValues.Around(instance).OnlyValueOf(local)?.Unwrap() is IObjectCreationOperation;
}
