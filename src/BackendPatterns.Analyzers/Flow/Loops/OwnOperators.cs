using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>
/// Methods of the application that call a delegate once per item of another argument, as <c>ForEachAsync(items, body)</c> and <c>items.SelectAsync(selector)</c>
/// do: told by their body, which loops over the one parameter and calls the other with the item, or hands both on to such an operator.
/// </summary>
internal static class OwnOperators
{
    /// <summary>How many operators may hand a delegate on to each other; a question asked this deep looks into none.</summary>
    public const int MostDepth = 3;

    private const int MostSteps = 16;

    private static readonly ConditionalWeakTable<IMethodSymbol, StrongBox<ImmutableArray<int>>> Known = new();

    /// <summary>Returns the parameter over whose items the callee loops to call <paramref name="function"/>, or null where it does not, or has no body in this compilation.</summary>
    public static IParameterSymbol? SequenceParameter(IInvocationOperation call, IParameterSymbol function, int depth)
    {
        var ordinals = OrdinalsOf(call, depth);
        return function.Ordinal < ordinals.Length && ordinals[function.Ordinal] is >= 0 and var sequence ? call.TargetMethod.Parameters[sequence] : null;
    }

    /// <summary>Returns the argument that an own operator loops over, or null for any other call.</summary>
    public static IOperation? SequenceOf(IInvocationOperation call, int depth)
    {
        foreach (var ordinal in OrdinalsOf(call, depth))
        {
            if (ordinal >= 0)
                return call.ArgumentAt(ordinal);
        }

        return null;
    }

    /// <summary>For each parameter that is such a delegate, the ordinal of the sequence; -1 for the others. Empty for a method that cannot be an operator.</summary>
    private static ImmutableArray<int> OrdinalsOf(IInvocationOperation call, int depth)
    {
        if (call.TargetMethod.DeclaringSyntaxReferences.IsEmpty || depth >= MostDepth)
            return ImmutableArray<int>.Empty;
        var method = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
        if (depth == 0 && Known.TryGetValue(method, out var known))
            return known.Value;
        if (call.SemanticModel?.Compilation is not { } compilation)
            return ImmutableArray<int>.Empty;
        // Only whole answers are kept, and asked for: deeper down the search ends earlier, and an answer must not depend on who asked first.
        return depth > 0 ? Compute(method, compilation, depth) : KeepFor(method, compilation);
    }

    private static ImmutableArray<int> KeepFor(IMethodSymbol method, Compilation compilation) =>
        Known.GetValue(method, definition => new StrongBox<ImmutableArray<int>>(Compute(definition, compilation, depth: 0))).Value;

    private static bool HasSequenceAndDelegate(IMethodSymbol method)
    {
        var hasDelegate = false;
        var hasSequence = false;
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Type.TypeKind is TypeKind.Delegate)
                hasDelegate = true;
            else
                hasSequence |= parameter.Type.ElementTypeOfSequence() is not null;
        }

        return hasDelegate && hasSequence;
    }

    private static ImmutableArray<int> Compute(IMethodSymbol method, Compilation compilation, int depth)
    {
        var model = BackendModel.For(compilation);
        if (!HasSequenceAndDelegate(method) || model.BodyOf(method) is not { } body)
            return ImmutableArray<int>.Empty;
        var values = LocalValues.Around(body);
        var ordinals = new int[method.Parameters.Length];
        for (var i = 0; i < ordinals.Length; i++)
            ordinals[i] = method.Parameters[i].Type.TypeKind is TypeKind.Delegate ? SequenceFor(method.Parameters[i], values, model, depth) : -1;
        return ImmutableArray.Create(ordinals);
    }

    private static int SequenceFor(IParameterSymbol function, LocalValues values, BackendModel model, int depth)
    {
        foreach (var use in values.ReferencesTo(function))
        {
            var sequence = use.Parent is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } call && call.Instance == use
                ? LoopedOver(call, model, depth + 1)
                : PerItemOperators.CallOf(use, depth + 1) is { } onward && !PerItemOperators.StopsEarly(onward) ? PerItemOperators.SequenceOf(onward, depth + 1) : null;
            if (sequence is not null && RootOf(sequence) is { } parameter && parameter.ContainingSymbol.Equals(function.ContainingSymbol, SymbolEqualityComparer.Default))
                return parameter.Ordinal;
        }

        return -1;
    }

    /// <summary>Returns the sequence of the loop around a call that hands the item on; null where the loop is a legitimate one itself, such as a search.</summary>
    private static IOperation? LoopedOver(IInvocationOperation call, BackendModel model, int depth)
    {
        foreach (var repetition in Loops.Enclosing(call, depth))
        {
            if (repetition.Sequence is not { } sequence)
                continue;
            var element = ValueFlow.OfElement(repetition, model.Libraries);
            foreach (var argument in call.Arguments)
            {
                if (element.Reaches(argument.Value))
                    return LegitimateLoops.ShapeOf(repetition, call, model.Libraries) is null or LegitimateLoop.Batch ? sequence : null;
            }
        }

        return null;
    }

    /// <summary>Returns the parameter that a sequence starts from, through operators and locals with one value; null for anything else.</summary>
    private static IParameterSymbol? RootOf(IOperation sequence)
    {
        var current = sequence.UnwrapAwait();
        for (var steps = 0; steps < MostSteps; steps++)
        {
            switch (current)
            {
                case IParameterReferenceOperation parameter:
                    return parameter.Parameter;
                case IInvocationOperation call when call.Receiver() is { } receiver:
                    current = receiver.UnwrapAwait();
                    break;
                case ICoalesceOperation coalesce:
                    current = coalesce.Value.Unwrap();
                    break;
                case ILocalReferenceOperation local when LocalValues.Around(local).OnlyValueOf(local.Local) is { } value:
                    current = value.UnwrapAwait();
                    break;
                default:
                    return null;
            }
        }

        return null;
    }
}
