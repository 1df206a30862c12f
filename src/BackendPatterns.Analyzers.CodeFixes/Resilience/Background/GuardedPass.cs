using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow.Background;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience.Background;

/// <summary>The body of a hosted loop, cut into the work and the waits before and after it, which stay outside the guard so that a loop that fails each time does not spin.</summary>
/// <param name="Loop">The loop.</param>
/// <param name="Statements">The statements of its body.</param>
/// <param name="First">The number of the first statement of the work.</param>
/// <param name="End">The number after its last.</param>
/// <param name="Token">The expression of the token that stops the loop, or null.</param>
/// <param name="Waits">True where every pass waits outside the guard.</param>
/// <param name="Exception">A free name for the caught exception.</param>
/// <param name="Service">The name of the service.</param>
internal sealed record GuardedPass(StatementSyntax Loop, SyntaxList<StatementSyntax> Statements, int First, int End, string? Token, bool Waits, string Exception, string Service)
{
    /// <summary>Marks the rewritten loop: this one, not those that the same Fix All rewrote before.</summary>
    public SyntaxAnnotation Mark { get; } = new();

    /// <summary>Returns the cut, or null where there is no work between the waits or the loop cannot be rewritten.</summary>
    public static GuardedPass? Of(StatementSyntax loop, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (BodyOf(loop) is not { } body || loop.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || loop.ContainsDirectives
            || loop.DescendantNodes().Any(static node => node is LabeledStatementSyntax or GotoStatementSyntax or YieldStatementSyntax)
            || semantics.GetOperation(loop, cancellationToken) is not ILoopOperation operation)
        {
            return null;
        }

        var statements = body is BlockSyntax block ? block.Statements : SingletonList(body);
        var passWaits = new PassWaits(semantics, cancellationToken);
        var (first, end) = passWaits.WorkIn(statements);
        if (first >= end)
            return null;
        var waits = first > 0 || end < statements.Count || PassWaits.IsPaced(operation);
        if (!waits && !IsAsync(loop))
            return null;
        return new GuardedPass(
            loop, statements, first, end, LoopToken.Of(loop, semantics, cancellationToken), waits, FreshNames.InMember(loop).Take("ex", "exception"), type.Identifier.ValueText);
    }

    /// <summary>Returns the loop with the guard.</summary>
    public SyntaxNode ApplyTo(StatementSyntax loop, string logger)
    {
        var newLine = LineBreaks.In(Loop.SyntaxTree.GetRoot());
        var inner = Indentation.Of(Statements[First], Loop);
        var work = Statements.Skip(First).Take(End - First).Select(Indentation.Deepen).ToList();
        var guard = Guard(logger, inner, newLine.ToFullString());
        work[0] = work[0].WithLeadingTrivia(work[0].GetLeadingTrivia().SkipWhile(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
        guard = guard.WithBlock(guard.Block.WithStatements(List(work)));
        guard = guard.WithLeadingTrivia(First > 0 ? TriviaList(newLine, Whitespace(inner)) : TriviaList(Whitespace(inner)));
        var after = Statements.Skip(End).ToList();
        if (after.Count > 0 && !after[0].GetLeadingTrivia().FirstOrDefault().IsKind(SyntaxKind.EndOfLineTrivia))
            after[0] = after[0].WithLeadingTrivia(after[0].GetLeadingTrivia().Insert(0, newLine));
        var statements = List(Statements.Take(First).Append(guard).Concat(after));
        var changed = BodyOf(Loop) is BlockSyntax block
            ? block.WithStatements(statements)
            : Block(statements).WithOpenBraceToken(Brace(SyntaxKind.OpenBraceToken)).WithCloseBraceToken(Brace(SyntaxKind.CloseBraceToken));
        return WithBody(loop, changed);

        SyntaxToken Brace(SyntaxKind kind) => SyntaxFactory.Token(TriviaList(Whitespace(Indentation.Of(Loop))), kind, TriviaList(newLine));
    }

    private TryStatementSyntax Guard(string logger, string indentation, string newLine)
    {
        var shutdown = Token is null ? "" : $" || !{Token}.IsCancellationRequested";
        var pause = Waits ? "" : $"    await global::System.Threading.Tasks.Task.Delay(global::System.TimeSpan.FromSeconds(5){(Token is null ? "" : ", " + Token)});\n";
        var text = $$"""
            try
            {
            }
            catch (global::System.Exception {{Exception}}) when ({{Exception}} is not global::System.OperationCanceledException{{shutdown}})
            {
                {{logger}}.LogError({{Exception}}, "{Service} failed and goes on with its next pass", nameof({{Service}}));
            {{pause}}}
            """;
        var lines = text.Replace("\r\n", "\n").Split('\n').Select(line => indentation + line);
        var guard = (TryStatementSyntax)ParseStatement(string.Join(newLine, lines) + newLine);
        return guard.ReplaceNodes(
            guard.DescendantNodes().Where(static node => node is QualifiedNameSyntax or MemberAccessExpressionSyntax && node.ToString().StartsWith("global::", StringComparison.Ordinal)),
            static (_, node) => node.WithAdditionalAnnotations(Simplifier.Annotation));
    }

    private static StatementSyntax? BodyOf(StatementSyntax loop) => loop switch
    {
        WhileStatementSyntax statement => statement.Statement,
        DoStatementSyntax statement => statement.Statement,
        ForStatementSyntax statement => statement.Statement,
        CommonForEachStatementSyntax statement => statement.Statement,
        _ => null,
    };

    private static SyntaxNode WithBody(StatementSyntax loop, StatementSyntax body) => loop switch
    {
        WhileStatementSyntax statement => statement.WithStatement(body),
        DoStatementSyntax statement => statement.WithStatement(body),
        ForStatementSyntax statement => statement.WithStatement(body),
        _ => ((CommonForEachStatementSyntax)loop).WithStatement(body),
    };

    private static bool IsAsync(SyntaxNode loop)
    {
        foreach (var node in loop.Ancestors())
        {
            switch (node)
            {
                case AnonymousFunctionExpressionSyntax lambda:
                    return lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword);
                case LocalFunctionStatementSyntax function:
                    return function.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case BaseMethodDeclarationSyntax method:
                    return method.Modifiers.Any(SyntaxKind.AsyncKeyword);
            }
        }

        return false;
    }
}
