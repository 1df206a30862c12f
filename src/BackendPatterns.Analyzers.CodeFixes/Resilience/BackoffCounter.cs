using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow.Retry;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>What the wait of a loop grows by: the loop's own counter where it counts up by one with every failure, else a new local.</summary>
/// <param name="Name">The variable.</param>
/// <param name="First">Its value at the first wait.</param>
/// <param name="IsNew">True where the variable has to be declared before the loop, and counted.</param>
internal sealed record BackoffCounter(string Name, int First, bool IsNew)
{
    /// <summary>Returns the counter for a wait at a position of the loop's body.</summary>
    public static BackoffCounter At(int position, StatementSyntax loop, AttemptCounter? counter) =>
        counter is { Step: 1, CountsEveryFailure: true } && counter.ValueAfterFailureAt(position) is { } first and >= 0
            ? new BackoffCounter(counter.Variable.Name, first, IsNew: false)
            : New(loop);

    /// <summary>Returns a new counter, which is zero at the first wait.</summary>
    public static BackoffCounter New(StatementSyntax loop) => new(FreshNames.InMember(loop).Take("retries", "retryCount"), 0, IsNew: true);

    /// <summary>An expression that has this value at the first wait, and one more at each of the next.</summary>
    public string ExponentFrom(int value) => (First - value) switch
    {
        0 => Name,
        > 0 and var less => $"{Name} - {less}",
        var more => $"{Name} + {-more}",
    };

    /// <summary>Returns the file with a loop replaced, and the counter declared before it where it is new; null where there is no place for the declaration.</summary>
    public SyntaxNode? Replace(SyntaxNode root, StatementSyntax loop, StatementSyntax changed)
    {
        changed = changed.WithAdditionalAnnotations(RetryShape.Rewritten);
        if (!IsNew)
            return root.ReplaceNode(loop, changed);
        if (loop.Parent is not BlockSyntax block)
            return null;
        var declaration = ParseStatement($"var {Name} = 0;").WithLeadingTrivia(loop.GetLeadingTrivia()).WithTrailingTrivia(LineBreaks.In(root));
        return root.ReplaceNode(block, block.WithStatements(block.Statements.ReplaceRange(loop, [declaration, changed.WithLeadingTrivia(Indentation.Before(loop))])));
    }
}
