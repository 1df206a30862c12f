using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction;

/// <summary>The statement after which a new service is registered.</summary>
/// <param name="Document">The file.</param>
/// <param name="Statement">A registration: a statement of its own, or the value that a method returns; or the body of a method that registers nothing yet.</param>
/// <param name="Chain">The last call of its chain; the name of the service collection where there is none.</param>
internal sealed record RegistrationPlace(Document Document, SyntaxNode Statement, ExpressionSyntax Chain)
{
    /// <summary>
    /// Returns the place for services of a project: next to registrations of own services, in the project itself, else in the one application that uses it; in an
    /// application that has none, after the last registration of its entry point. Null where there is no such place, or where services are found by scanning only.
    /// </summary>
    public static async Task<RegistrationPlace?> FindAsync(Project project, CancellationToken cancellationToken)
    {
        var solution = project.Solution;
        var graph = solution.GetProjectDependencyGraph();
        if (await InAsync(project, isComposed: IsApplication(project), cancellationToken).ConfigureAwait(false) is { } own)
            return own;
        if (IsApplication(project))
            return null;
        RegistrationPlace? found = null;
        foreach (var id in graph.GetProjectsThatTransitivelyDependOnThisProject(project.Id).OrderBy(id => solution.GetProject(id)!.Name, StringComparer.Ordinal))
        {
            if (solution.GetProject(id) is not { } dependent || !IsApplication(dependent) || await IsTestAsync(dependent, cancellationToken).ConfigureAwait(false))
                continue;
            // Each application would have to register the service.
            if (found is not null || await InAsync(dependent, isComposed: true, cancellationToken).ConfigureAwait(false) is not { } place)
                return null;
            found = place;
        }

        return found;
    }

    /// <summary>Returns the file with the registration; the two names are written as given.</summary>
    public SyntaxNode Write(SyntaxNode root, string contract, string service)
    {
        var method = SyntaxFactory.GenericName(SyntaxFactory.Identifier("AddScoped"), SyntaxFactory.TypeArgumentList(SyntaxFactory.SeparatedList(
            [Name(contract), Name(service)], [SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space)])));
        var endOfLine = LineBreaks.In(root);
        if (Statement is not (ExpressionStatementSyntax or GlobalStatementSyntax or BlockSyntax) || IsOnSeveralLines(Chain))
            return root.ReplaceNode(Chain, Appended(method, endOfLine));
        var receiver = RegistrationCalls.RootOf(Chain).WithoutTrivia();
        var indentation = Statement.GetLeadingTrivia().Reverse().TakeWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        var call = SyntaxFactory.InvocationExpression(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, method));
        if (Statement is BlockSyntax block)
        {
            var first = SyntaxFactory.ExpressionStatement(call).WithTrailingTrivia(endOfLine).WithAdditionalAnnotations(Formatter.Annotation);
            return root.ReplaceNode(block, block.WithStatements(block.Statements.Insert(0, first)));
        }

        StatementSyntax added = SyntaxFactory.ExpressionStatement(call).WithLeadingTrivia(indentation).WithTrailingTrivia(endOfLine);
        SyntaxNode inserted = Statement is GlobalStatementSyntax ? SyntaxFactory.GlobalStatement(added.WithoutTrivia()).WithLeadingTrivia(indentation).WithTrailingTrivia(endOfLine) : added;
        return root.InsertNodesAfter(Statement, [inserted]);
    }

    private InvocationExpressionSyntax Appended(GenericNameSyntax method, SyntaxTrivia endOfLine)
    {
        var trailing = Chain.GetTrailingTrivia();
        var dot = SyntaxFactory.Token(SyntaxKind.DotToken);
        var before = Chain.WithoutTrailingTrivia();
        if (Chain is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { OperatorToken: var lastDot } } && lastDot.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia))
        {
            before = before.WithTrailingTrivia(endOfLine);
            dot = dot.WithLeadingTrivia(lastDot.LeadingTrivia.Reverse().TakeWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
        }

        return SyntaxFactory.InvocationExpression(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, before, dot, method)).WithTrailingTrivia(trailing);
    }

    private static TypeSyntax Name(string name) => SyntaxFactory.ParseTypeName(name).WithAdditionalAnnotations(Simplifier.Annotation);

    private static bool IsOnSeveralLines(ExpressionSyntax chain) =>
        FluentChain.CallsOf(chain).Count(static call => call.Expression is MemberAccessExpressionSyntax member && member.OperatorToken.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)) > 1;

    private static bool IsApplication(Project project) => project.CompilationOptions?.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication;

    private static async Task<bool> IsTestAsync(Project project, CancellationToken cancellationToken) =>
        await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation || AnalysisScope.LeavesOut(compilation, project.AnalyzerOptions);

    private static async Task<RegistrationPlace?> InAsync(Project project, bool isComposed, CancellationToken cancellationToken)
    {
        var calls = await RegistrationCalls.InAsync(project, cancellationToken).ConfigureAwait(false);
        var own = calls.Registrations.Where(static call => call.IsOwn).GroupBy(static call => call.Body)
            .OrderByDescending(static group => group.Count(static call => call.IsService)).ThenByDescending(static group => group.Count())
            .FirstOrDefault();
        if (own is not null)
            return (own.LastOrDefault(static call => call.IsService) ?? own.Last()).Place;
        return calls.Scans ? null : isComposed ? calls.Registrations.LastOrDefault(static call => call.IsInEntryPoint)?.Place : calls.Modules is [var only] ? only : null;
    }
}
