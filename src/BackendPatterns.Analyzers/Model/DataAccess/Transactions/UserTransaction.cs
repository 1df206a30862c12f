using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.DataAccess.Transactions;

/// <summary>How code opens a transaction.</summary>
public enum TransactionKind
{
    /// <summary><c>db.Database.BeginTransaction()</c>.</summary>
    Begun,

    /// <summary><c>db.Database.UseTransaction(transaction)</c>, <c>EnlistTransaction</c>: of another context or connection.</summary>
    Joined,

    /// <summary><c>new TransactionScope()</c>: the commands of every context below take part.</summary>
    Ambient,
}

/// <summary>A transaction that code opens itself, other than the one that EF Core makes around a save.</summary>
/// <param name="Kind">How it is opened.</param>
/// <param name="Operation">The call, or the construction of the scope.</param>
/// <param name="Context">The type of the context that it is opened on; null for an ambient one, and where the code names no more than <c>DbContext</c>'s facade.</param>
public sealed record UserTransaction(TransactionKind Kind, IOperation Operation, ITypeSymbol? Context)
{
    /// <summary>For an ambient one: true where it follows the code over an <c>await</c>.</summary>
    public bool FlowsOverAwait { get; init; } = true;

    /// <summary>For one that is joined: what is joined, or null.</summary>
    public IOperation? Joined { get; init; }
}
