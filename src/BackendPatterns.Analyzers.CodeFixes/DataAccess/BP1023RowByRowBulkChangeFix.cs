using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>
/// Fix of BP1023: one <c>ExecuteUpdate</c> or <c>ExecuteDelete</c> in place of the load and the loop. The save stays for what a caller may have left to be saved,
/// and goes where the context is made in the same member.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP1023RowByRowBulkChangeFix() : RuleFix(BP1023RowByRowBulkChangeAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var none = ImmutableArray<Remedy>.Empty;
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics || ChangeAt(node, semantics, cancellationToken) is not { } found
            || BulkCommand.Of(found, semantics) is not { } command || found.Statements[0].Parent is not BlockSyntax block || HasComments(found))
        {
            return none;
        }

        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var first = block.Statements.IndexOf(found.Statements[0]);
        var last = first + found.Statements.Length - 1;
        var keepsSave = found.Save.Instance.ReferencedSymbol() is not ILocalSymbol;
        var written = SyntaxFactory.ParseStatement(command).WithLeadingTrivia(found.Statements[0].GetLeadingTrivia()).WithTrailingTrivia(found.Statements[0].GetTrailingTrivia());
        var statements = block.Statements.ToList();
        statements.RemoveRange(first, last - first + (keepsSave ? 0 : 1));
        statements.Insert(first, written);
        root = root.ReplaceNode(block, block.WithStatements(SyntaxFactory.List(statements)));
        var changed = document.WithSyntaxRoot(UsingDirectives.AddMissing(root, semantics, node.SpanStart, ("Microsoft.EntityFrameworkCore", "EntityFrameworkQueryableExtensions")));
        return await CompileCheck.PassesAsync(document, node, changed, cancellationToken).ConfigureAwait(false)
            ? ImmutableArray.Create(new Remedy(
                found.Assignments.IsEmpty ? "Delete the rows with one command" : "Update the rows with one command", nameof(BP1023RowByRowBulkChangeFix), _ => Task.FromResult(changed)))
            : none;
    }

    /// <summary>The change whose load is marked: the save that ends it is the next one in the block.</summary>
    private static BP1023BulkChange? ChangeAt(SyntaxNode node, SemanticModel semantics, CancellationToken cancellationToken)
    {
        var statement = node.AncestorsAndSelf().OfType<StatementSyntax>().FirstOrDefault();
        if (statement?.Parent is not BlockSyntax block)
            return null;
        var index = block.Statements.IndexOf(statement);
        foreach (var candidate in block.Statements.Skip(index + 1).Take(2))
        {
            foreach (var call in candidate.DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (semantics.GetOperation(call, cancellationToken) is IInvocationOperation { TargetMethod.Name: "SaveChanges" or "SaveChangesAsync" } save
                    && BP1023BulkChange.Of(save, BackendModel.For(semantics.Compilation)) is { } found && found.Statements[0] == statement)
                {
                    return found;
                }
            }
        }

        return null;
    }

    private static bool HasComments(BP1023BulkChange found) =>
        found.Statements.Take(found.Statements.Length - 1).Any(static statement => statement.DescendantTrivia().Except(statement.GetLeadingTrivia()).Any(static trivia =>
            trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) || trivia.IsDirective));
}
