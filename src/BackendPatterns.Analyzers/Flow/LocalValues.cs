using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>
/// Where the locals and parameters of one member body get their values and where they are read, lambdas and local functions included.
/// Computed once per body, in one linear walk.
/// </summary>
public sealed class LocalValues
{
    private static readonly ConditionalWeakTable<IOperation, LocalValues> Bodies = new();

    private readonly Dictionary<ISymbol, List<IOperation?>> _writes = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<IOperation>> _references = new(SymbolEqualityComparer.Default);

    private LocalValues(IOperation root)
    {
        foreach (var operation in root.DescendantsAndSelf())
            Collect(operation);
    }

    /// <summary>Returns the values of the body that contains an operation.</summary>
    public static LocalValues Around(IOperation operation) => Bodies.GetValue(operation.Root(), static root => new LocalValues(root));

    /// <summary>
    /// Returns every value that the local or parameter is given in this body; an entry is null where the value is not an expression of its own
    /// (<c>foreach</c> variable, <c>out</c> argument, deconstruction, pattern, <c>++</c>).
    /// </summary>
    public IReadOnlyList<IOperation?> WritesTo(ISymbol variable) =>
        _writes.TryGetValue(variable, out var values) ? values : ImmutableArray<IOperation?>.Empty;

    /// <summary>Returns the only value a local ever gets, or null where it gets several, none, or one that is not an expression of its own.</summary>
    public IOperation? OnlyValueOf(ILocalSymbol local) => WritesTo(local) is [{ } only] ? only : null;

    /// <summary>Returns every place that mentions the local or parameter, targets of assignments included, in source order.</summary>
    public IReadOnlyList<IOperation> ReferencesTo(ISymbol variable) =>
        _references.TryGetValue(variable, out var places) ? places : ImmutableArray<IOperation>.Empty;

    private void Collect(IOperation operation)
    {
        switch (operation)
        {
            case ILocalReferenceOperation reference:
                Add(_references, reference.Local, reference);
                if (reference.IsDeclaration)
                    AddWrite(reference.Local, null);
                else if (IsOpaqueTarget(reference))
                    AddWrite(reference.Local, null);
                break;
            case IParameterReferenceOperation reference:
                Add(_references, reference.Parameter, reference);
                if (IsOpaqueTarget(reference))
                    AddWrite(reference.Parameter, null);
                break;
            case IVariableDeclaratorOperation declarator:
                if (declarator.GetVariableInitializer() is { } initializer)
                    AddWrite(declarator.Symbol, initializer.Value);
                else if (declarator.Parent is IForEachLoopOperation or ICatchClauseOperation)
                    AddWrite(declarator.Symbol, null);
                break;
            case ISimpleAssignmentOperation { Target: var target, Value: var value }:
                if (target.Unwrap() is ILocalReferenceOperation or IParameterReferenceOperation)
                    AddWrite(target.ReferencedSymbol()!, value);
                break;
            case IDeclarationPatternOperation { DeclaredSymbol: { } declared }:
                AddWrite(declared, null);
                break;
            case IRecursivePatternOperation { DeclaredSymbol: { } declared }:
                AddWrite(declared, null);
                break;
        }
    }

    private static bool IsOpaqueTarget(IOperation reference) => reference.Parent switch
    {
        ICompoundAssignmentOperation compound => compound.Target == reference,
        ICoalesceAssignmentOperation coalesce => coalesce.Target == reference,
        IIncrementOrDecrementOperation => true,
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
        ITupleOperation { Parent: IDeconstructionAssignmentOperation deconstruction } tuple => deconstruction.Target == tuple,
        _ => false,
    };

    private void AddWrite(ISymbol variable, IOperation? value)
    {
        if (!_writes.TryGetValue(variable, out var values))
            _writes.Add(variable, values = []);
        values.Add(value);
    }

    private static void Add(Dictionary<ISymbol, List<IOperation>> places, ISymbol variable, IOperation place)
    {
        if (!places.TryGetValue(variable, out var list))
            places.Add(variable, list = []);
        list.Add(place);
    }
}
