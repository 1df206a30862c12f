using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Fix of BP1022: the context finds the changes itself, the call goes away.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP1022UpdateOfTrackedEntityFix() : RuleFix(BP1022UpdateOfTrackedEntityAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        // A statement alone in an if would leave the if without one; a comment next to the call may be about more than the call.
        if (node is not InvocationExpressionSyntax { Parent: ExpressionStatementSyntax { Parent: BlockSyntax } statement } || HasComment(statement)
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || semantics.GetOperation(node, cancellationToken) is not { } operation
            || BP1022TrackedUpdate.Of(operation, BackendModel.For(semantics.Compilation), cancellationToken) is null)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var changed = document.WithSyntaxRoot(Without(statement, semantics.SyntaxTree.GetRoot(cancellationToken)));
        return await IfItCompilesAsync(document, node, changed, "Remove the call: the context tracks the entity", "Remove", cancellationToken).ConfigureAwait(false);
    }

    private static SyntaxNode Without(StatementSyntax statement, SyntaxNode root)
    {
        // The last statement on a line with others leaves the line break.
        if (!statement.GetFirstToken().GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia))
        {
            var endsLine = statement.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);
            return root.RemoveNode(statement, endsLine ? SyntaxRemoveOptions.KeepTrailingTrivia : SyntaxRemoveOptions.KeepNoTrivia)!;
        }

        // The blank line above it sets off what follows as well.
        var block = (BlockSyntax)statement.Parent!;
        var blank = statement.GetLeadingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).Take(1).ToList();
        var next = block.Statements.ElementAtOrDefault(block.Statements.IndexOf(statement) + 1);
        if (next is null || blank.Count == 0 || next.GetLeadingTrivia().FirstOrDefault(static trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia)).IsKind(SyntaxKind.EndOfLineTrivia))
            return root.RemoveNode(statement, SyntaxRemoveOptions.KeepNoTrivia)!;
        var statements = block.Statements.Replace(next, next.WithLeadingTrivia(blank.Concat(next.GetLeadingTrivia())));
        return root.ReplaceNode(block, block.WithStatements(statements.RemoveAt(block.Statements.IndexOf(statement))));
    }

    private static bool HasComment(SyntaxNode statement) =>
        statement.DescendantTrivia().Any(static trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia));
}
