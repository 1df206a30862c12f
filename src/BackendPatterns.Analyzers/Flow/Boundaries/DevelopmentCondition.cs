using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Boundaries;

/// <summary>What a condition says about the environment that the application runs in.</summary>
/// <param name="model">The model of the compilation.</param>
/// <param name="areSettingsEnough">True where any flag that is read somewhere is an answer: who sets it decides then.</param>
/// <param name="cancellation">Ends the search.</param>
internal sealed class DevelopmentCondition(BackendModel model, bool areSettingsEnough, CancellationToken cancellation)
{
    private const int MostParts = 32;

    /// <summary>
    /// True where the condition, when it has this outcome, limits what follows to development or another environment that is not production.
    /// </summary>
    public bool Implies(IOperation condition, bool isTrue)
    {
        var parts = 0;
        return Implies(condition, isTrue, ref parts);
    }

    /// <summary>True where a value is the name of the environment, and the name that it is compared with is not that of production.</summary>
    public bool IsDevelopment(IOperation value, IOperation name) => IsEnvironmentName(value) && NameOf(name) is { } text && IsDevelopmentName(text);

    private static bool IsDevelopmentName(string name) => name.Length > 0 && !name.StartsWith("Prod", StringComparison.OrdinalIgnoreCase);

    /// <summary>True for an identifier such as <c>AddDevelopmentAuthentication</c> or <c>isDev</c>.</summary>
    public static bool SaysDevelopment(string name)
    {
        // Cheaper than the words, which decide: most names have neither.
        if (name.IndexOf("dev", StringComparison.OrdinalIgnoreCase) < 0 && name.IndexOf("debug", StringComparison.OrdinalIgnoreCase) < 0)
            return false;
        var words = NameWords.Of(name);
        return words.Contains("development") || words.Contains("dev") || words.Contains("debug");
    }

    private bool Implies(IOperation condition, bool isTrue, ref int parts)
    {
        if (++parts > MostParts)
            return true;
        condition = condition.Unwrap();
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return Implies(not.Operand, !isTrue, ref parts);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } logical:
                var isOneEnough = (logical.OperatorKind is BinaryOperatorKind.ConditionalAnd) == isTrue;
                var left = Implies(logical.LeftOperand, isTrue, ref parts);
                return left == isOneEnough ? left : Implies(logical.RightOperand, isTrue, ref parts);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                return ImpliedByComparison(comparison.LeftOperand, comparison.RightOperand, isTrue == (comparison.OperatorKind is BinaryOperatorKind.Equals), ref parts);
            case IIsPatternOperation { Pattern: IConstantPatternOperation constant } pattern:
                return ImpliedByComparison(pattern.Value, constant.Value, isTrue, ref parts);
            case IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation constant } } pattern:
                return ImpliedByComparison(pattern.Value, constant.Value, !isTrue, ref parts);
            case IInvocationOperation call:
                return ImpliedByCall(call, isTrue, ref parts);
            case ILocalReferenceOperation local when LocalValues.Around(local).OnlyValueOf(local.Local) is { } value && !value.ConstantValue.HasValue:
                return Implies(value, isTrue, ref parts);
            default:
                return ImpliedByFlag(condition, isTrue);
        }
    }

    private bool ImpliedByComparison(IOperation one, IOperation other, bool isEqual, ref int parts)
    {
        if (other.ConstantValue is { HasValue: true, Value: bool expected })
            return Implies(one, expected == isEqual, ref parts);
        var (name, value) = other.ConstantValue.HasValue || IsEnvironmentsField(other) ? (NameOf(other), one) : (NameOf(one), other);
        return name is not null && IsEnvironmentName(value) && IsDevelopmentName(name) == isEqual;
    }

    private bool ImpliedByCall(IInvocationOperation call, bool isTrue, ref int parts)
    {
        switch (call.TargetMethod.Name)
        {
            case "IsDevelopment" or "IsStaging" or "IsDev" or "IsLocal":
                return isTrue;
            case "IsProduction":
                return !isTrue;
            case "IsEnvironment" when call.Arguments.Length > 0:
                return (NameOf(call.Arguments[call.Arguments.Length - 1].Value) is not { } name || IsDevelopmentName(name)) == isTrue;
            case "Equals" when call.Instance is { } instance && call.Arguments.Length > 0:
                return ImpliedByComparison(instance, call.Arguments[0].Value, isTrue, ref parts);
            case "Equals" when call.Arguments.Length > 1:
                return ImpliedByComparison(call.Arguments[0].Value, call.Arguments[1].Value, isTrue, ref parts);
            // configuration.GetValue<bool>("…"), bool.Parse(…), authority.StartsWith("http:")
            case "GetValue" or "Parse" or "TryParse" or "ToBoolean" or "IsEnabledAsync" or "IsEnabled" or "StartsWith" or "Contains" or "EndsWith":
                return areSettingsEnough;
            default:
                return SaysDevelopment(call.TargetMethod.Name) && isTrue;
        }
    }

    /// <summary>A flag that is read somewhere: <c>isDevelopment</c>, <c>Debugger.IsAttached</c>, <c>settings.AllowHttp</c>.</summary>
    private bool ImpliedByFlag(IOperation condition, bool isTrue)
    {
        if (condition.Type?.SpecialType is not SpecialType.System_Boolean || condition.ConstantValue.HasValue)
            return areSettingsEnough && condition is IConditionalAccessOperation;
        if (condition.ReferencedSymbol()?.Name is not { } name)
            return false;
        if (SaysDevelopment(name) || name == "IsAttached")
            return isTrue;
        return NameWords.Of(name) is var words && (words.Contains("production") || words.Contains("prod")) ? !isTrue : areSettingsEnough;
    }

    private static bool IsEnvironmentName(IOperation value) => value.Unwrap() switch
    {
        IMemberReferenceOperation { Member.Name: var name } => IsEnvironmentWord(name),
        ILocalReferenceOperation { Local.Name: var name } => IsEnvironmentWord(name),
        IParameterReferenceOperation { Parameter.Name: var name } => IsEnvironmentWord(name),
        IInvocationOperation { TargetMethod.Name: "GetEnvironmentVariable" } => true,
        _ => false,
    };

    private static bool IsEnvironmentWord(string name) =>
        name.IndexOf("environment", StringComparison.OrdinalIgnoreCase) >= 0 || name.Equals("env", StringComparison.OrdinalIgnoreCase) || name.EndsWith("EnvName", StringComparison.OrdinalIgnoreCase);

    // Environments.Development is static readonly, no constant.
    private static bool IsEnvironmentsField(IOperation value) => value.Unwrap() is IFieldReferenceOperation { Field.ContainingType.Name: "Environments" or "EnvironmentName" };

    private string? NameOf(IOperation value) => value.Unwrap() switch
    {
        IFieldReferenceOperation { Field: { ContainingType.Name: "Environments" or "EnvironmentName" } field } => field.Name,
        { } other => WrittenValue.Of(other, model, cancellation)?.ConstantValue is { HasValue: true, Value: string name } ? name : null,
    };
}
