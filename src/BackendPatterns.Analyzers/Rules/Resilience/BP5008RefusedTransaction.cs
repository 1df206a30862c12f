using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow.Boundaries;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.DataAccess.Transactions;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Resilience;

/// <summary>
/// Whether EF Core refuses a transaction: its context retries on failure, one of the commands in it goes through the context's strategy, and the code that opens it runs in none.
/// </summary>
internal sealed class BP5008RefusedTransaction(BackendModel model, CancellationToken cancellation)
{
    private const int MostWrappers = 3;
    private const int MostUses = 40;

    private readonly StrategyCommands _commands = new(model, model.Libraries.EntityFrameworkCore!, cancellation);
    private readonly StrategyBoundary _boundary = new(model, cancellation);

    /// <summary>Returns the context that refuses the transaction and the places that belong to the report, or null where it is not refused or that is not known.</summary>
    public (ITypeSymbol Context, IReadOnlyList<Location> Places)? Find(UserTransaction transaction)
    {
        if (transaction.Kind is TransactionKind.Ambient)
            return FindAmbient(transaction);
        if (transaction.Context is not { } context || model.Entities.RetryingContexts.Of(context) is not { } configured || IsJoinedFromHere(transaction))
            return null;
        return OpensOutside(transaction.Operation, transaction.Kind, context) is { } caller
            ? (context, PlacesOf(configured, caller == transaction.Operation ? null : caller))
            : null;
    }

    private (ITypeSymbol Context, IReadOnlyList<Location> Places)? FindAmbient(UserTransaction transaction)
    {
        var statements = TransactionExtent.Of(transaction.Operation, TransactionKind.Ambient);
        if (statements.IsEmpty)
            return null;
        (ITypeSymbol Context, Location Configured)? found = null;
        var command = _commands.FirstIn(statements, context =>
        {
            if (model.Entities.RetryingContexts.Of(context) is not { } configured)
                return false;
            found ??= (context, configured);
            return true;
        });
        if (command is null || found is not { } retrying || (!transaction.FlowsOverAwait && IsAwaitBefore(command, statements)))
            return null;
        return _boundary.Of(transaction.Operation) is StrategyPlace.Outside ? (retrying.Context, PlacesOf(retrying.Configured, null)) : null;
    }

    /// <summary>
    /// Returns the call that opens the transaction outside of any strategy and runs commands in it: the operation itself, or, where it hands the transaction to its callers, one of them. Null where
    /// there is none.
    /// </summary>
    private IOperation? OpensOutside(IOperation opening, TransactionKind kind, ITypeSymbol context)
    {
        var pending = new Queue<(IOperation Opening, int Wrappers)>();
        pending.Enqueue((opening, 0));
        while (pending.Count > 0)
        {
            var (current, wrappers) = pending.Dequeue();
            if (_commands.FirstIn(TransactionExtent.Of(current, kind), running => IsSame(running, context)) is not null)
            {
                if (_boundary.Of(current) is StrategyPlace.Outside)
                    return current;
                continue;
            }

            if (wrappers == MostWrappers || kind is TransactionKind.Joined || current.EnclosingFunction() is not null || current.MemberAround(cancellation) is not IMethodSymbol { MethodKind: MethodKind.Ordinary } wrapper || !HandsOut(current))
                continue;
            foreach (var use in UsesInSource.Of(wrapper, model, MostUses, cancellation) is { IsDefault: false } uses ? uses : ImmutableArray<IOperation>.Empty)
            {
                if (use is IInvocationOperation)
                    pending.Enqueue((use, wrappers + 1));
            }
        }

        return null;
    }

    /// <summary>True where the transaction outlives the method that opens it: returned, kept in a field, or left open on the context.</summary>
    private static bool HandsOut(IOperation opening)
    {
        var value = opening.WalkUpValue();
        return value.Parent switch
        {
            IReturnOperation or IExpressionStatementOperation => true,
            IAssignmentOperation { Target: IMemberReferenceOperation } => true,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => LocalValues(value, local),
            _ => false,
        };

        static bool LocalValues(IOperation value, ILocalSymbol local) =>
            Flow.LocalValues.Around(value).ReferencesTo(local).Any(static reference => reference.WalkUpValue().Parent is IReturnOperation or IAssignmentOperation { Target: IMemberReferenceOperation });
    }

    private static bool IsSame(ITypeSymbol running, ITypeSymbol context) =>
        running.IsOrDerivesFrom(context as INamedTypeSymbol) || context.IsOrDerivesFrom(running as INamedTypeSymbol);

    /// <summary>One mistake, one report: a transaction that is handed from one retrying context to another is reported where it begins.</summary>
    private bool IsJoinedFromHere(UserTransaction transaction)
    {
        if (transaction.Joined is not { } joined)
            return false;
        if (joined.RootLocal() is not { } local)
            return false;
        var value = Flow.LocalValues.Around(joined).OnlyValueOf(local)?.UnwrapAwait();
        return value is not null && UserTransactions.Of(value, model.Libraries.EntityFrameworkCore!) is { Context: { } context } && model.Entities.RetryingContexts.Of(context) is not null;
    }

    /// <summary>Without the option, the ambient transaction stays behind with the thread.</summary>
    private static bool IsAwaitBefore(IOperation command, ImmutableArray<IOperation> statements) =>
        statements.Any(statement => statement.DescendantsAndSelf().Any(operation =>
            operation is IAwaitOperation && operation.Syntax.SpanStart < command.Syntax.SpanStart && !operation.Syntax.Span.Contains(command.Syntax.Span)));

    private List<Location> PlacesOf(Location configured, IOperation? caller)
    {
        var places = new List<Location>();
        if (configured.SourceTree is { } tree && model.Compilation.ContainsSyntaxTree(tree))
            places.Add(configured);
        if (caller is not null)
            places.Add(caller.Syntax.GetLocation());
        return places;
    }
}
