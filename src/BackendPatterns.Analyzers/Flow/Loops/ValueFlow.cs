using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>
/// Which values of a region depend on its sources: the element of a repetition, the parameters of a method, the result of one call.
/// Flow-insensitive and computed to a fixed point over assignments, patterns, <c>out</c> arguments, nested loops, lambda parameters and calls that fill a local.
/// A database context, connection or service provider is never a carrier: through it everything would depend on everything.
/// </summary>
public sealed class ValueFlow
{
    private const int MostPasses = 16;
    private const ulong Element = 1;

    /// <summary>The bit of the instance in the answers of a flow over parameters: its own state, not the services that it holds.</summary>
    public const ulong This = 1UL << 63;

    private static readonly ConditionalWeakTable<IOperation, ValueFlow> OfElements = new();

    [ThreadStatic]
    private static Stack<IOperation>? _spare;

    private readonly Dictionary<ISymbol, ulong> _carriers = new(SymbolEqualityComparer.Default);
    private readonly List<(ISymbol Target, ISymbol[] Variables, ulong Sources)> _transfers = [];
    private readonly List<ISymbol> _variables = [];
    private readonly KnownLibraries _libraries;
    private readonly IOperation? _sourceOperation;
    private readonly bool _seesItemsTaken;
    private IMethodSymbol? _method;

    private ValueFlow(KnownLibraries libraries, IOperation? sourceOperation, bool seesItemsTaken)
    {
        _libraries = libraries;
        _sourceOperation = sourceOperation;
        _seesItemsTaken = seesItemsTaken;
    }

    /// <summary>What depends on the iteration: the element, counters, variables that a loop moves on, items taken from a queue or reader.</summary>
    /// <remarks>Computed once per repetition: every call in a loop asks, and so does every shape of a legitimate loop.</remarks>
    public static ValueFlow OfElement(Repetition repetition, KnownLibraries libraries) =>
        OfElements.GetValue(repetition.Body, _ => ComputeOfElement(repetition, libraries));

    private static ValueFlow ComputeOfElement(Repetition repetition, KnownLibraries libraries)
    {
        var flow = new ValueFlow(libraries, sourceOperation: null, seesItemsTaken: repetition.Operation is ILoopOperation);
        foreach (var symbol in repetition.ElementSymbols)
            flow._carriers[symbol] = Element;
        var region = repetition.Operation is ILoopOperation loop ? loop : repetition.Body;
        foreach (var operation in region.DescendantsAndSelf())
        {
            flow.Collect(operation);
            if (repetition.Operation is ILoopOperation)
                flow.CollectChange(operation, repetition);
        }

        flow.Settle();
        return flow;
    }

    /// <summary>What depends on the parameters of a body; bit <c>n</c> stands for the parameter with ordinal <c>n</c>.</summary>
    public static ValueFlow OfParameters(IOperation body, IMethodSymbol method, KnownLibraries libraries)
    {
        var flow = new ValueFlow(libraries, sourceOperation: null, seesItemsTaken: false);
        foreach (var parameter in method.Parameters)
            flow._carriers[parameter] = BitOf(parameter);
        flow._method = method;
        flow.CollectAll(body);
        return flow;
    }

    /// <summary>What depends on the result of one operation within a region.</summary>
    public static ValueFlow OfResult(IOperation source, IOperation region, KnownLibraries libraries)
    {
        var flow = new ValueFlow(libraries, source, seesItemsTaken: false);
        flow.CollectAll(region);
        return flow;
    }

    /// <summary>
    /// What depends on the element in the body of a function that is called per item: through the variables it captures, and through the arguments of the call.
    /// </summary>
    internal static ValueFlow OfCall(IOperation body, Callee callee, ValueFlow element, KnownLibraries libraries)
    {
        var flow = new ValueFlow(libraries, sourceOperation: null, seesItemsTaken: false);
        foreach (var carrier in element._carriers)
            flow._carriers[carrier.Key] = carrier.Value;
        foreach (var argument in callee.Arguments)
        {
            if (argument.Parameter is { } parameter && parameter.Ordinal < callee.Method.Parameters.Length && element.Reaches(argument.Value))
                flow._carriers[callee.Method.Parameters[parameter.Ordinal]] = Element;
        }

        flow.CollectAll(body);
        return flow;
    }

