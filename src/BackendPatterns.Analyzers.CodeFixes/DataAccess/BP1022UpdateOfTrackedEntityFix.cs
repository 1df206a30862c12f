using System.Collections.Immutable;
using System.Composition;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Fix of BP1022: the context finds the changes itself, the call goes away.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
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

        // The last statement on a line with others leaves the line break.
        var endsSharedLine = statement.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia) && !statement.GetFirstToken().GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        var root = semantics.SyntaxTree.GetRoot(cancellationToken).RemoveNode(statement, endsSharedLine ? SyntaxRemoveOptions.KeepTrailingTrivia : SyntaxRemoveOptions.KeepNoTrivia)!;
        var changed = document.WithSyntaxRoot(root);
        return await IfItCompilesAsync(document, node, changed, "Remove the call: the context tracks the entity", "Remove", cancellationToken).ConfigureAwait(false);
    }

    private static bool HasComment(SyntaxNode statement) =>
        statement.DescendantTrivia().Any(static trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia));
}
