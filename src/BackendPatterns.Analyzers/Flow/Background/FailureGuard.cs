using BackendPatterns.Analyzers.Flow.Retry;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Background;

/// <summary>What the <c>try</c> statements around an operation do with its failure.</summary>
internal enum GuardKind
{
    /// <summary>It passes all of them.</summary>
    None,

    /// <summary>A handler for everything catches it and goes on after it.</summary>
    GoesOn,

    /// <summary>A handler for everything catches it and throws again.</summary>
    Rethrows,

    /// <summary>The code decides what it means: a handler for this kind of failure, one that ends the application, one that leaves.</summary>
    Decides,
}

/// <summary>The nearest handler that a failure meets.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Handler">The clause, or null where none catches.</param>
/// <param name="Statement">The <c>try</c> statement, or null.</param>
internal sealed record FailureGuard(GuardKind Kind, ICatchClauseOperation? Handler, ITryOperation? Statement)
{
    private const int MostDepth = 10;

    private static readonly FailureGuard Nothing = new(GuardKind.None, Handler: null, Statement: null);

    /// <summary>Exceptions that say nothing about the other side, and those of a collision: their handlers are no guard against an outage.</summary>
    private static readonly HashSet<string> OtherFailures = new(StringComparer.Ordinal)
    {
        "OperationCanceledException", "TaskCanceledException", "ObjectDisposedException", "ChannelClosedException", "ArgumentException", "ArgumentNullException", "ArgumentOutOfRangeException",
        "FormatException", "OverflowException", "IndexOutOfRangeException", "NullReferenceException", "InvalidCastException", "KeyNotFoundException", "NotSupportedException",
        "NotImplementedException", "JsonException", "XmlException", "DbUpdateConcurrencyException", "ValidationException", "ThreadAbortException", "ThreadInterruptedException",
    };

    /// <summary>Returns the nearest handler for a failure of an operation among the <c>try</c> statements inside a boundary: a loop, or the body of a function.</summary>
    public static FailureGuard Around(IOperation operation, IOperation? boundary)
    {
        for (var (child, parent) = (operation, operation.Parent); parent is not null && child != boundary; (child, parent) = (parent, parent.Parent))
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
                break;
            if (parent is ITryOperation statement && child == statement.Body && Of(statement) is { Kind: not GuardKind.None } guard)
                return guard;
        }

        return Nothing;
    }

    /// <summary>True where a handler does nothing but log: the code means to live with the failure.</summary>
    public bool OnlyLogs
    {
        get
        {
            foreach (var operation in Handler!.Handler.DescendantsAndSelf())
            {
                switch (operation)
                {
                    case IInvocationOperation call when !AttemptClassifier.IsLogging(call.TargetMethod) && !PureCalls.IsPure(call.TargetMethod) && !IsOfLogging(call):
                    case IAssignmentOperation or IIncrementOrDecrementOperation or IThrowOperation or ILoopOperation or IAwaitOperation or IObjectCreationOperation:
                        return false;
                }
            }

            return true;
        }
    }

    private static FailureGuard Of(ITryOperation statement)
    {
        if (statement.Finally is { } final && EndsApplication(final))
            return new FailureGuard(GuardKind.Decides, Handler: null, statement);
        foreach (var clause in statement.Catches)
        {
            if (IsOnlyForShutdown(clause))
                continue;
            if (EndsApplication(clause.Handler))
                return new FailureGuard(GuardKind.Decides, clause, statement);
            if (!CatchesEverything(clause))
            {
                if (OtherFailures.Contains(clause.ExceptionType.Name) || Throws(clause.Handler))
                    continue;
                return new FailureGuard(GuardKind.Decides, clause, statement);
            }

            return new FailureGuard(Throws(clause.Handler) ? GuardKind.Rethrows : Leaves(clause.Handler) ? GuardKind.Decides : GuardKind.GoesOn, clause, statement);
        }

        return Nothing;
    }

    private static bool CatchesEverything(ICatchClauseOperation clause) =>
        clause.ExceptionType is null or { Name: "Exception" or "SystemException" or "Object" } && clause.ExceptionType?.IsIn("System") != false;

    /// <summary>A clause for cancellation, or with a filter that lets in nothing else, as <c>when (stoppingToken.IsCancellationRequested)</c>.</summary>
    private static bool IsOnlyForShutdown(ICatchClauseOperation clause) =>
        clause.ExceptionType.IsCancellation() || (clause.Filter is { } filter && OnlyShutdownPasses(filter));

    private static bool OnlyShutdownPasses(IOperation filter, int depth = 0) => depth < MostDepth && filter.Unwrap() switch
    {
        IPropertyReferenceOperation { Property.Name: "IsCancellationRequested" } => true,
        IIsTypeOperation { TypeOperand: var tested } => tested.IsCancellation(),
        IIsPatternOperation { Pattern: ITypePatternOperation { MatchedType: var matched } } => matched.IsCancellation(),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both => OnlyShutdownPasses(both.LeftOperand, depth + 1) || OnlyShutdownPasses(both.RightOperand, depth + 1),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either => OnlyShutdownPasses(either.LeftOperand, depth + 1) && OnlyShutdownPasses(either.RightOperand, depth + 1),
        _ => false,
    };

    /// <summary>True where the handler always ends in a <c>throw</c>.</summary>
    private static bool Throws(IBlockOperation handler) =>
        handler.Operations.Length > 0 && handler.Operations[handler.Operations.Length - 1] is IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation };

    /// <summary>True where the handler always ends in <c>return</c> or a jump that is no <c>continue</c>.</summary>
    private static bool Leaves(IBlockOperation handler) =>
        handler.Operations.Length > 0 && handler.Operations[handler.Operations.Length - 1] is IReturnOperation or IBranchOperation { BranchKind: not BranchKind.Continue };

    private static bool EndsApplication(IOperation handler)
    {
        foreach (var operation in handler.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation { TargetMethod: { Name: "StopApplication" or "FailFast" or "Exit" or "StopAsync" or "Cancel" or "CancelAsync" } })
                return true;
            if (operation is IPropertyReferenceOperation { Property: { Name: "ExitCode", ContainingType.Name: "Environment" } })
                return true;
        }

        return false;
    }

    /// <summary>The generated method of <c>[LoggerMessage]</c>.</summary>
    private static bool IsOfLogging(IInvocationOperation call) =>
        call.TargetMethod.Name.StartsWith("Log", StringComparison.Ordinal) || call.TargetMethod.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "LoggerMessageAttribute");
}
