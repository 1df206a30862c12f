using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow.Background;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience.Background;

/// <summary>
/// A busy loop that can wait for a timer. The wait throws when the host stops, where the loop used to end by its condition; so the loop is the last thing that <c>ExecuteAsync</c> does, the host's
/// own token is waited with, and no handler around it would take that for a failure. The host ignores cancellation of its own making
/// (https://github.com/dotnet/runtime/blob/main/src/libraries/Microsoft.Extensions.Hosting/src/Internal/Host.cs).
/// </summary>
/// <param name="Loop">The loop.</param>
/// <param name="Body">Its block.</param>
/// <param name="Token">The token that the host gives.</param>
/// <param name="Timer">A free name for the timer.</param>
internal sealed record TimedLoop(StatementSyntax Loop, BlockSyntax Body, string Token, string Timer)
{
    /// <summary>Marks the rewritten loop.</summary>
    public SyntaxAnnotation Mark { get; } = new();

    /// <summary>Returns the loop, or null where a wait could change more than the pace.</summary>
    public static TimedLoop? Of(StatementSyntax loop, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (loop.Parent is not BlockSyntax || BodyOf(loop) is not { } body || loop.ContainsDirectives)
            return null;
        if (loop.Ancestors().FirstOrDefault(static node => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax) is not MethodDeclarationSyntax method
            || !method.Modifiers.Any(SyntaxKind.AsyncKeyword) || semantics.GetDeclaredSymbol(method, cancellationToken) is not { Parameters: [{ Name: var token }] } symbol
            || !BackendModel.For(semantics.Compilation).HostedServices.IsExecute(symbol))
        {
            return null;
        }

        if (!TestsOnly(token, loop) || !IsLast(loop, method) || StartsLate(loop, method, token) || HasWait(loop, semantics, cancellationToken))
            return null;
        return new TimedLoop(loop, body, token, FreshNames.InMember(loop).Take("timer", "periodicTimer"));
    }

    /// <summary>Returns what may stand in place of the loop, best first: a wait where there is no work, a wait after every pass.</summary>
    public IEnumerable<IEnumerable<StatementSyntax>> Forms()
    {
        var timer = Created();
        if (Continues().FirstOrDefault() is { } first && !first.Ancestors().TakeWhile(node => node != Loop).Any(static node => node is TryStatementSyntax { Catches.Count: > 0 }) && WaitBefore(first) is { } waiting)
            yield return [timer, AfterTimer(waiting.WithAdditionalAnnotations(Mark))];
        yield return [timer, AfterTimer(PassThenWait().WithAdditionalAnnotations(Mark))];
    }

    private static BlockSyntax? BodyOf(StatementSyntax loop) => loop switch
    {
        WhileStatementSyntax { Statement: BlockSyntax body } => body,
        ForStatementSyntax { Statement: BlockSyntax body, Declaration: null, Initializers.Count: 0, Incrementors.Count: 0 } => body,
        _ => null,
    };

    private static bool TestsOnly(string token, StatementSyntax loop) => loop switch
    {
        WhileStatementSyntax { Condition: var condition } => condition.IsKind(SyntaxKind.TrueLiteralExpression) || condition.ToString() == $"!{token}.IsCancellationRequested",
        ForStatementSyntax { Condition: var condition } => condition is null || condition.ToString() == $"!{token}.IsCancellationRequested",
        _ => false,
    };

    /// <summary>True where nothing comes after the loop, and nothing around it catches more than cancellation.</summary>
    private static bool IsLast(SyntaxNode loop, MethodDeclarationSyntax method)
    {
        for (var (node, parent) = (loop, loop.Parent); parent is not null && node != method.Body; (node, parent) = (parent, parent.Parent))
        {
            switch (parent)
            {
                case BlockSyntax block when block.Statements.Last() != node:
                    return false;
                case TryStatementSyntax { Catches: var clauses } when clauses.Any(static clause => clause.Declaration?.Type.ToString() is not ("OperationCanceledException" or "TaskCanceledException")):
                case IfStatementSyntax or SwitchSectionSyntax or LockStatementSyntax or StatementSyntax { RawKind: (int)SyntaxKind.WhileStatement or (int)SyntaxKind.ForStatement or (int)SyntaxKind.ForEachStatement or (int)SyntaxKind.DoStatement }:
                    return false;
            }
        }

        return true;
    }

