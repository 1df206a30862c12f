using BackendPatterns.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>
/// <c>var tasks = ids.Select(async id => …); var rows = await Task.WhenAll(tasks);</c>: with the tasks written in place of the variable, they
/// are ones that a batch can replace.
/// </summary>
public static class BatchTasks
{
    /// <summary>
    /// Returns the document with the tasks in place of the variable, and the call in it; null where the call makes no such tasks, or they
    /// are used for anything else.
    /// </summary>
    public static async Task<(Document Document, SemanticModel Semantics, IInvocationOperation Query)?> InlineAsync(
        Document document, IInvocationOperation call, CancellationToken cancellationToken)
    {
        if (DeclarationAround(call.Syntax) is not { Parent: BlockSyntax block } declaration
            || declaration.Declaration.Variables[0] is not { Initializer.Value: { } tasks } variable
            || call.SemanticModel?.GetDeclaredSymbol(variable, cancellationToken) is not ILocalSymbol local
            || LocalValues.Around(call).ReferencesTo(local) is not [{ Syntax: IdentifierNameSyntax use }]
            || AwaitingStatement(use) is not { } awaiting || block.Statements.IndexOf(awaiting) != block.Statements.IndexOf(declaration) + 1
            || HasComment(awaiting.GetLeadingTrivia()) || HasComment(variable.GetTrailingTrivia().AddRange(declaration.GetTrailingTrivia())))
        {
            return null;
        }

        var mark = new SyntaxAnnotation();
        var marked = tasks.ReplaceNode(call.Syntax, call.Syntax.WithAdditionalAnnotations(mark)).WithoutTrivia();
        var together = awaiting.ReplaceNode(use, marked).WithLeadingTrivia(declaration.GetLeadingTrivia());
        var statements = block.Statements.Replace(awaiting, together);
        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var changed = document.WithSyntaxRoot(root.ReplaceNode(block, block.WithStatements(statements.RemoveAt(block.Statements.IndexOf(declaration)))));
        var changedRoot = (await changed.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        return await changed.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is { } semantics
               && semantics.GetOperation(changedRoot.GetAnnotatedNodes(mark).Single(), cancellationToken) is IInvocationOperation inPlace
            ? (changed, semantics, inPlace)
            : null;
    }

    /// <summary>The declaration of one variable whose value is a <c>Select</c> with the call in its lambda, perhaps with <c>ToList</c>.</summary>
    private static LocalDeclarationStatementSyntax? DeclarationAround(SyntaxNode call)
    {
        if (call.FirstAncestorOrSelf<LambdaExpressionSyntax>() is not { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax select } }
            || select.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Select" })
        {
            return null;
        }

        SyntaxNode value = select;
        if (select.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToList" or "ToArray", Parent: InvocationExpressionSyntax list })
            value = list;
        return value.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } } }
            && declaration.UsingKeyword.IsKind(SyntaxKind.None)
            ? declaration
            : null;
    }

    /// <summary>The statement that awaits the tasks, which are all that <c>Task.WhenAll</c> is given.</summary>
    private static StatementSyntax? AwaitingStatement(IdentifierNameSyntax tasks) =>
        tasks.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WhenAll" } } } }
            ? tasks.FirstAncestorOrSelf<StatementSyntax>()
            : null;

    private static bool HasComment(SyntaxTriviaList trivia) =>
        trivia.Any(static piece => !piece.IsKind(SyntaxKind.WhitespaceTrivia) && !piece.IsKind(SyntaxKind.EndOfLineTrivia));
}
