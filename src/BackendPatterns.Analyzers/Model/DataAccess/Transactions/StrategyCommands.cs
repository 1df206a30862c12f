using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.DataAccess.Transactions;

/// <summary>
/// The operations that EF Core runs through the execution strategy of their context: queries, saves, bulk changes, opening the connection. Raw commands (<c>ExecuteSql…</c>) and commands of the
/// connection itself go past it, and so does beginning a transaction.
/// </summary>
public sealed class StrategyCommands
{
    private const int MostBodies = 40;
    private const int MostOperations = 20_000;

    private readonly BackendModel _model;
    private readonly EntityFrameworkCore _library;
    private readonly CancellationToken _cancellation;

    internal StrategyCommands(BackendModel model, EntityFrameworkCore library, CancellationToken cancellation)
    {
        _model = model;
        _library = library;
        _cancellation = cancellation;
    }

    /// <summary>True for a call that runs a delegate through an execution strategy.</summary>
    public static bool IsExecution(IInvocationOperation call) =>
        call.TargetMethod.Name is "Execute" or "ExecuteAsync" or "ExecuteInTransaction" or "ExecuteInTransactionAsync"
        && call.Receiver()?.Unwrap().Type is { } type
        && (IsStrategy(type) || type.AllInterfaces.Any(IsStrategy));

    /// <summary>Returns the type of the context whose strategy runs an operation, or null where none does or the context is not known.</summary>
    public ITypeSymbol? ContextRunning(IOperation operation)
    {
        if (operation is IInvocationOperation { TargetMethod.Name: "OpenConnection" or "OpenConnectionAsync" } opening && opening.TargetMethod.IsIn("Microsoft.EntityFrameworkCore"))
            return UserTransactions.ContextOf(opening.Receiver(), _library);
        if (operation is IInvocationOperation call && (IsExecution(call) || call.TargetMethod.ContainingType is { Name: "RelationalDatabaseFacadeExtensions" or "DatabaseFacade" }))
            return IsExecution(call) ? UserTransactions.ContextOf(call.Receiver(), _library) : null;
        if (_model.DataAccess.Classify(operation) is not { Library: DataLibrary.EntityFrameworkCore } trip)
            return null;
        return UserTransactions.ContextOf(trip.Query?.Source ?? Target(operation), _library);
    }

    /// <summary>
    /// Returns the first command in these statements, or in the bodies that they call, that the strategy of a context runs for which <paramref name="isMeant"/> is true, as the operation in the statements
    /// that leads to it; null where none is visible. What runs under a scope that suppresses the ambient transaction is left out.
    /// </summary>
    public IOperation? FirstIn(IEnumerable<IOperation> statements, Func<ITypeSymbol, bool> isMeant)
    {
        foreach (var statement in statements)
        {
            foreach (var operation in Running(statement))
            {
                if (ContextRunning(operation) is { } context ? isMeant(context) : IsBehind(operation, isMeant))
                    return operation;
            }
        }

        return null;
    }

    private bool IsBehind(IOperation operation, Func<ITypeSymbol, bool> isMeant)
    {
        if (operation is not IInvocationOperation start || IsExecution(start) || !_model.Calls.CanFollow(start))
            return false;
        var read = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var pending = new Queue<IMethodSymbol>();
        pending.Enqueue(start.TargetMethod);
        while (pending.Count > 0)
        {
            foreach (var method in _model.Calls.BodiesOf(pending.Dequeue(), _cancellation))
            {
                if (read.Count == MostBodies || !read.Add(method.OriginalDefinition) || _model.BodyOf(method, _cancellation) is not { } body)
                    continue;
                foreach (var inner in Running(body))
                {
                    if (ContextRunning(inner) is { } context && isMeant(context))
                        return true;
                    if (inner is IInvocationOperation call && !IsExecution(call) && _model.Calls.CanFollow(call))
                        pending.Enqueue(call.TargetMethod);
                }
            }
        }

        return false;
    }

    /// <summary>The operations of a statement that run with it: not those of functions that it only declares, nor what a suppressed scope takes out.</summary>
    private IEnumerable<IOperation> Running(IOperation statement)
    {
        var pending = new Stack<IOperation>();
        pending.Push(statement);
        for (var count = 0; pending.Count > 0 && count < MostOperations; count++)
        {
            _cancellation.ThrowIfCancellationRequested();
            var operation = pending.Pop();
            if (operation is ILocalFunctionOperation || (operation is IUsingOperation { Resources: var resources } && IsSuppressed(resources)))
                continue;
            yield return operation;
            // In the strategy of any context the transaction may be used.
            if (operation is IInvocationOperation call && IsExecution(call))
                continue;
            foreach (var child in operation.ChildOperations.Reverse())
                pending.Push(child);
        }
    }

    private static bool IsSuppressed(IOperation resources) =>
        resources.DescendantsAndSelf().Any(static operation => operation is IFieldReferenceOperation { Field: { Name: "Suppress", ContainingType.Name: "TransactionScopeOption" } });

    private static IOperation? Target(IOperation operation) => operation is IInvocationOperation call ? call.Receiver() : null;

    private static bool IsStrategy(ITypeSymbol type) => type.Name is "IExecutionStrategy" && type.IsIn("Microsoft.EntityFrameworkCore.Storage");
}
