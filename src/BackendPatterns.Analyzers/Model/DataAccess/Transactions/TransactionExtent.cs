using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.DataAccess.Transactions;

/// <summary>The statements that run while a transaction is open, as far as the function that opens it shows.</summary>
public static class TransactionExtent
{
    /// <summary>
    /// Returns the statements after the one that opens a transaction, up to the last one that mentions it (or, for a scope, to its end): <paramref name="opening"/> is the call that returns it, also a
    /// helper's. Empty where it leaves the function, or where nothing in the function ends it.
    /// </summary>
    public static ImmutableArray<IOperation> Of(IOperation opening, TransactionKind kind)
    {
        var value = opening.WalkUpValue();
        return value.Parent switch
        {
            IUsingOperation { Resources: var resources, Body: IBlockOperation body } when resources == value => body.Operations,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => OfLocal(declarator.Symbol, DeclarationAround(declarator), kind),
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local }, Parent: IExpressionStatementOperation statement } assignment when assignment.Value == value => OfLocal(local, statement, kind),
            ISimpleAssignmentOperation { Target: IDiscardOperation, Parent: IExpressionStatementOperation statement } => OfUnnamed(statement, opening, kind),
            IExpressionStatementOperation statement => OfUnnamed(statement, opening, kind),
            _ => ImmutableArray<IOperation>.Empty,
        };
    }

    private static ImmutableArray<IOperation> OfLocal(ILocalSymbol local, IOperation? declaration, TransactionKind kind)
    {
        switch (declaration)
        {
            case IUsingOperation { Body: IBlockOperation body }:
                return kind is TransactionKind.Ambient ? body.Operations : UpToMentionOf(local, body.Operations, isEndOfBlockEnough: true);
            case { Parent: IBlockOperation block }:
                var isUsing = declaration is IUsingDeclarationOperation;
                var rest = After(declaration, block);
                return kind is TransactionKind.Ambient && isUsing ? rest : UpToMentionOf(local, rest, isUsing);
            default:
                return ImmutableArray<IOperation>.Empty;
        }
    }

    private static ImmutableArray<IOperation> OfUnnamed(IOperation statement, IOperation opening, TransactionKind kind)
    {
        if (statement.Parent is not IBlockOperation block)
            return ImmutableArray<IOperation>.Empty;
        var rest = After(statement, block);
        if (kind is TransactionKind.Joined)
            return opening is IInvocationOperation { Arguments: var arguments } && arguments.Select(static argument => argument.Value.RootLocal()).OfType<ILocalSymbol>().FirstOrDefault() is { } joined ? UpToMentionOf(joined, rest, true) : rest;
        var last = -1;
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i].DescendantsAndSelf().Any(static operation => operation is IInvocationOperation call && EndsTransaction(call.TargetMethod.Name)))
                last = i;
        }

        return rest.RemoveRange(last + 1, rest.Length - last - 1);
    }

    /// <summary><c>CommitTransactionAsync</c>, <c>RollbackAsync</c>, and the names that wrappers have for them.</summary>
    private static bool EndsTransaction(string name) => NameWords.StartsWithAny(name, ["Commit", "Rollback", "RollBack", "Complete"]);

    private static ImmutableArray<IOperation> UpToMentionOf(ILocalSymbol local, ImmutableArray<IOperation> statements, bool isEndOfBlockEnough)
    {
        for (var i = statements.Length - 1; i >= 0; i--)
        {
            if (statements[i].DescendantsAndSelf().Any(operation => operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local)))
                return statements.RemoveRange(i + 1, statements.Length - i - 1);
        }

        return isEndOfBlockEnough ? statements : ImmutableArray<IOperation>.Empty;
    }

    private static IOperation? DeclarationAround(IOperation declarator)
    {
        for (var operation = declarator.Parent; operation is not null; operation = operation.Parent)
        {
            switch (operation)
            {
                case IUsingOperation or IUsingDeclarationOperation:
                    return operation;
                case IVariableDeclarationGroupOperation { Parent: not IUsingOperation and not IUsingDeclarationOperation }:
                    return operation;
                case IBlockOperation:
                    return null;
            }
        }

        return null;
    }

    private static ImmutableArray<IOperation> After(IOperation statement, IBlockOperation block)
    {
        var at = block.Operations.IndexOf(statement);
        return at < 0 ? ImmutableArray<IOperation>.Empty : block.Operations.RemoveRange(0, at + 1);
    }
}
