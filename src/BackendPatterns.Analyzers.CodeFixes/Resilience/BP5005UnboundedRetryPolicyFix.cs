using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.Resilience;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>Limits a retry policy to five attempts, with an exponential wait and jitter between them; options of EF Core and gRPC get the number that is their default.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP5005UnboundedRetryPolicyFix() : RuleFix(BP5005UnboundedRetryPolicyAnalyzer.Id)
{
    // ExecutionStrategy.DefaultMaxRetryCount, and the limit of GrpcChannelOptions.MaxRetryAttempts.
    private const string EntityFrameworkDefault = "6";
    private const string GrpcDefault = "5";

    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var semantics = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || semantics is null || Change(node, semantics, cancellationToken) is not var (old, changed))
            return ImmutableArray<Remedy>.Empty;
        var after = document.WithSyntaxRoot(root.ReplaceNode(old, changed));
        return await IfItCompilesAsync(document, node, after, "Limit the attempts and back off with jitter", "BoundPolicy", cancellationToken).ConfigureAwait(false);
    }

    private static (SyntaxNode Old, SyntaxNode New)? Change(SyntaxNode node, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (BackendModel.For(semantics.Compilation).Libraries.Polly is { } polly)
        {
            if (FluentBackoff.Around(node, isBounded: true, semantics, polly, cancellationToken) is { } fluent)
                return fluent;
            if (StrategyBackoff.Bounded(node, semantics, polly, cancellationToken) is { } strategy)
                return strategy;
        }

        return node switch
        {
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "MaxAttempts" } } attempts => (attempts.Right, Number(GrpcDefault, attempts.Right)),
            ExpressionSyntax { Parent: ArgumentSyntax } count when semantics.GetConstantValue(count, cancellationToken) is { HasValue: true, Value: int.MaxValue } => (count, Number(EntityFrameworkDefault, count)),
            _ => null,
        };
    }

    private static ExpressionSyntax Number(string value, SyntaxNode old) => SyntaxFactory.ParseExpression(value).WithTriviaFrom(old);
}
