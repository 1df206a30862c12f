using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model.Pipeline;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>
/// Adds <c>UseRateLimiter</c> to a pipeline: behind routing and behind authentication, so that policies of endpoints and limits per user work
/// (https://learn.microsoft.com/aspnet/core/performance/rate-limit), and before endpoints run.
/// </summary>
internal sealed record AddedRateLimiter(PipelineStatement Statement, bool IsBefore)
{
    private const string Method = "UseRateLimiter";

    public SyntaxTree SyntaxTree => Statement.Call.SyntaxTree;

    /// <summary>Returns where the call goes in a pipeline, or null where no place is certain.</summary>
    public static AddedRateLimiter? Place(HostPipeline host)
    {
        var end = Enumerable.Range(0, host.Steps.Count).Where(i => host.Steps[i].Middleware is Middleware.Endpoints).DefaultIfEmpty(host.Steps.Count).First();
        for (var i = end - 1; i >= 0; i--)
        {
            var step = host.Steps[i];
            if (step.Middleware is not (Middleware.Routing or Middleware.Cors or Middleware.Authentication or Middleware.Authorization) || !IsAlwaysRun(step))
                continue;
            // The endpoints may run in the same method of this code base: then the place is in that method.
            return end < host.Steps.Count && step.Path[0].Syntax == host.Steps[end].Path[0].Syntax ? null : At(step, before: false);
        }

        var first = host.Steps.FirstOrDefault(static step => step.Middleware is Middleware.Mapping or Middleware.Endpoints && IsAlwaysRun(step));
        return first is { Path.Length: 1 } ? At(first, before: true) : null;
    }

    /// <summary>Returns the file with the call.</summary>
    public static SyntaxNode? Write(AddedRateLimiter place, SemanticModel semantics) =>
        place.Write() is { } changed
            ? UsingDirectives.AddMissing(changed, semantics, place.Statement.Statement.SpanStart, ("Microsoft.AspNetCore.Builder", "RateLimiterApplicationBuilderExtensions"))
            : null;

    private static bool IsAlwaysRun(PipelineStep step) =>
        PipelineStatement.Of(step.Path[0].Syntax) is { Place.Parent: CompilationUnitSyntax or { Parent: BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax } };

    private static AddedRateLimiter? At(PipelineStep step, bool before) =>
        PipelineStatement.Of(step.Path[0].Syntax) is { Root: IdentifierNameSyntax, Statement.ContainsDirectives: false } statement && statement.Siblings().Count > 0
            ? new AddedRateLimiter(statement, before)
            : null;

    private SyntaxNode? Write()
    {
        var places = new Dictionary<SyntaxNode, List<SyntaxNode>>();
        var place = Statement.Place;
        if (!Statement.IsOnlyCall && (IsBefore ? !Statement.IsFirstCall : !Statement.IsLastCall))
        {
            var chain = Statement.WithLink(static (receiver, indentation) => FluentChain.Call(receiver, SyntaxFactory.Token(SyntaxKind.DotToken).WithLeadingTrivia(indentation), Method), IsBefore);
            places[place] = [InPlace(chain)];
            return StatementLists.Replace(place.Parent!, places);
        }

        var lineBreak = LineBreaks.In(place.SyntaxTree.GetRoot());
        var trivia = StatementTrivia.Of(place);
        var added = InPlace((ExpressionStatementSyntax)SyntaxFactory.ParseStatement($"{Statement.Root}.{Method}();"))
            .WithLeadingTrivia(SyntaxFactory.Whitespace(Statement.Statement.IndentOf())).WithTrailingTrivia(lineBreak);
        if (IsBefore)
            places[place] = [added.WithLeadingTrivia(trivia.Above.AddRange(added.GetLeadingTrivia())), place.WithLeadingTrivia(trivia.Own)];
        else
            places[place] = [place.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia) ? place : place.WithTrailingTrivia(lineBreak), added];
        return StatementLists.Replace(place.Parent!, places);
    }

    private SyntaxNode InPlace(ExpressionStatementSyntax statement) => Statement.Place is GlobalStatementSyntax global ? global.WithStatement(statement) : statement;
}