    /// <summary>The bit of a parameter in the answers of a flow over parameters; parameters beyond the 62nd share one.</summary>
    public static ulong BitOf(IParameterSymbol parameter) => BitAt(parameter.Ordinal);

    /// <summary>The bit of the parameter with this ordinal.</summary>
    public static ulong BitAt(int ordinal) => 1UL << Math.Min(ordinal, 62);

    /// <summary>True where the operation's value depends on a source.</summary>
    public bool Reaches(IOperation operation) => SourcesOf(operation) != 0;

    /// <summary>True where the variable holds a value that depends on a source.</summary>
    public bool Carries(ISymbol variable) => _carriers.ContainsKey(variable);

    /// <summary>Returns the sources that the variable's value depends on, one bit each.</summary>
    public ulong SourcesOf(ISymbol variable) => _carriers.TryGetValue(variable, out var sources) ? sources : 0;

    /// <summary>Returns the sources that the operation's value depends on, one bit each.</summary>
    public ulong SourcesOf(IOperation operation) => Read(operation, variables: null);

    /// <summary>Returns the sources below an operation; adds the variables that it reads to the list, or their sources to the result where there is no list.</summary>
    private ulong Read(IOperation operation, List<ISymbol>? variables)
    {
        var sources = 0UL;
        // The most frequent question of all: the stack is kept per thread.
        var pending = _spare ?? new Stack<IOperation>();
        _spare = null;
        pending.Push(operation);
        while (pending.Count > 0)
        {
            var current = pending.Pop();
            if (current == _sourceOperation)
                sources |= Element;
            if (ElementSources.CarriesNothing(current, _libraries))
                continue;
            if (current is ILocalReferenceOperation or IParameterReferenceOperation)
            {
                if (variables is not null)
                    variables.Add(current.ReferencedSymbol()!);
                else if (_carriers.TryGetValue(current.ReferencedSymbol()!, out var carried))
                    sources |= carried;
                if (_method is not null && ElementSources.IsOwnState(current, _method))
                    sources |= This;
            }
            else if (_seesItemsTaken && ElementSources.TakesAnItem(current))
                sources |= Element;
            else if (_method is not null && ElementSources.IsOwnState(current, _method))
                sources |= This;
            foreach (var child in current.ChildOperations)
                pending.Push(child);
        }

        _spare = pending;
        return sources;
    }

    private void CollectAll(IOperation region)
    {
        foreach (var operation in region.DescendantsAndSelf())
            Collect(operation);
        Settle();
    }

    private void Collect(IOperation operation)
    {
        switch (operation)
        {
            case IVariableDeclaratorOperation declarator when declarator.GetVariableInitializer() is { } initializer:
                Transfer(declarator.Symbol, initializer.Value);
                break;
            case ISimpleAssignmentOperation assignment:
                TransferTo(assignment.Target, assignment.Value);
                break;
            case ICompoundAssignmentOperation assignment:
                TransferTo(assignment.Target, assignment.Value);
                break;
            case ICoalesceAssignmentOperation assignment:
                TransferTo(assignment.Target, assignment.Value);
                break;
            case IDeconstructionAssignmentOperation deconstruction:
                TransferToAll(deconstruction.Target, deconstruction.Value);
                break;
            case IForEachLoopOperation loop:
                foreach (var local in loop.Locals)
                    Transfer(local, loop.Collection);
                break;
            case IDeclarationPatternOperation { DeclaredSymbol: { } declared }:
                TransferPattern(declared, operation);
                break;
            case IRecursivePatternOperation { DeclaredSymbol: { } declared }:
                TransferPattern(declared, operation);
                break;
            case IInvocationOperation call:
                CollectCall(call);
                break;
            case IAnonymousFunctionOperation lambda when !Loops.IsTranslated(lambda) && PerItemOperators.CallOf(lambda, depth: OwnOperators.MostDepth) is { } perItem && PerItemOperators.SequenceOf(perItem, OwnOperators.MostDepth) is { } sequence:
                foreach (var parameter in lambda.Symbol.Parameters)
                    Transfer(parameter, sequence);
                break;
        }
    }