    /// <summary>True where the token may already be cancelled when the loop is reached: after a wait that does not end with it.</summary>
    private static bool StartsLate(StatementSyntax loop, MethodDeclarationSyntax method, string token) =>
        method.DescendantNodes().OfType<AwaitExpressionSyntax>().Any(awaited => awaited.SpanStart < loop.SpanStart && !awaited.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == token));

    private static bool HasWait(StatementSyntax loop, SemanticModel semantics, CancellationToken cancellationToken) =>
        semantics.GetOperation(loop, cancellationToken)?.DescendantsAndSelf().Any(static operation => operation is IInvocationOperation call && Pauses.IsWait(call)) != false;

    private IEnumerable<ContinueStatementSyntax> Continues() =>
        Body.DescendantNodes(static node => !(node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax)).OfType<ContinueStatementSyntax>();

    private StatementSyntax Created()
    {
        var newLine = LineBreaks.In(Loop.SyntaxTree.GetRoot());
        var statement = ParseStatement($"using var {Timer} = new global::System.Threading.PeriodicTimer(global::System.TimeSpan.FromSeconds(1));");
        statement = statement.ReplaceNodes(
            statement.DescendantNodes().Where(static node => node is QualifiedNameSyntax or MemberAccessExpressionSyntax && node.ToString().StartsWith("global::", StringComparison.Ordinal)),
            static (_, node) => node.WithAdditionalAnnotations(Simplifier.Annotation));
        return statement.WithLeadingTrivia(Loop.GetLeadingTrivia()).WithTrailingTrivia(newLine);
    }

    private StatementSyntax AfterTimer(StatementSyntax loop) => loop.WithLeadingTrivia(Whitespace(Indentation.Of(Loop)));

    /// <summary>Returns the loop with a wait before a <c>continue</c>, in a block where it was the only statement of an <c>if</c>.</summary>
    private StatementSyntax? WaitBefore(ContinueStatementSyntax statement)
    {
        var newLine = LineBreaks.In(Loop.SyntaxTree.GetRoot());
        var wait = ParseStatement($"await {Timer}.WaitForNextTickAsync({Token});").WithTrailingTrivia(newLine);
        if (statement.Parent is BlockSyntax)
            return Loop.ReplaceNode(statement, [wait.WithLeadingTrivia(statement.GetLeadingTrivia()), statement.WithLeadingTrivia(Whitespace(Indentation.Of(statement)))]);
        if (statement.Parent is not IfStatementSyntax { Else: null, Parent: BlockSyntax } test)
            return null;
        var outer = Indentation.Of(test);
        var inner = TriviaList(Whitespace(outer + "    "));
        var block = Block(
            SyntaxFactory.Token(TriviaList(Whitespace(outer)), SyntaxKind.OpenBraceToken, TriviaList(newLine)),
            List<StatementSyntax>([wait.WithLeadingTrivia(inner), statement.WithLeadingTrivia(inner)]),
            SyntaxFactory.Token(TriviaList(Whitespace(outer)), SyntaxKind.CloseBraceToken, TriviaList(newLine)));
        return Loop.ReplaceNode(test, test.WithCloseParenToken(test.CloseParenToken.WithTrailingTrivia(newLine)).WithStatement(block));
    }

    private StatementSyntax PassThenWait()
    {
        var newLine = LineBreaks.In(Loop.SyntaxTree.GetRoot()).ToFullString();
        var indentation = Indentation.Of(Loop);
        var loop = (DoStatementSyntax)ParseStatement($"do{newLine}{indentation}{{ }}{newLine}{indentation}while (await {Timer}.WaitForNextTickAsync({Token}));");
        return loop.WithStatement(Body.WithCloseBraceToken(Body.CloseBraceToken.WithTrailingTrivia(EndOfLine(newLine)))).WithTrailingTrivia(Loop.GetTrailingTrivia());
    }
}
