using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow.Retry;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>
/// Writes a function that calls itself last of all as an endless loop around its body: the same attempts in the same order, without a stack that grows.
/// </summary>
internal static class RecursionAsLoop
{
    /// <summary>Marks the new loop.</summary>
    public static readonly SyntaxAnnotation Loop = new("BackendPatterns.RecursionAsLoop");

    /// <summary>
    /// Returns the file with the loop, or null where something would run in another order: work after the call, a <c>finally</c> or a <c>using</c> around it, an override that the call may reach.
    /// </summary>
    public static SyntaxNode? ApplyTo(SyntaxNode root, InvocationExpressionSyntax call, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (semantics.GetOperation(call, cancellationToken) is not IInvocationOperation operation || SelfCall.Of(operation) is not { Counted.Count: 0, Body: BlockSyntax body } self)
            return null;
        if (!IsOnlyCallOfItself(self, semantics, cancellationToken) || !PassesItsParameters(operation) || StatementOf(call, self.Function) is not { } statement)
            return null;
        if (body.HasMultilineText() || body.ContainsDirectives || HoldsSomething(body) || IsOnOneLine(body))
            return null;
        return Repeated(body, statement, semantics) is { } repeated ? root.ReplaceNode(body, body.WithStatements(SingletonList(Around(body, repeated, root)))) : null;
    }

    /// <summary>Returns the body with the call replaced by the way to the next attempt, or null where the call is not the last thing that happens.</summary>
    private static BlockSyntax? Repeated(BlockSyntax body, StatementSyntax call, SemanticModel semantics)
    {
        var returns = call is ReturnStatementSyntax;
        if (call.Parent == body)
            return body.Statements.Last() == call && !HasComments(call) ? body.WithStatements(body.Statements.Remove(call)) : null;

        if (call.Parent is not BlockSyntax place || !IsLastIn(place, call, returns))
            return null;
        switch (place.Parent)
        {
            case CatchClauseSyntax { Parent: TryStatementSyntax { Finally: null, Catches.Count: 1 } attempt } when attempt.Parent == body:
                var after = body.Statements.Skip(body.Statements.IndexOf(attempt) + 1).ToList();
                // What follows a call that does not return its result runs once more for every attempt.
                if (!returns && after is not ([] or [ReturnStatementSyntax { Expression: null }]))
                    return null;
                var isEnd = after.Count == 0;
                var changed = attempt.ReplaceNode(place, Continued(place, call, isEnd));
                if (isEnd && !returns && semantics.AnalyzeControlFlow(attempt.Block) is { Succeeded: true, EndPointIsReachable: true })
                    changed = changed.WithBlock(WithReturn(changed.Block));
                return body.ReplaceNode(attempt, changed);
            case IfStatementSyntax { Else: null } test when test.Parent == body && returns:
                return body.ReplaceNode(place, Continued(place, call, isEnd: false));
            default:
                return null;
        }
    }

    /// <summary>True for the last statement of a block, and for one that only <c>return;</c> follows.</summary>
    private static bool IsLastIn(BlockSyntax place, StatementSyntax call, bool returns)
    {
        var index = place.Statements.IndexOf(call);
        return index == place.Statements.Count - 1 || (!returns && index == place.Statements.Count - 2 && place.Statements.Last() is ReturnStatementSyntax { Expression: null });
    }

    private static BlockSyntax Continued(BlockSyntax place, StatementSyntax call, bool isEnd)
    {
        var index = place.Statements.IndexOf(call);
        var before = place.Statements.Take(index);
        if (isEnd && !HasComments(call))
            return place.WithStatements(List(before));
        var next = ContinueStatement().WithLeadingTrivia(call.GetLeadingTrivia()).WithTrailingTrivia(call.GetTrailingTrivia());
        return place.WithStatements(List(before.Append(next)));
    }

