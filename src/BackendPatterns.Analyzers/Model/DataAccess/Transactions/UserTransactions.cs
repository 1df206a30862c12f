using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.DataAccess.Transactions;

/// <summary>Which operations open a transaction, and which contexts they and other operations work on.</summary>
public static class UserTransactions
{
    private const int MostSteps = 32;

    /// <summary>The calls that open one; a member without these names has none.</summary>
    internal static readonly MentionedNames CallsThatOpen = new("BeginTransaction", "BeginTransactionAsync", "UseTransaction", "UseTransactionAsync", "EnlistTransaction");

    /// <summary>Returns the transaction that an operation opens, or null. A scope that suppresses the ambient transaction opens none, nor does <c>UseTransaction(null)</c>.</summary>
    public static UserTransaction? Of(IOperation operation, EntityFrameworkCore library) => operation switch
    {
        IInvocationOperation call when CallsThatOpen.Contain(call.TargetMethod.Name) => OfCall(call, library),
        IObjectCreationOperation { Type: { Name: "TransactionScope" } type } creation when type.IsIn("System.Transactions") => OfScope(creation),
        _ => null,
    };

    /// <summary>
    /// Returns the type of the context that an expression leads out of, through sets, entries, queries and the locals that hold them: <c>ShopContext</c> for <c>_db.Orders.Where(…)</c>. Null where it
    /// leads elsewhere, or to no more than <c>DbContext</c>.
    /// </summary>
    public static ITypeSymbol? ContextOf(IOperation? expression, EntityFrameworkCore library)
    {
        for (var steps = 0; expression is not null && steps < MostSteps; steps++)
        {
            expression = expression.UnwrapAwait();
            if (library.IsDbContext(expression.Type))
                return SymbolEqualityComparer.Default.Equals(expression.Type, library.DbContext) || expression.Type is ITypeParameterSymbol ? null : expression.Type;
            expression = expression switch
            {
                IMemberReferenceOperation member => member.Instance,
                IInvocationOperation call => call.Receiver(),
                ILocalReferenceOperation local => LocalValues.Around(local).OnlyValueOf(local.Local),
                ITranslatedQueryOperation query => query.Operation,
                _ => null,
            };
        }

        return null;
    }

    private static UserTransaction? OfCall(IInvocationOperation call, EntityFrameworkCore library)
    {
        if (call.Receiver() is not { } facade || !IsFacade(facade.Unwrap().Type))
            return null;
        var context = ContextOf(facade, library);
        if (call.TargetMethod.Name.StartsWith("Begin", StringComparison.Ordinal))
            return new UserTransaction(TransactionKind.Begun, call, context);
        var joined = call.ArgumentAt(call.TargetMethod.ReducedFrom is null && call.Instance is null ? 1 : 0) ?? call.Argument("transaction");
        return joined is null || joined.IsNull() ? null : new UserTransaction(TransactionKind.Joined, call, context) { Joined = joined.Unwrap() };
    }

    private static UserTransaction? OfScope(IObjectCreationOperation creation)
    {
        var flows = false;
        foreach (var argument in creation.Arguments)
        {
            var value = argument.Value.Unwrap();
            switch (argument.Parameter?.Type.Name)
            {
                case "TransactionScopeOption" when value is not IFieldReferenceOperation { Field.Name: "Required" or "RequiresNew" } && argument.ArgumentKind is ArgumentKind.Explicit:
                    return null;
                case "TransactionScopeAsyncFlowOption":
                    flows = value is IFieldReferenceOperation { Field.Name: "Enabled" };
                    break;
            }
        }

        return new UserTransaction(TransactionKind.Ambient, creation, null) { FlowsOverAwait = flows };
    }

    private static bool IsFacade(ITypeSymbol? type) => type is { Name: "DatabaseFacade" } && type.IsIn("Microsoft.EntityFrameworkCore.Infrastructure");
}
