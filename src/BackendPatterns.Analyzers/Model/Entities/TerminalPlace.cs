using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>How reports about the shape of a query point to the operator that executes it.</summary>
/// <param name="Name">How messages name it: <c>ToListAsync</c>, <c>foreach</c>.</param>
/// <param name="Location">The name of the operator, or the collection of the loop.</param>
public sealed record TerminalPlace(string Name, Location Location)
{
    /// <summary>Returns the place of a terminal operator's call, or of a loop over a query.</summary>
    public static TerminalPlace Of(IOperation operation) =>
        new(operation is IInvocationOperation call ? call.TargetMethod.Name : "foreach", PlaceOf(operation));

    private static Location PlaceOf(IOperation operation) =>
        operation is IForEachLoopOperation loop ? loop.Collection.Syntax.GetLocation() : operation.Syntax.MemberName().GetLocation();
}
