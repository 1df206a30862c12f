using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Tokens;

/// <summary>Assignments to the properties of <c>TokenValidationParameters</c> that turn a check off.</summary>
internal sealed class ValidationSettings(BackendModel model, CancellationToken cancellation)
{
    /// <summary>
    /// Returns what the assignment lets in: the check that a flag or an always-true validator turns off, on parameters with which the application authenticates. Null where it turns nothing off, where another
    /// validator makes up for it, or where it is not known what the parameters are for.
    /// </summary>
    public ValidationCheck? TurnedOffBy(ISimpleAssignmentOperation assignment)
    {
        if (assignment.Target is not IPropertyReferenceOperation { Property: var property } || ValidationCheck.Of(property.Name) is not { } check
            || model.Libraries.Tokens?.IsValidationParameters(property.ContainingType) != true)
        {
            return null;
        }

        var isOff = property.Name == check.Validator ? IsAlwaysTrue(assignment.Value, check) : WrittenValue.IsFalse(assignment.Value, model, cancellation);
        if (!isOff || (property.Name != check.Validator && HasOwnValidator(assignment, check)) || (check.NeedsFlag && !IsAskedFor(assignment, check)))
            return null;
        var uses = new ParameterUses(model, check.IsSkippedToReadExpired, cancellation);
        return uses.Authenticate(assignment) ? check : null;
    }

    /// <summary>A validator that may refuse a token takes the place of the built-in check, also where its flag is off.</summary>
    private bool HasOwnValidator(IOperation assignment, ValidationCheck check)
    {
        foreach (var operation in assignment.Root().Descendants())
        {
            if (operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } other
                && (property.Name == check.Validator || property.Name == check.Validator + "UsingConfiguration")
                && !other.Value.IsNull() && !IsAlwaysTrue(other.Value, check) && model.Libraries.Tokens!.IsValidationParameters(property.ContainingType))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsAskedFor(IOperation assignment, ValidationCheck check)
    {
        foreach (var operation in assignment.Root().Descendants())
        {
            if (operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } other && property.Name == check.Flag && WrittenValue.IsTrue(other.Value, model, cancellation))
                return true;
        }

        return false;
    }

    private bool IsAlwaysTrue(IOperation value, ValidationCheck check)
    {
        var (body, parameters) = FunctionOf(value);
        if (body is null)
            return false;
        var hasResult = false;
        foreach (var operation in body.DescendantsAndSelf())
        {
            // A test or a call that is not known may refuse the token.
            if (operation is IThrowOperation or IConditionalOperation or ISwitchOperation or ISwitchExpressionOperation or ILoopOperation or ITryOperation)
                return false;
            if (operation is not IReturnOperation { ReturnedValue: { } result })
                continue;
            if (!IsAcceptance(result, check, parameters))
                return false;
            hasResult = true;
        }

        return hasResult;
    }

    private (IOperation? Body, IReadOnlyList<IParameterSymbol> Parameters) FunctionOf(IOperation value) => WrittenValue.Of(value, model, cancellation) switch
    {
        IAnonymousFunctionOperation lambda => (lambda.Body, lambda.Symbol.Parameters),
        IMethodReferenceOperation { Method: { IsVirtual: false, IsAbstract: false } method } => (model.BodyOf(method, cancellation), method.Parameters),
        _ => (null, ImmutableArray<IParameterSymbol>.Empty),
    };

    private bool IsAcceptance(IOperation result, ValidationCheck check, IReadOnlyList<IParameterSymbol> parameters)
    {
        result = result.Unwrap();
        if (check.Acceptance is ValidatorAcceptance.True)
            return WrittenValue.IsTrue(result, model, cancellation);
        if (parameters.Count == 0)
            return false;
        // An issuer validator returns the issuer that it accepts.
        if (check.Acceptance is ValidatorAcceptance.FirstParameter)
            return result is IParameterReferenceOperation { Parameter: var returned } && SymbolEqualityComparer.Default.Equals(returned, parameters[0]);
        return (WrittenValue.Of(result, model, cancellation) ?? result) switch
        {
            IObjectCreationOperation { Arguments: [{ Value: var token }], Type.Name: "JwtSecurityToken" or "JsonWebToken" } => IsFirst(token, parameters),
            IInvocationOperation { TargetMethod.Name: "ReadJwtToken" or "ReadToken" or "ReadJsonWebToken", Arguments: [{ Value: var token }] } read =>
                model.Libraries.Tokens!.IsTokenHandler(read.TargetMethod.ContainingType) && IsFirst(token, parameters),
            _ => false,
        };
    }

    private static bool IsFirst(IOperation value, IReadOnlyList<IParameterSymbol> parameters) =>
        value.Unwrap() is IParameterReferenceOperation { Parameter: var given } && SymbolEqualityComparer.Default.Equals(given, parameters[0]);
}
