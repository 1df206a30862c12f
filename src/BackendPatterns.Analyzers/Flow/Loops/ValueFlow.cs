using System.Collections.Immutable;
using System.Runtime.CompilerServices;
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

    private static readonly HashSet<string> TakingMembers = new(StringComparer.Ordinal)
    {
        "Dequeue", "TryDequeue", "Pop", "TryPop", "Take", "TryTake", "TryRead", "ReadAsync", "ReadLine", "ReadLineAsync", "Read",
        "RandomElement", "NewGuid",
    };

    private static readonly ConditionalWeakTable<IOperation, ValueFlow> OfElements = new();

    private readonly Dictionary<ISymbol, ulong> _carriers = new(SymbolEqualityComparer.Default);
    private readonly List<(ISymbol Target, ImmutableArray<ISymbol> Variables, ulong Sources)> _transfers = [];
    private readonly KnownLibraries _libraries;
    private readonly IOperation? _sourceOperation;
    private readonly bool _seesItemsTaken;
    private bool _seesThis;

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
        flow._seesThis = true;
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

    /// <summary>The bit of a parameter in the answers of a flow over parameters; parameters beyond the 62nd share one.</summary>
    public static ulong BitOf(IParameterSymbol parameter) => BitAt(parameter.Ordinal);

    /// <summary>The bit of the parameter with this ordinal.</summary>
    public static ulong BitAt(int ordinal) => 1UL << Math.Min(ordinal, 62);

    /// <summary>True where the operation's value depends on a source.</summary>
    public bool Reaches(IOperation operation) => SourcesOf(operation) != 0;

    /// <summary>True where the variable holds a value that depends on a source.</summary>
    public bool Carries(ISymbol variable) => _carriers.ContainsKey(variable);

    /// <summary>Returns the sources that the operation's value depends on, one bit each.</summary>
    public ulong SourcesOf(IOperation operation) => Read(operation, variables: null);

    /// <summary>Returns the sources below an operation; adds the variables that it reads to the list, or their sources to the result where there is no list.</summary>
    private ulong Read(IOperation operation, List<ISymbol>? variables)
    {
        var sources = 0UL;
        var pending = new Stack<IOperation>();
        pending.Push(operation);
        while (pending.Count > 0)
        {
            var current = pending.Pop();
            if (current == _sourceOperation)
                sources |= Element;
            if (IsNoCarrier(current))
                continue;
            if (current is ILocalReferenceOperation or IParameterReferenceOperation)
            {
                if (variables is not null)
                    variables.Add(current.ReferencedSymbol()!);
                else if (_carriers.TryGetValue(current.ReferencedSymbol()!, out var carried))
                    sources |= carried;
            }
            else if (_seesItemsTaken && TakesAnItem(current))
                sources |= Element;
            else if (_seesThis && current is IInstanceReferenceOperation { Parent: IMemberReferenceOperation { Type: { } state } member } && member is not IMethodReferenceOperation && IsScalar(state))
                sources |= This;
            foreach (var child in current.ChildOperations)
                pending.Push(child);
        }

        return sources;
    }

    private bool IsNoCarrier(IOperation operation) => operation switch
    {
        INameOfOperation or ITypeOfOperation => true,
        IDefaultValueOperation or ILiteralOperation => true,
        _ => operation.Type is { TypeKind: TypeKind.Class or TypeKind.Interface or TypeKind.Struct } type && IsAmbient(type),
    };

    private bool IsAmbient(ITypeSymbol type) =>
        type.Name is "IServiceProvider" or "IServiceScope" or "AsyncServiceScope" or "ILogger" or "CancellationToken"
            or "HttpClient" or "HttpMessageInvoker" or "IDatabase" or "IDatabaseAsync" or "IDistributedCache" or "HybridCache"
        || _libraries.EntityFrameworkCore?.IsDbContext(type) == true
        || _libraries.AdoNet?.IsConnection(type) == true;

    /// <summary>A key, a name, a date: what an object knows of itself, not whom it works with.</summary>
    private static bool IsScalar(ITypeSymbol type) =>
        type.SpecialType is (>= SpecialType.System_Boolean and <= SpecialType.System_String) or SpecialType.System_DateTime
        || type is { Name: "Guid" or "DateTimeOffset" or "DateOnly" }
        || (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] } && IsScalar(inner));

    private static bool TakesAnItem(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { } method, Instance: { } instance } =>
            (TakingMembers.Contains(method.Name) && !method.ContainingType.IsIn("System.Linq")) || IsDataRecord(instance.Type),
        IPropertyReferenceOperation { Property: { Name: "Current" } } => true,
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance.Type: { } type } => IsDataRecord(type),
        _ => false,
    };

    private static bool IsDataRecord(ITypeSymbol? type) => type is { Name: "DbDataReader" or "IDataReader" or "IDataRecord" } || type?.BaseType is { Name: "DbDataReader" };

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
            case IAnonymousFunctionOperation lambda when !Loops.IsTranslated(lambda) && PerItemOperators.CallOf(lambda) is { } perItem && PerItemOperators.SequenceOf(perItem) is { } sequence:
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
        if (RootLocal(call.Instance) is not { } filled)
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
        else if (RootLocal(target) is { } local)
            Transfer(local, value);
    }

    private static ILocalSymbol? RootLocal(IOperation? operation)
    {
        while (operation is not null)
        {
            switch (operation.Unwrap())
            {
                case ILocalReferenceOperation local:
                    return local.Local;
                case IMemberReferenceOperation member:
                    operation = member.Instance;
                    break;
                case IArrayElementReferenceOperation element:
                    operation = element.ArrayReference;
                    break;
                case IInvocationOperation { Instance: { } instance }:
                    operation = instance;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    private void Transfer(ISymbol target, IOperation value)
    {
        if (target is ILocalSymbol { Type: var type } && IsAmbient(type))
            return;
        var variables = new List<ISymbol>();
        var sources = Read(value, variables);
        _transfers.Add((target, variables.ToImmutableArray(), sources));
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
