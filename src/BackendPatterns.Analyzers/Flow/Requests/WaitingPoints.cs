using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Requests;

/// <summary>Where an asynchronous method may have to wait: until the first of these points it runs as part of its caller.</summary>
internal sealed class WaitingPoints
{
    private readonly ImmutableArray<IOperation> _points;

    private WaitingPoints(ImmutableArray<IOperation> points) => _points = points;

    /// <summary>No point: a method that is not asynchronous returns when it is done.</summary>
    public static WaitingPoints None { get; } = new(ImmutableArray<IOperation>.Empty);

    /// <summary>True where the method never waits.</summary>
    public bool AreNone => _points.IsEmpty;

    /// <summary>Returns the points of a body, those of the functions in it left out.</summary>
    public static WaitingPoints In(IOperation body)
    {
        var points = ImmutableArray.CreateBuilder<IOperation>();
        var pending = new Stack<IOperation>();
        pending.Push(body);
        while (pending.Count > 0)
        {
            var operation = pending.Pop();
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation && operation != body)
                continue;
            if (operation is IForEachLoopOperation { IsAsynchronous: true } || (operation is IAwaitOperation { Operation: var task } && !IsDone(task)))
                points.Add(operation);
            foreach (var child in operation.ChildOperations)
                pending.Push(child);
        }

        return new WaitingPoints(points.ToImmutable());
    }

    /// <summary>True where an operation runs after one of the points, on a path that leads from it there.</summary>
    public bool Precede(IOperation operation)
    {
        foreach (var point in _points)
        {
            if (Precedes(point, operation))
                return true;
        }

        return false;
    }

    private static bool Precedes(IOperation point, IOperation operation)
    {
        var place = operation.Syntax.SpanStart;
        var isBefore = point is IForEachLoopOperation ? point.Syntax.Span.Contains(place) || point.Syntax.Span.End <= place : point.Syntax.Span.End <= place;
        for (var around = point.Parent; around is not null; around = around.Parent)
        {
            if (around.Syntax.Span.Contains(operation.Syntax.Span))
                // The next turn of a loop comes after the wait of this one.
                return isBefore || IsInLoop(around, operation);
            if (around is IBlockOperation { Operations: [.., IReturnOperation or IThrowOperation or IBranchOperation] })
                return false;
        }

        return isBefore;
    }

    private static bool IsInLoop(IOperation around, IOperation operation)
    {
        for (var current = around; current is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); current = current.Parent)
        {
            if (current is ILoopOperation && operation.IsWithin(current))
                return true;
        }

        return false;
    }

    private static bool IsDone(IOperation task) => task.Unwrap() switch
    {
        IPropertyReferenceOperation { Property: { Name: "CompletedTask" } property } => property.ContainingType.IsTask(),
        IInvocationOperation { TargetMethod: { Name: "FromResult" } method } => method.ContainingType.IsTask(),
        _ => false,
    };
}
