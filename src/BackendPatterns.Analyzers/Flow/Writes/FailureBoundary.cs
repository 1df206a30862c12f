using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>
/// A <c>try</c> per element after whose failure the loop goes on: what is written for the other elements is meant to stay. Also a <c>catch</c> itself, which
/// runs for failures only.
/// </summary>
public static class FailureBoundary
{
    public static bool Surrounds(CallSite site)
    {
        var from = site.Call;
        for (var current = from.Parent; current is not null; from = current, current = current.Parent)
        {
            switch (current)
            {
                case ICatchClauseOperation:
                    return true;
                case ITryOperation attempt when from == attempt.Body && attempt.Catches.Any(clause => GoesOnAfter(clause.Handler, site.Loop)):
                    return true;
            }

            if (current == site.Region)
                return false;
        }

        return false;
    }

    /// <summary>In a method that the loop calls, a handler that returns lets the loop go on.</summary>
    private static bool GoesOnAfter(IOperation handler, IOperation? loop) => loop is not null ? !Exits.Leaves(handler, loop) : !EndsWithThrow(handler);

    private static bool EndsWithThrow(IOperation operation)
    {
        while (operation is IBlockOperation { Operations: { IsEmpty: false } statements })
            operation = statements[statements.Length - 1];
        return operation is IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation };
    }
}
