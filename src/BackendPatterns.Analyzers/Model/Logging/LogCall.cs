using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Logging;

/// <summary>A call that writes to a log through Microsoft.Extensions.Logging or Serilog.</summary>
/// <param name="Message">The message or its template.</param>
/// <param name="Values">What fills the template, in the order of its placeholders.</param>
public sealed record LogCall(IOperation Message, ImmutableArray<IOperation> Values)
{
    private const int MostParts = 64;

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "LogTrace", "LogDebug", "LogInformation", "LogWarning", "LogError", "LogCritical", "Log", "BeginScope",
        "Verbose", "Debug", "Information", "Warning", "Error", "Fatal", "Write",
    };

    /// <summary>Returns the call with its message and values, or null for a call that writes to no log.</summary>
    public static LogCall? Of(IInvocationOperation call, LoggingLibrary library)
    {
        if (!Names.Contains(call.TargetMethod.Name) || !IsOfLogger(call.TargetMethod, library))
            return null;
        IOperation? message = null;
        var values = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var argument in call.Arguments)
        {
            switch (argument.Parameter?.Name)
            {
                case "message" or "messageFormat" or "messageTemplate":
                    message = argument.Value;
                    break;
                case { } name when name == "args" || name.StartsWith("propertyValue", StringComparison.Ordinal):
                    AddValues(argument, values);
                    break;
            }
        }

        return message is null ? null : new LogCall(message, values.ToImmutable());
    }

    /// <summary>Returns the values that are logged: those for the placeholders, and what is interpolated into the message or added to it.</summary>
    public ImmutableArray<IOperation> AllValues()
    {
        var values = ImmutableArray.CreateBuilder<IOperation>();
        values.AddRange(Values);
        var pending = new Stack<IOperation>();
        pending.Push(Message);
        for (var parts = 0; pending.Count > 0 && parts < MostParts; parts++)
        {
            switch (pending.Pop().Unwrap())
            {
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                    pending.Push(sum.LeftOperand);
                    pending.Push(sum.RightOperand);
                    break;
                case IInterpolatedStringOperation text:
                    foreach (var part in text.Parts)
                    {
                        if (part is IInterpolationOperation { Expression: var hole })
                            values.Add(hole);
                    }

                    break;
                case { } value when value != Message.Unwrap():
                    values.Add(value);
                    break;
            }
        }

        return values.ToImmutable();
    }

    private static void AddValues(IArgumentOperation argument, ImmutableArray<IOperation>.Builder values)
    {
        if (argument.Value.Unwrap() is IArrayCreationOperation { Initializer.ElementValues: var elements })
            values.AddRange(elements);
        else
            values.Add(argument.Value);
    }

    private static bool IsOfLogger(IMethodSymbol method, LoggingLibrary library) =>
        SymbolEqualityComparer.Default.Equals(method.ContainingType, library.LoggerExtensions)
        || (method.ContainingType is { Name: "ILogger" or "Log" } && method.IsIn("Serilog"));
}
