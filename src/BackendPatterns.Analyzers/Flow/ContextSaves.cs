using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>Calls on a context that a member makes.</summary>
internal static class ContextSaves
{
    private static readonly ConditionalWeakTable<IOperation, List<IInvocationOperation>> Saves = new();

    /// <summary>Returns the calls of <c>SaveChanges</c> and <c>SaveChangesAsync</c> on the same context, in the member that an operation stands in; those in local functions are left out.</summary>
    public static IReadOnlyList<IInvocationOperation> On(IOperation context, IOperation operation)
    {
        var all = Around(operation);
        return all.Count == 0 ? all : all.Where(save => IsSame(save.Instance, context)).ToList();
    }

    /// <summary>True where the member that an operation stands in saves any context.</summary>
    public static bool AnyAround(IOperation operation) => Around(operation).Count > 0;

    private static List<IInvocationOperation> Around(IOperation operation) =>
        Saves.GetValue(operation.Root(), static root => root.DescendantsAndSelf().OfType<IInvocationOperation>().Where(IsSave).ToList());

    /// <summary>True where two expressions are the same context: the same variable, field or property of the same object.</summary>
    public static bool IsSame(IOperation? one, IOperation other)
    {
        var symbol = one.ReferencedSymbol();
        if (symbol is null || !SymbolEqualityComparer.Default.Equals(symbol, other.ReferencedSymbol()))
            return false;
        return one!.Unwrap() is not IMemberReferenceOperation { Instance: { } instance } || instance.Unwrap() is IInstanceReferenceOperation;
    }

    private static bool IsSave(IInvocationOperation call) =>
        call.TargetMethod.Name is "SaveChanges" or "SaveChangesAsync" && call.EnclosingFunction() is not ILocalFunctionOperation;
}
