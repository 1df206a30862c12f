using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Rules.Resilience;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>Leaves <c>OperationCanceledException</c> out of the catch of a retry, by a filter in front of the one that is there.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP5007RetryCatchesCancellationFix() : RuleFix(BP5007RetryCatchesCancellationAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || node is not CatchClauseSyntax clause || clause.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member)
            return ImmutableArray<Remedy>.Empty;
        var changed = document.WithSyntaxRoot(root.ReplaceNode(clause, WithFilter(clause, FreshNames.InMember(member))));
        return await IfItCompilesAsync(document, clause, changed, "Let the cancellation out", nameof(BP5007RetryCatchesCancellationFix), cancellationToken).ConfigureAwait(false);
    }

    private static CatchClauseSyntax WithFilter(CatchClauseSyntax clause, FreshNames names)
    {
        var exception = clause.Declaration is { Identifier: { ValueText.Length: > 0 } name } ? name.Text : names.Take("ex", "exception");
        var excludes = Excludes(exception, clause.SyntaxTree.Options);
        if (clause.Filter is { } filter)
        {
            var condition = ParseExpression($"{excludes} && {Operand(filter.FilterExpression)}").WithTriviaFrom(filter.FilterExpression);
            return Shortened(clause.WithFilter(filter.WithFilterExpression(condition)).WithDeclaration(Declaration(clause, exception)));
        }

        var added = ((TryStatementSyntax)ParseStatement($"try {{ }} catch (global::System.Exception {exception}) when ({excludes}) {{ }}")).Catches[0];
        var end = (clause.Declaration?.CloseParenToken ?? clause.CatchKeyword).TrailingTrivia;
        return Shortened(clause
            .WithCatchKeyword(clause.CatchKeyword.WithTrailingTrivia(Space))
            .WithDeclaration(Declaration(clause, exception).WithTrailingTrivia(Space))
            .WithFilter(added.Filter!.WithTrailingTrivia(end)));
    }

    private static CatchDeclarationSyntax Declaration(CatchClauseSyntax clause, string exception) => clause.Declaration switch
    {
        null => CatchDeclaration(ParseTypeName("global::System.Exception").WithTrailingTrivia(Space), Identifier(exception)),
        { Identifier.ValueText.Length: > 0 } named => named,
        var unnamed => unnamed.WithType(unnamed.Type.WithTrailingTrivia(Space)).WithIdentifier(Identifier(exception)),
    };

    private static CatchClauseSyntax Shortened(CatchClauseSyntax clause) => clause.WithBlock(clause.Block) is var changed
        ? changed.WithDeclaration(Backoff.Annotated(changed.Declaration!)).WithFilter(Backoff.Annotated(changed.Filter!))
        : clause;

    private static string Excludes(string exception, ParseOptions options) => options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp9 }
        ? $"{exception} is not global::System.OperationCanceledException"
        : $"!({exception} is global::System.OperationCanceledException)";

    private static string Operand(ExpressionSyntax filter) =>
        filter.WithoutTrivia() is var condition && condition is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression } or ConditionalExpressionSyntax or AssignmentExpressionSyntax
            ? $"({condition.ToFullString()})"
            : condition.ToFullString();
}
