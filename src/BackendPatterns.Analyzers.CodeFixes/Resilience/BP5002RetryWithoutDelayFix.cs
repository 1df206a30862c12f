using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow.Retry;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.Resilience;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>
/// Waits between the attempts of a retry, exponentially and with full jitter. Where the handler of an endless loop always leads to the next attempt, the wait ends the handler; elsewhere it
/// begins every iteration but the first, so that nobody waits after the last attempt.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP5002RetryWithoutDelayFix() : RuleFix(BP5002RetryWithoutDelayAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var semantics = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || semantics is null || node is not StatementSyntax loop || BodyOf(loop) is not { Statements.Count: > 0 } body || IsLocked(loop))
            return ImmutableArray<Remedy>.Empty;
        var model = BackendModel.For(semantics.Compilation);
        if (semantics.GetOperation(loop, cancellationToken) is not { } operation || Retries.Of(operation, model, cancellationToken) is not { Wait: null } retry
            || Backoff.At(loop, semantics, cancellationToken) is not { } backoff)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var counter = AttemptCounter.Of(retry, model);
        var rewritten = HandlerOf(retry, loop, body, semantics) is { } handler
            ? AtEndOf(handler, loop, counter, backoff, root)
            : AtStartOf(body, loop, counter, backoff, root);
        return rewritten is not null
            ? await IfItCompilesAsync(document, loop, document.WithSyntaxRoot(rewritten), "Wait between the attempts, with jitter", nameof(BP5002RetryWithoutDelayFix), cancellationToken).ConfigureAwait(false)
            : ImmutableArray<Remedy>.Empty;
    }

    private static BlockSyntax? BodyOf(StatementSyntax loop) => loop switch
    {
        WhileStatementSyntax { Statement: BlockSyntax body } => body,
        DoStatementSyntax { Statement: BlockSyntax body } => body,
        ForStatementSyntax { Statement: BlockSyntax body } => body,
        _ => null,
    };

    /// <summary>A wait under a lock makes everybody else wait as well.</summary>
    private static bool IsLocked(StatementSyntax loop) =>
        loop.Ancestors().TakeWhile(static node => !RetryShape.IsFunction(node)).Any(static node => node is LockStatementSyntax or FixedStatementSyntax);

    /// <summary>Returns the one handler whose end always leads to the next attempt, or null.</summary>
    private static CatchClauseSyntax? HandlerOf(RetryLoop retry, StatementSyntax loop, BlockSyntax body, SemanticModel semantics)
    {
        var isEndless = loop switch
        {
            WhileStatementSyntax { Condition: var condition } => condition.IsKind(SyntaxKind.TrueLiteralExpression),
            DoStatementSyntax { Condition: var condition } => condition.IsKind(SyntaxKind.TrueLiteralExpression),
            ForStatementSyntax { Condition: null } => true,
            _ => false,
        };
        if (!isEndless || retry.Failures is not [{ Kind: RetryFailureKind.Exception } failure] || loop.FindToken(failure.Location.SourceSpan.Start).Parent is not CatchClauseSyntax handler
            || body.Statements.Last() != handler.Parent || handler.Block.Statements.Count == 0)
        {
            return null;
        }

        var control = semantics.AnalyzeControlFlow(handler.Block);
        var last = handler.Block.Statements.Last();
        return control is { Succeeded: true } && (control.EndPointIsReachable || last is ContinueStatementSyntax) && control.ExitPoints.All(exit => exit == last || exit is not (ContinueStatementSyntax or GotoStatementSyntax))
            ? handler
            : null;
    }

    private static SyntaxNode? AtEndOf(CatchClauseSyntax handler, StatementSyntax loop, AttemptCounter? counter, Backoff backoff, SyntaxNode root)
    {
        var block = handler.Block;
        var index = block.Statements.Last() is ContinueStatementSyntax ? block.Statements.Count - 1 : block.Statements.Count;
        var grows = BackoffCounter.At(index < block.Statements.Count ? block.Statements[index].SpanStart : block.CloseBraceToken.SpanStart, loop, counter);
        var exponent = grows.IsNew ? grows.Name + "++" : grows.First <= 1 ? grows.Name : grows.ExponentFrom(1);
        var wait = backoff.Statement(exponent).WithLeadingTrivia(Indentation.Before(block.Statements[0])).WithTrailingTrivia(LineBreaks.In(root));
        return grows.Replace(root, loop, loop.ReplaceNode(block, block.WithStatements(block.Statements.Insert(index, wait))));
    }

    private static SyntaxNode? AtStartOf(BlockSyntax body, StatementSyntax loop, AttemptCounter? counter, Backoff backoff, SyntaxNode root)
    {
        var grows = BackoffCounter.At(body.OpenBraceToken.Span.End, loop, counter);
        if (grows is { IsNew: false, First: 0 })
            grows = BackoffCounter.New(loop);
        var newLine = LineBreaks.In(root);
        var indentation = Indentation.Before(body.Statements[0]);
        var test = (IfStatementSyntax)ParseStatement($"if ({grows.Name} > {(grows.IsNew ? 0 : grows.First - 1)}) {{ }}");
        var wait = backoff.Statement(grows.IsNew ? grows.Name : grows.ExponentFrom(1)).WithLeadingTrivia(indentation.Add(Whitespace("    "))).WithTrailingTrivia(newLine);
        var added = new List<StatementSyntax>
        {
            test.WithCloseParenToken(test.CloseParenToken.WithTrailingTrivia(newLine)).WithStatement(wait).WithLeadingTrivia(indentation),
        };
        if (grows.IsNew)
            added.Add(ParseStatement($"{grows.Name}++;").WithLeadingTrivia(indentation).WithTrailingTrivia(newLine));
        return grows.Replace(root, loop, loop.ReplaceNode(body, body.WithStatements(body.Statements.InsertRange(0, added))));
    }
}
