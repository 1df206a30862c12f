using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Rules.ApiDesign;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.ApiDesign;

/// <summary>BP3003: answers 400 where the two ids differ. Clients that send no id, or another one, have to change, so a person decides each one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP3003RouteIdNotComparedFix() : RuleFix(BP3003RouteIdNotComparedAnalyzer.Id)
{
    protected override bool HasFixAll => false;

    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not CompilationUnitSyntax root
            || HandlerAt(node, semantics, cancellationToken) is not { } handler
            || semantics.GetOperation(handler.Block, cancellationToken) is not { } body
            || BP3003TwoIds.Of(handler.Method, body, BackendModel.For(semantics.Compilation), cancellationToken) is not { } ids)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var (route, request) = (Escaped(ids.Route.Name), Escaped(ids.Body.Name));
        var guard = SyntaxFactory.ParseStatement($"if ({route} != {request}.{ids.Property.Name})\n    return {handler.Refusal};\n")
            .NormalizeWhitespace(elasticTrivia: true, eol: LineBreaks.In(root).ToString());
        var after = document.WithSyntaxRoot(root.ReplaceNode(handler.Block, With(handler.Block, guard, LineBreaks.In(root))));
        return await IfItCompilesAsync(document, node, after, "Answer 400 where the ids differ", nameof(BP3003RouteIdNotComparedFix), cancellationToken).ConfigureAwait(false);
    }

    private static (IMethodSymbol Method, BlockSyntax Block, string Refusal)? HandlerAt(SyntaxNode node, SemanticModel semantics, CancellationToken cancellation)
    {
        switch (node)
        {
            case MethodDeclarationSyntax { Body: { } block } action when semantics.GetDeclaredSymbol(action, cancellation) is { } method:
                return (method, block, "BadRequest()");
            case SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax mapping } } when semantics.GetOperation(mapping, cancellation) is IInvocationOperation call:
                return call.Argument("handler")?.Unwrap() is IAnonymousFunctionOperation { Syntax: AnonymousFunctionExpressionSyntax { Block: { } lambda } } function
                    ? (function.Symbol, lambda, RefusalLike(lambda, semantics, cancellation))
                    : null;
            default:
                return null;
        }
    }

    /// <summary>The results of a lambda have to have one type: what answers elsewhere in it says how.</summary>
    private static string RefusalLike(BlockSyntax lambda, SemanticModel semantics, CancellationToken cancellation)
    {
        foreach (var name in lambda.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name.Identifier.ValueText is "TypedResults" && semantics.GetSymbolInfo(name, cancellation).Symbol is INamedTypeSymbol)
                return "TypedResults.BadRequest()";
        }

        return "Results.BadRequest()";
    }

    private static BlockSyntax With(BlockSyntax block, StatementSyntax guard, SyntaxTrivia endOfLine)
    {
        var inner = IndentationOf(block);
        var lines = ((IfStatementSyntax)guard).WithLeadingTrivia(inner).WithTrailingTrivia(endOfLine);
        lines = lines.WithStatement(lines.Statement.WithLeadingTrivia(SyntaxFactory.Whitespace(inner + "    ")).WithoutTrailingTrivia())
            .WithCloseParenToken(lines.CloseParenToken.WithTrailingTrivia(endOfLine));
        return block.WithStatements(block.Statements.Insert(0, lines.WithTrailingTrivia(endOfLine)));
    }

    private static SyntaxTrivia IndentationOf(BlockSyntax block) =>
        block.Statements.FirstOrDefault()?.GetLeadingTrivia().LastOrDefault(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)) is { } first && first.IsKind(SyntaxKind.WhitespaceTrivia)
            ? first
            : SyntaxFactory.Whitespace("");

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) is SyntaxKind.None ? name : "@" + name;
}