    private static BlockSyntax WithReturn(BlockSyntax block)
    {
        if (block.Statements.LastOrDefault() is not { } last)
            return block;
        var indentation = last.GetLeadingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Take(1);
        return block.AddStatements(ReturnStatement().WithLeadingTrivia(indentation).WithTrailingTrivia(last.GetTrailingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))));
    }

    /// <summary>The loop around the statements, which move in by one level.</summary>
    private static StatementSyntax Around(BlockSyntax body, BlockSyntax repeated, SyntaxNode root)
    {
        var newLine = LineBreaks.In(root).ToFullString();
        var (outer, inner) = (LastBlanks(body.CloseBraceToken.LeadingTrivia), body.Statements[0].IndentOf());
        var unit = inner.StartsWith(outer, StringComparison.Ordinal) && inner.Length > outer.Length ? inner.Substring(outer.Length) : "    ";
        var lines = string.Concat(repeated.Statements.Select(static statement => statement.ToFullString())).Split('\n');
        var moved = string.Join("\n", lines.Select(line => line.Trim().Length == 0 ? line : unit + line));
        return ParseStatement($"{inner}while (true){newLine}{inner}{{{newLine}{moved}{inner}}}{newLine}").WithAdditionalAnnotations(Loop);
    }

    private static string LastBlanks(SyntaxTriviaList trivia) => trivia.LastOrDefault() is var last && last.IsKind(SyntaxKind.WhitespaceTrivia) ? last.ToString() : "";

    /// <summary>The statement that a call is all of: <c>return await Self();</c>, <c>return Self();</c>, <c>await Self();</c>, <c>Self();</c>.</summary>
    private static StatementSyntax? StatementOf(InvocationExpressionSyntax call, IMethodSymbol function)
    {
        ExpressionSyntax value = call;
        if (value is { Parent: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax configured } })
            value = configured;
        if (value.Parent is AwaitExpressionSyntax awaited)
            value = awaited;
        // A task that is handed on or left alone belongs to whoever waits for it.
        if (value is not AwaitExpressionSyntax && (function.IsAsync || function.ReturnType.IsTask()))
            return null;
        return value.Parent switch
        {
            ReturnStatementSyntax statement => statement,
            ExpressionStatementSyntax statement when function.ReturnsVoid || function.ReturnType is INamedTypeSymbol { IsGenericType: false } && function.IsAsync => statement,
            _ => null,
        };
    }

    private static bool IsOnlyCallOfItself(SelfCall self, SemanticModel semantics, CancellationToken cancellationToken)
    {
        var function = self.Function;
        var called = self.Call.TargetMethod;
        if (!Enumerable.SequenceEqual<ISymbol>(called.TypeArguments, function.TypeParameters, SymbolEqualityComparer.Default) || !SymbolEqualityComparer.Default.Equals(called.ContainingType, function.ContainingType)
            || ((function.IsVirtual || function.IsAbstract || function.IsOverride) && !function.IsSealed && !function.ContainingType.IsSealed))
        {
            return false;
        }

        foreach (var name in self.Body.DescendantNodes().OfType<SimpleNameSyntax>())
        {
            if (name.Identifier.ValueText == function.Name && name.Identifier != self.Name && SymbolEqualityComparer.Default.Equals(semantics.GetSymbolInfo(name, cancellationToken).Symbol?.OriginalDefinition, function.OriginalDefinition))
                return false;
        }

        return true;
    }

    /// <summary>True where every argument is the parameter itself, not a token that is left out.</summary>
    private static bool PassesItsParameters(IInvocationOperation call) =>
        call.Arguments.All(static argument => argument.Value.Unwrap() is IParameterReferenceOperation reference && reference.Parameter.Ordinal == argument.Parameter?.Ordinal);

    /// <summary>A <c>using</c> declaration is held until the whole recursion is over, in a loop only until the next attempt.</summary>
    private static bool HoldsSomething(BlockSyntax body) => body.Statements.Any(static statement => statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 });

    private static bool IsOnOneLine(BlockSyntax body)
    {
        var span = body.SyntaxTree.GetLineSpan(body.Span);
        return span.StartLinePosition.Line == span.EndLinePosition.Line;
    }

    private static bool HasComments(StatementSyntax statement) =>
        statement.GetLeadingTrivia().Concat(statement.GetTrailingTrivia()).Any(static trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia));
}
