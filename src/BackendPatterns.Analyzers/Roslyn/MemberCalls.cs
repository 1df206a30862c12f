using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Roslyn;

/// <summary>The calls in the code of a member, listed once for all rules that look at calls.</summary>
internal static class MemberCalls
{
    private static readonly ConditionalWeakTable<IOperation, StrongBox<ImmutableArray<IInvocationOperation>>> Known = new();

    /// <summary>Returns the calls below a root (<see cref="OperationExtensions.Roots"/>), local functions and lambdas included, in source order.</summary>
    public static ImmutableArray<IInvocationOperation> Below(IOperation root) =>
        Known.TryGetValue(root, out var known) ? known.Value : Known.GetValue(root, static r => new StrongBox<ImmutableArray<IInvocationOperation>>(Find(r))).Value;

    private static ImmutableArray<IInvocationOperation> Find(IOperation root)
    {
        var calls = ImmutableArray.CreateBuilder<IInvocationOperation>();
        foreach (var operation in root.Descendants())
        {
            if (operation is IInvocationOperation call)
                calls.Add(call);
        }

        return calls.ToImmutable();
    }
}
