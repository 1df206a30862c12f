using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>Rewrites a retry so that it counts its attempts, waits longer each time, and lets the last failure out.</summary>
internal sealed class BoundedAttempts(RetryShape shape, SemanticModel semantics)
{
    private const int MostAttempts = 5;

    private readonly FreshNames _names = FreshNames.InMember(shape.Function);
    private readonly Backoff _backoff = new(semantics.Compilation, shape.IsAsync, shape.Token);

    /// <summary>Returns the file with the loop rewritten, or null where the loop's own counter cannot be used.</summary>
    public SyntaxNode? ApplyTo(SyntaxNode root)
    {
        var limit = _names.Take("maxAttempts");
        var counted = CounterOf(shape.Loop);
        if (counted is null && shape.Loop is ForStatementSyntax { Declaration: not null } or ForStatementSyntax { Incrementors.Count: > 0 })
            return null;
        var counter = counted?.Name ?? _names.Take("attempt");
        var last = counted is { First: 0 } ? $"{limit} - 1" : limit;
        var body = shape.Try is null ? WithStatusCheck(counter, last) : WithFilter(counter, last);
        var newLine = LineBreaks.In(root);
        var indentation = Indentation.Before(shape.Loop);
        var statements = new List<StatementSyntax>
        {
            ParseStatement($"const int {limit} = {MostAttempts};").WithLeadingTrivia(shape.Loop.GetLeadingTrivia()).WithTrailingTrivia(newLine),
        };
        if (shape.Loop is DoStatementSyntax @do && !IsTrue(@do.Condition))
        {
            statements.Add(ParseStatement($"var {counter} = 0;").WithLeadingTrivia(indentation).WithTrailingTrivia(newLine));
            var count = ParseStatement($"{counter}++;").WithLeadingTrivia(body.Statements[0].GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Take(1)).WithTrailingTrivia(newLine);
            statements.Add(@do.WithStatement(body.WithStatements(body.Statements.Insert(0, count))).WithLeadingTrivia(indentation).WithAdditionalAnnotations(RetryShape.Rewritten));
        }
        else
        {
            statements.Add(Loop(counted is null ? counter : null, body).WithLeadingTrivia(indentation).WithAdditionalAnnotations(RetryShape.Rewritten));
        }

        var block = (BlockSyntax)shape.Loop.Parent!;
        return root.ReplaceNode(block, block.WithStatements(block.Statements.ReplaceRange(shape.Loop, statements)));
    }

    /// <summary>The loop around the new body; with a counter of its own it becomes a <c>for</c> with the same condition.</summary>
    private StatementSyntax Loop(string? counter, BlockSyntax body)
    {
        if (counter is null)
            return ((ForStatementSyntax)shape.Loop).WithStatement(body);
        var (condition, close) = shape.Loop switch
        {
            WhileStatementSyntax loop => (IsTrue(loop.Condition) ? null : loop.Condition, loop.CloseParenToken.TrailingTrivia),
            DoStatementSyntax loop => (null, loop.DoKeyword.TrailingTrivia),
            _ => (((ForStatementSyntax)shape.Loop).Condition, ((ForStatementSyntax)shape.Loop).CloseParenToken.TrailingTrivia),
        };
        var header = (ForStatementSyntax)ParseStatement($"for (var {counter} = 1; {condition?.WithoutTrivia().ToFullString()}; {counter}++) {{ }}");
        if (shape.Loop is DoStatementSyntax @do)
            body = body.WithCloseBraceToken(body.CloseBraceToken.WithTrailingTrivia(@do.SemicolonToken.TrailingTrivia));
        return header.WithCloseParenToken(header.CloseParenToken.WithTrailingTrivia(close)).WithStatement(body);
    }

    /// <summary>The body with a handler that catches only while attempts are left.</summary>
    private BlockSyntax WithFilter(string counter, string last)
    {
        var handler = shape.Catch!;
        var exception = ExceptionName(handler);
        var excludes = shape.Token is not null && CatchesEverything(handler) && handler.Filter is null;
        var filter = handler.Filter?.FilterExpression.WithoutTrivia().ToFullString();
        if (filter is not null && handler.Filter!.FilterExpression is BinaryExpressionSyntax { RawKind: not (int)SyntaxKind.LogicalAndExpression } and not { RawKind: (int)SyntaxKind.IsExpression })
            filter = $"({filter})";
        if (excludes)
            filter = $"{exception} is not global::System.OperationCanceledException";
        var clause = (CatchClauseSyntax)((TryStatementSyntax)ParseStatement($"try {{ }} catch ({Declared(handler, excludes ? exception : null)}) when ({(filter is null ? "" : filter + " && ")}{counter} < {last}) {{ }}")).Catches[0];
        var header = handler.Filter?.CloseParenToken ?? handler.Declaration?.CloseParenToken ?? handler.CatchKeyword;
        if (handler.Declaration is null && handler.Filter is null && !excludes)
            clause = clause.WithDeclaration(null).WithCatchKeyword(clause.CatchKeyword.WithTrailingTrivia(Space));
        clause = clause.WithFilter(clause.Filter!.WithCloseParenToken(clause.Filter.CloseParenToken.WithTrailingTrivia(header.TrailingTrivia)))
            .WithCatchKeyword(clause.CatchKeyword.WithLeadingTrivia(handler.CatchKeyword.LeadingTrivia));
        var body = shape.Body;
        if (shape.Wait is null)
            return body.ReplaceNode(handler, Backoff.Annotated(clause.WithBlock(WithWait(handler.Block, counter))));
        // The wait may stand in the handler or after the try: replace it first, then the handler it may be part of.
        body = body.TrackNodes(handler, shape.Wait);
        body = body.ReplaceNode(body.GetCurrentNode(shape.Wait)!, Waiting(shape.Wait, counter));
        var current = body.GetCurrentNode(handler)!;
        return body.ReplaceNode(current, Backoff.Annotated(clause.WithBlock(current.Block)));
    }

