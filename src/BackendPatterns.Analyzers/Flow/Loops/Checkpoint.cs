using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>A save after an external side effect of the same item: were it moved after the loop, a crash would repeat the side effects.</summary>
public static class Checkpoint
{
    /// <summary>True where the turn calls out of the process (HTTP, gRPC, a mail, a message) before <paramref name="write"/>.</summary>
    public static bool Is(Repetition repetition, IOperation write, DataAccessModel dataAccess)
    {
        foreach (var operation in repetition.Body.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation call && call.Syntax.SpanStart < write.Syntax.SpanStart && IsSideEffect(call, dataAccess))
                return true;
        }

        return false;
    }

    private static bool IsSideEffect(IInvocationOperation call, DataAccessModel dataAccess) =>
        dataAccess.Classify(call) is { } trip
            ? trip.Kind is RoundTripKind.Remote
            : call.TargetMethod.Name.StartsWith("Send", StringComparison.Ordinal) || call.TargetMethod.Name.StartsWith("Publish", StringComparison.Ordinal);
}
