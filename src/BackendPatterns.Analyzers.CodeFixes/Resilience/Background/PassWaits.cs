using BackendPatterns.Analyzers.Flow.Background;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience.Background;

/// <summary>Which statements of a loop's body only wait.</summary>
internal sealed class PassWaits(SemanticModel semantics, CancellationToken cancellationToken)
{
    /// <summary>Returns the numbers of the first statement that works, and of the one after the last: what is before and after waits, or logs beside a wait.</summary>
    public (int First, int End) WorkIn(IReadOnlyList<StatementSyntax> statements)
    {
        var first = 0;
        for (var index = 0; index < statements.Count && (IsWait(statements[index]) || IsLog(statements[index])); index++)
        {
            if (IsWait(statements[index]))
                first = index + 1;
        }

        var end = statements.Count;
        for (var index = statements.Count - 1; index >= first && (IsWait(statements[index]) || IsLog(statements[index])); index--)
        {
            if (IsWait(statements[index]))
                end = index;
        }

        return (first, end);
    }

    /// <summary>True for a loop whose condition waits, for a timer or for the next item.</summary>
    public static bool IsPaced(ILoopOperation loop) => loop switch
    {
        IForEachLoopOperation => true,
        IWhileLoopOperation { Condition: { } condition } => condition.DescendantsAndSelf().Any(static part => part is IAwaitOperation),
        _ => false,
    };

    /// <summary><c>await Task.Delay(…);</c>, <c>await timer.WaitForNextTickAsync(…);</c>, <c>await signal.WaitAsync(…);</c>, <c>var item = await reader.ReadAsync(…);</c></summary>
    private bool IsWait(StatementSyntax statement)
    {
        var expression = statement switch
        {
            ExpressionStatementSyntax { Expression: var call } => call,
            LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Declaration.Variables: [{ Initializer.Value: AwaitExpressionSyntax value }] } => value,
            _ => null,
        };
        return expression is not null && semantics.GetOperation(expression, cancellationToken)?.UnwrapAwait() is IInvocationOperation operation
            && Pauses.IsWait(operation);
    }

    private bool IsLog(StatementSyntax statement) =>
        statement is ExpressionStatementSyntax { Expression: var expression } && semantics.GetOperation(expression, cancellationToken) is IInvocationOperation call && Pauses.IsLog(call);
}
