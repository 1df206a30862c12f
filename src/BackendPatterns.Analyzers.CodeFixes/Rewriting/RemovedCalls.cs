using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>Takes calls out of fluent chains, and out of the file where nothing of the statement is left.</summary>
public static class RemovedCalls
{
    /// <summary>Returns the file without the calls, or null where there are none, where one is of another file or where a comment is in the way.</summary>
    public static SyntaxNode? From(SyntaxNode root, ImmutableArray<IInvocationOperation> calls)
    {
        if (calls.IsEmpty)
            return null;
        var removed = new HashSet<SyntaxNode>();
        foreach (var call in calls)
        {
            if (call.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } syntax || syntax.SyntaxTree != root.SyntaxTree)
                return null;
            removed.Add(syntax);
        }

        var replacements = new Dictionary<SyntaxNode, ExpressionSyntax>();
        var statements = new List<SyntaxNode>();
        foreach (var chain in removed.Select(static call => FluentChain.EndOf((InvocationExpressionSyntax)call)).Distinct())
        {
            var rest = FluentChain.Without(chain, removed.Contains);
            if (FluentChain.CallsOf(rest).Count() != FluentChain.CallsOf(chain).Count(call => !removed.Contains(call)))
                return null;
            if (rest is InvocationExpressionSyntax || chain.Parent is not ExpressionStatementSyntax statement)
                replacements.Add(chain, rest);
            else if (statement.GetLeadingTrivia().Concat(statement.GetTrailingTrivia()).Any(static trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia)))
                return null;
            else
                statements.Add(statement.Parent is GlobalStatementSyntax global ? global : statement);
        }

        var tracked = root.TrackNodes(statements);
        var marks = replacements.ToDictionary(static pair => pair.Key.Span, static pair => pair.Value);
        tracked = tracked.ReplaceNodes(
            tracked.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(node => marks.ContainsKey(node.Span)), (original, _) => marks[original.Span]);
        return tracked.RemoveNodes(tracked.GetCurrentNodes<SyntaxNode>(statements), SyntaxRemoveOptions.KeepNoTrivia);
    }
}