    private void CollectCall(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.RefKind is RefKind.Out or RefKind.Ref)
                TransferToAll(argument.Value, call);
        }

        // command.Parameters.AddWithValue("@id", id), keys.Add(id): what is put into a local's object reaches whoever reads the local.
        if (!ElementSources.CanFill(call) || call.Instance.RootLocal() is not { } filled)
            return;
        foreach (var argument in call.Arguments)
            Transfer(filled, argument.Value);
    }

    private void CollectChange(IOperation operation, Repetition repetition)
    {
        switch (operation)
        {
            case IIncrementOrDecrementOperation { Target: var target }:
                MarkChanging(target);
                break;
            case ICompoundAssignmentOperation { Target: var target }:
                MarkChanging(target);
                break;
            case ISimpleAssignmentOperation { Target: var target, Value.ConstantValue.HasValue: false }
                when repetition.Kind is RepetitionKind.While or RepetitionKind.DoWhile or RepetitionKind.For
                     && target is ILocalReferenceOperation { Local: var local } && !IsDeclaredIn(local, repetition.Body):
                MarkChanging(target);
                break;
        }
    }

    private void MarkChanging(IOperation target)
    {
        if (target.Unwrap() is ILocalReferenceOperation or IParameterReferenceOperation)
            _carriers[target.ReferencedSymbol()!] = Element;
    }

    private static bool IsDeclaredIn(ISymbol local, IOperation region) =>
        local.DeclaringSyntaxReferences is [var declaration] && region.Syntax.Span.Contains(declaration.Span);

    private void TransferPattern(ISymbol declared, IOperation pattern)
    {
        for (var current = pattern.Parent; current is not null; current = current.Parent)
        {
            var value = current switch
            {
                IIsPatternOperation test => test.Value,
                ISwitchOperation choice => choice.Value,
                ISwitchExpressionOperation choice => choice.Value,
                _ => null,
            };
            if (value is not null)
            {
                Transfer(declared, value);
                return;
            }
        }
    }

    private void TransferToAll(IOperation target, IOperation value)
    {
        foreach (var operation in target.DescendantsAndSelf())
        {
            if (operation is ILocalReferenceOperation or IParameterReferenceOperation)
                Transfer(operation.ReferencedSymbol()!, value);
        }
    }

    private void TransferTo(IOperation target, IOperation value)
    {
        target = target.Unwrap();
        if (target is ILocalReferenceOperation or IParameterReferenceOperation)
            Transfer(target.ReferencedSymbol()!, value);
        else if (target.RootLocal() is { } local)
            Transfer(local, value);
    }

    private void Transfer(ISymbol target, IOperation value)
    {
        if (target is ILocalSymbol { Type: var type } && ElementSources.IsAmbient(type, _libraries))
            return;
        _variables.Clear();
        var sources = Read(value, _variables);
        if (sources != 0 || _variables.Count > 0)
            _transfers.Add((target, _variables.Count == 0 ? [] : _variables.ToArray(), sources));
    }

    private void Settle()
    {
        var changed = true;
        for (var pass = 0; changed && pass < MostPasses; pass++)
        {
            changed = false;
            foreach (var (target, variables, constant) in _transfers)
            {
                var sources = constant;
                foreach (var variable in variables)
                {
                    if (_carriers.TryGetValue(variable, out var carried))
                        sources |= carried;
                }

                if (sources == 0)
                    continue;
                _carriers.TryGetValue(target, out var known);
                if ((known | sources) == known)
                    continue;
                _carriers[target] = known | sources;
                changed = true;
            }
        }
    }
}
