using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>
/// What the time of a wait depends on: a constant, something that changes from attempt to attempt, or something that cannot be seen (a random number, an option). Looks through
/// locals, read-only fields with an initializer, and small helpers whose body is visible.
/// </summary>
internal sealed class WaitTime(RetryScope scope)
{
    private const int MostSteps = 300;
    private const int MostDepth = 12;

    private static readonly RetryTime Unknown = new(RetryWaitKind.Unknown, null);
    private static readonly RetryTime Growing = new(RetryWaitKind.Growing, null);
    private static readonly RetryTime Constant = new(RetryWaitKind.Constant, null);

    private int _steps;

    /// <summary>Returns what a time is: a <c>TimeSpan</c>, or a number of milliseconds.</summary>
    public RetryTime Of(IOperation time) => Of(time, HelperArguments.None, 0);

    private RetryTime Of(IOperation value, HelperArguments arguments, int depth)
    {
        if (++_steps > MostSteps || depth > MostDepth)
            return Unknown;
        value = value.UnwrapAwait();
        if (value.ConstantValue is { HasValue: true, Value: { } constant })
            return constant is IConvertible and not (string or char or bool) ? Number(Convert.ToDouble(constant, System.Globalization.CultureInfo.InvariantCulture)) : Constant;
        switch (value)
        {
            case ILocalReferenceOperation reference:
                return OfLocal(reference, arguments, depth);
            case IParameterReferenceOperation { Parameter: var parameter }:
                return OfParameter(parameter, arguments, depth);
            case IFieldReferenceOperation field:
                return OfField(field, depth);
            case IPropertyReferenceOperation property:
                return OfProperty(property, arguments, depth);
            case IArrayElementReferenceOperation { Indices: [var index] }:
                return Of(index, arguments, depth + 1).Kind is RetryWaitKind.Growing ? Growing : Unknown;
            case IIncrementOrDecrementOperation or ICompoundAssignmentOperation:
                return Growing;
            case IInvocationOperation call:
                return OfCall(call, arguments, depth);
            case IObjectCreationOperation creation:
                return OfCreation(creation, arguments, depth);
            case IBinaryOperation binary:
                return OfBinary(binary, arguments, depth);
            case IConditionalOperation or IUnaryOperation or ISwitchExpressionOperation or ICoalesceOperation:
                return Together(value, arguments, depth);
            default:
                return Unknown;
        }
    }

    private RetryTime OfLocal(ILocalReferenceOperation reference, HelperArguments arguments, int depth)
    {
        // The local may be one of a helper: the values are those of the body around the reference.
        var values = LocalValues.Around(reference).WritesTo(reference.Local);
        if (values is [{ } only])
            return Of(only, arguments, depth + 1);
        var changes = false;
        foreach (var value in values)
        {
            if (value is null)
                changes |= CountsInside(reference.Local);
            else if (scope.Contains(value.Syntax))
                changes |= Mentions(value, reference.Local) || Of(value, arguments, depth + 1).Kind is RetryWaitKind.Growing;
        }

        return changes ? Growing : Unknown;
    }