    /// <summary>
    /// The body of a loop without <c>try</c>: after the last attempt the failed status becomes the exception it stands for.
    /// </summary>
    private BlockSyntax WithStatusCheck(string counter, string last)
    {
        var check = ParseStatement($"if ({counter} >= {last}) {shape.Response}.EnsureSuccessStatusCode();").WithAdditionalAnnotations(Formatter.Annotation);
        var (test, newLine) = (shape.Test!, LineBreaks.In(shape.Loop.SyntaxTree.GetRoot()));
        StatementSyntax Written(StatementSyntax statement, SyntaxTriviaList indentation) => Broken(statement, indentation, newLine).WithLeadingTrivia(indentation).WithTrailingTrivia(newLine);
        if (shape.FailedBlock is { } failed)
        {
            var inside = Indentation.Before(failed.Statements.Last());
            var statements = failed.Statements;
            if (shape.Wait is null)
                statements = statements.Insert(statements.Count - 1, Written(_backoff.Statement(counter), inside));
            else
                statements = statements.Replace(shape.Wait, Waiting(shape.Wait, counter));
            return shape.Body.ReplaceNode(failed, failed.WithStatements(statements.Insert(0, Written(check, inside))));
        }

        var body = shape.Body.TrackNodes(shape.Wait is null ? [test] : new SyntaxNode[] { test, shape.Wait });
        if (shape.Wait is not null)
            body = body.ReplaceNode(body.GetCurrentNode(shape.Wait)!, Waiting(shape.Wait, counter));
        var added = new List<StatementSyntax> { check };
        if (shape.Wait is null)
            added.Add(_backoff.Statement(counter));
        var beside = Indentation.Before(test);
        return body.InsertNodesAfter(body.GetCurrentNode(test)!, added.Select(statement => Written(statement, beside)));
    }

    private static StatementSyntax Broken(StatementSyntax statement, SyntaxTriviaList indentation, SyntaxTrivia newLine) =>
        statement is IfStatementSyntax test
            ? test.WithCloseParenToken(test.CloseParenToken.WithTrailingTrivia(newLine)).WithStatement(test.Statement.WithLeadingTrivia(indentation.Add(Whitespace("    "))))
            : statement;

    private BlockSyntax WithWait(BlockSyntax block, string counter)
    {
        var newLine = LineBreaks.In(shape.Loop.SyntaxTree.GetRoot());
        var wait = _backoff.Statement(counter);
        if (block.Statements.Count == 0)
            return block.WithStatements(SingletonList(wait.WithLeadingTrivia(ElasticMarker).WithTrailingTrivia(newLine))).WithAdditionalAnnotations(Formatter.Annotation);
        var before = block.Statements.Last() is ContinueStatementSyntax ? block.Statements.Count - 1 : block.Statements.Count;
        var indentation = Indentation.Before(block.Statements[0]);
        return block.WithStatements(block.Statements.Insert(before, wait.WithLeadingTrivia(indentation).WithTrailingTrivia(newLine)));
    }

    /// <summary>The existing wait with the backoff as its time; a time that the loop itself makes grow is kept.</summary>
    private ExpressionStatementSyntax Waiting(ExpressionStatementSyntax wait, string counter) =>
        _backoff.Waiting(wait, GrowsByItself(Backoff.CallOf(wait).ArgumentList.Arguments[0].Expression) ? null : _backoff.Time(counter));

    private bool GrowsByItself(ExpressionSyntax time)
    {
        foreach (var name in time.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
        {
            if (semantics.GetSymbolInfo(name).Symbol is ILocalSymbol local && semantics.AnalyzeDataFlow(shape.Body) is { Succeeded: true } flow && flow.WrittenInside.Contains(local, SymbolEqualityComparer.Default))
                return true;
        }

        return false;
    }

    private (string Name, int First)? CounterOf(StatementSyntax loop)
    {
        if (loop is not ForStatementSyntax { Declaration.Variables: [{ Initializer.Value: LiteralExpressionSyntax { Token.Value: 0 or 1 } first } variable], Incrementors: [var step] } statement)
            return null;
        var operand = step switch
        {
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression, Operand: IdentifierNameSyntax name } => name,
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression, Operand: IdentifierNameSyntax name } => name,
            _ => null,
        };
        if (operand?.Identifier.ValueText != variable.Identifier.ValueText || semantics.AnalyzeDataFlow(statement.Statement) is not { Succeeded: true } flow)
            return null;
        return flow.WrittenInside.Any(symbol => symbol.Name == variable.Identifier.ValueText)
            ? null
            : (variable.Identifier.ValueText, (int)first.Token.Value!);
    }

    private bool CatchesEverything(CatchClauseSyntax handler) =>
        handler.Declaration is null || (semantics.GetTypeInfo(handler.Declaration.Type).Type is { Name: "Exception" or "SystemException" } type && type.IsIn("System"));

    private string ExceptionName(CatchClauseSyntax handler) =>
        handler.Declaration is { Identifier: { ValueText.Length: > 0 } name } ? name.ValueText : _names.Take("ex");

    private static string Declared(CatchClauseSyntax handler, string? exception)
    {
        if (handler.Declaration is null)
            return "global::System.Exception " + exception;
        return exception is null || handler.Declaration.Identifier.ValueText.Length > 0
            ? handler.Declaration.WithoutTrivia().ToString().Trim('(', ')')
            : $"{handler.Declaration.Type} {exception}";
    }

    private static bool IsTrue(ExpressionSyntax condition) => condition.IsKind(SyntaxKind.TrueLiteralExpression);
}