    private RetryTime OfParameter(IParameterSymbol parameter, HelperArguments arguments, int depth)
    {
        if (arguments.Of(parameter) is { } given)
            return Of(given.Value, given.Outside, depth + 1);
        // What a constructor was given is an option of the object, and what a helper is given by others cannot be seen.
        var isOfOtherMember = !SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, scope.Loop.MemberAround());
        if (isOfOtherMember && (arguments != HelperArguments.None || parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor }))
            return Unknown;
        return CountsInside(parameter) || scope.Changes(parameter) ? Growing : Constant;
    }

    private RetryTime OfField(IFieldReferenceOperation reference, int depth)
    {
        var field = reference.Field;
        foreach (var operation in scope.Operations)
        {
            if (operation is IAssignmentOperation { Target: IFieldReferenceOperation target } && SymbolEqualityComparer.Default.Equals(target.Field, field))
                return operation is ICompoundAssignmentOperation ? Growing : Unknown;
            if (operation is IIncrementOrDecrementOperation { Target: IFieldReferenceOperation counted } && SymbolEqualityComparer.Default.Equals(counted.Field, field))
                return Growing;
        }

        if (!field.IsReadOnly)
            return Unknown;
        if (field.ContainingType is { Name: "TimeSpan" } && field.IsIn("System"))
            return field.Name is "Zero" ? Number(0) : Unknown;
        // A constructor may give a read-only field another value; an initializer beside one is rare, and is then only the default.
        return field.DeclaringSyntaxReferences is [var declaration] && declaration.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: var initializer } && (field.IsStatic || !IsAssignedInConstructor(field))
            ? OfSource(initializer, depth)
            : Unknown;
    }

    private RetryTime OfProperty(IPropertyReferenceOperation reference, HelperArguments arguments, int depth)
    {
        var property = reference.Property;
        if (property.ContainingType is { Name: "TimeSpan" } && property.IsIn("System") && reference.Instance is { } span)
        {
            var time = Of(span, arguments, depth + 1);
            return property.Name is "TotalMilliseconds" ? time : time with { Milliseconds = null };
        }

        if (property.IsIndexer && reference.Arguments is [var index] && Of(index.Value, arguments, depth + 1).Kind is RetryWaitKind.Growing)
            return Growing;
        if (property.SetMethod is not null || property.IsVirtual || property.IsAbstract || property.IsOverride || property.DeclaringSyntaxReferences is not [var declaration] || declaration.GetSyntax() is not PropertyDeclarationSyntax syntax)
            return Unknown;
        var value = syntax.ExpressionBody?.Expression ?? (property.IsStatic ? syntax.Initializer?.Value : null);
        return value is null ? Unknown : OfSource(value, depth);
    }

    /// <summary>What an expression of another member is.</summary>
    private RetryTime OfSource(ExpressionSyntax expression, int depth) =>
        scope.Model.SemanticModelOf(expression.SyntaxTree)?.GetOperation(expression) is { } value ? Of(value, new HelperArguments(null, null), depth + 1) : Unknown;

    private RetryTime OfCall(IInvocationOperation call, HelperArguments arguments, int depth)
    {
        var method = call.TargetMethod;
        if (method.ContainingType is { Name: "TimeSpan" } && method.IsIn("System"))
            return OfTimeSpan(call, arguments, depth);
        if (method.ContainingType is { Name: "Random" or "RandomNumberGenerator" })
            return Unknown;
        var parts = Together(call, arguments, depth);
        if (method.ContainingType is { Name: "Math" or "MathF" } && method.IsIn("System"))
            return parts with { Milliseconds = null };
        if (!method.IsStatic && method.MethodKind is not MethodKind.LocalFunction && call.Instance is not IInstanceReferenceOperation)
            return parts.Kind is RetryWaitKind.Growing ? Growing : Unknown;
        return OfHelper(call, arguments, depth) ?? (parts.Kind is RetryWaitKind.Growing ? Growing : Unknown);
    }

    /// <summary>What a helper returns, or null where its body cannot be seen.</summary>
    private RetryTime? OfHelper(IInvocationOperation call, HelperArguments arguments, int depth)
    {
        if ((call.TargetMethod.IsVirtual && !call.TargetMethod.ContainingType.IsSealed) || call.TargetMethod.IsAbstract || scope.Model.BodyOf(call.TargetMethod) is not { } body)
            return null;
        RetryTime? time = null;
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (++_steps > MostSteps)
                return Unknown;
            if (operation is IReturnOperation { ReturnedValue: { } returned })
                time = Joined(time, Of(returned, new HelperArguments(call, arguments), depth + 1));
        }

        return time;
    }

    private RetryTime OfTimeSpan(IInvocationOperation call, HelperArguments arguments, int depth)
    {
        var time = Together(call, arguments, depth);
        double? unit = call.TargetMethod.Name switch
        {
            "FromMilliseconds" => 1,
            "FromSeconds" => 1_000,
            "FromMinutes" => 60_000,
            "FromHours" => 3_600_000,
            _ => null,
        };
        return call.Arguments is [{ Value: var only }, ..] && unit is { } factor && Of(only, arguments, depth + 1).Milliseconds is { } number && HasOneNumber(call)
            ? time with { Milliseconds = number * factor }
            : time with { Milliseconds = null };
    }

    /// <summary>True where only the first argument is given: newer frameworks also take the smaller units, with defaults.</summary>
    private static bool HasOneNumber(IInvocationOperation call)
    {
        for (var index = 1; index < call.Arguments.Length; index++)
        {
            if (call.Arguments[index].ArgumentKind is not ArgumentKind.DefaultValue)
                return false;
        }

        return true;
    }

    private RetryTime OfCreation(IObjectCreationOperation creation, HelperArguments arguments, int depth)
    {
        if (creation.Type is not { Name: "TimeSpan" } type || !type.IsIn("System"))
            return Unknown;
        var time = Together(creation, arguments, depth);
        if (time.Kind is not RetryWaitKind.Constant || creation.Arguments.Length is not (3 or 4))
            return time with { Milliseconds = null };
        var total = 0.0;
        for (var index = 0; index < creation.Arguments.Length; index++)
        {
            var unit = (creation.Arguments.Length - index) switch { 1 => 1.0, 2 => 60.0, 3 => 3_600.0, _ => 86_400.0 };
            if (Of(creation.Arguments[index].Value, arguments, depth + 1).Milliseconds is not { } number)
                return time with { Milliseconds = null };
            total += number * unit * 1_000;
        }

        return time with { Milliseconds = total };
    }

    private RetryTime OfBinary(IBinaryOperation binary, HelperArguments arguments, int depth)
    {
        var left = Of(binary.LeftOperand, arguments, depth + 1);
        var right = Of(binary.RightOperand, arguments, depth + 1);
        double? product = binary.OperatorKind switch
        {
            BinaryOperatorKind.Multiply => left.Milliseconds * right.Milliseconds,
            BinaryOperatorKind.Add => left.Milliseconds + right.Milliseconds,
            _ => null,
        };
        return Joined(left, right) with { Milliseconds = product };
    }

    private RetryTime Together(IOperation whole, HelperArguments arguments, int depth)
    {
        RetryTime? time = null;
        foreach (var child in whole.ChildOperations)
        {
            if (child is IInstanceReferenceOperation)
                continue;
            if (child is IArgumentOperation argument)
                time = Joined(time, Of(argument.Value, arguments, depth + 1));
            else if (child is ISwitchExpressionArmOperation arm)
                time = Joined(time, Of(arm.Value, arguments, depth + 1));
            else
                time = Joined(time, Of(child, arguments, depth + 1));
        }

        return time ?? Constant;
    }

    private static RetryTime Joined(RetryTime? first, RetryTime second)
    {
        if (first is null)
            return second;
        if (first.Kind is RetryWaitKind.Growing || second.Kind is RetryWaitKind.Growing)
            return Growing;
        if (first.Kind is RetryWaitKind.Unknown || second.Kind is RetryWaitKind.Unknown)
            return Unknown;
        return Constant;
    }

    private static RetryTime Number(double value) => new(RetryWaitKind.Constant, value);

    private static bool Mentions(IOperation value, ILocalSymbol local)
    {
        foreach (var part in value.DescendantsAndSelf())
        {
            if (part is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local))
                return true;
        }

        return false;
    }

    /// <summary>True where the loop increments the variable or computes it from itself.</summary>
    private bool CountsInside(ISymbol variable)
    {
        foreach (var reference in scope.Values.ReferencesTo(variable))
        {
            if (reference.Parent is IIncrementOrDecrementOperation or ICompoundAssignmentOperation && reference.IsWritten() && scope.Contains(reference.Syntax))
                return true;
        }

        return false;
    }

    private static bool IsAssignedInConstructor(IFieldSymbol field)
    {
        foreach (var constructor in field.ContainingType.InstanceConstructors)
        {
            foreach (var reference in constructor.DeclaringSyntaxReferences)
            {
                if (reference.GetSyntax() is not ConstructorDeclarationSyntax declaration)
                    continue;
                foreach (var node in declaration.DescendantNodes())
                {
                    if (node is IdentifierNameSyntax name && name.Identifier.ValueText == field.Name)
                        return true;
                }
            }
        }

        return false;
    }
}
