using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow;
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
/// Fix of BP1017: the page size is at most 100, in <c>Skip</c> as in <c>Take</c>, and wherever else the member uses it, so that no rows are lost between two pages and the answer does
/// not count pages of another size.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP1017UncappedPageSizeFix() : RuleFix(BP1017UncappedPageSizeAnalyzer.Id)
{
    private const string Title = "Cap the page size at 100";

    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || node.FirstAncestorOrSelf<ArgumentSyntax>()?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } syntax
            || semantics.GetOperation(syntax, cancellationToken) is not IInvocationOperation call
            || BP1017UncappedTake.Of(call, BackendModel.For(semantics.Compilation)) is not { Size: { Syntax: ExpressionSyntax size } value }
            || value.Type?.SpecialType is not SpecialType.System_Int32)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var root = await semantics.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        if ((CappedInChain(root, syntax, size) ?? CappedAtDeclaration(root, value) ?? CappedBefore(root, value, size) ?? CappedInLocal(root, value, size)) is not { } capped)
            return ImmutableArray<Remedy>.Empty;
        var changed = document.WithSyntaxRoot(UsingDirectives.AddMissing(capped, semantics, syntax.SpanStart, ("System", "Math")));
        return await IfItCompilesAsync(document, node, changed, Title, nameof(BP1017UncappedPageSizeFix), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Caps every mention of the size in this chain of calls, where others only compare with it.</summary>
    private static SyntaxNode? CappedInChain(SyntaxNode root, InvocationExpressionSyntax take, ExpressionSyntax size)
    {
        var arguments = FluentChain.CallsOf(take)
            .Where(static call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Skip" or "Take" })
            .Select(static call => (SyntaxNode)call.ArgumentList).ToList();
        var mentions = new List<SyntaxNode>();
        foreach (var mention in MentionsIn(take.MemberAround(), size))
        {
            if (arguments.Exists(list => list.Contains(mention)))
                mentions.Add(mention);
            else if (!IsComparison(mention))
                return null;
        }

        return root.ReplaceNodes(mentions, static (_, mention) => Capped((ExpressionSyntax)mention));
    }

    private static IEnumerable<ExpressionSyntax> MentionsIn(SyntaxNode member, ExpressionSyntax size) =>
        member.DescendantNodes().Where(other => other.RawKind == size.RawKind && TextOf(other) == TextOf(size)).Cast<ExpressionSyntax>();

    /// <summary><c>p!.Size</c> is <c>p.Size</c>.</summary>
    private static string TextOf(SyntaxNode mention) => string.Concat(mention.DescendantTokens().Where(static token => !token.IsKind(SyntaxKind.ExclamationToken)).Select(static token => token.Text));

    private static bool IsComparison(ExpressionSyntax mention)
    {
        var parent = mention.Parent;
        while (parent is ParenthesizedExpressionSyntax)
            parent = parent.Parent;
        return parent is IsPatternExpressionSyntax || parent is BinaryExpressionSyntax
        {
            RawKind: (int)SyntaxKind.LessThanExpression or (int)SyntaxKind.LessThanOrEqualExpression or (int)SyntaxKind.GreaterThanExpression
                or (int)SyntaxKind.GreaterThanOrEqualExpression or (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression,
        };
    }

    /// <summary>A local that gets one value gets it capped.</summary>
    private static SyntaxNode? CappedAtDeclaration(SyntaxNode root, IOperation value) =>
        value is ILocalReferenceOperation { Local: var local } && LocalValues.Around(value).OnlyValueOf(local) is { Syntax: ExpressionSyntax { Parent: EqualsValueClauseSyntax } given }
            ? root.ReplaceNode(given, Capped(given))
            : null;

    /// <summary>A parameter of a method with a body is capped in its first statement.</summary>
    private static SyntaxNode? CappedBefore(SyntaxNode root, IOperation value, ExpressionSyntax size)
    {
        if (value is not IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } || size is not IdentifierNameSyntax
            || parameter.DeclaringSyntaxReferences is not [var declaration] || BodyOf(declaration.GetSyntax(), size) is not { Statements: [var first, ..] } body)
        {
            return null;
        }

        var endOfLine = LineBreaks.In(root);
        var cap = SyntaxFactory.ParseStatement($"{size} = Math.Min({size}, 100);").WithLeadingTrivia(first.GetLeadingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Take(1)).WithTrailingTrivia(endOfLine);
        return root.ReplaceNode(body, body.WithStatements(body.Statements.Insert(0, cap)));
    }

    /// <summary>A property of a parameter is read once, into a local that the member uses from then on; it may be null before the first statement that reads it.</summary>
    private static SyntaxNode? CappedInLocal(SyntaxNode root, IOperation value, ExpressionSyntax size)
    {
        if (value is not IPropertyReferenceOperation { Instance: IParameterReferenceOperation { Parameter: { DeclaringSyntaxReferences: [var declaration] } parameter }, Property: var property }
            || BodyOf(declaration.GetSyntax(), size) is not { } body || body.Statements.FirstOrDefault(statement => MentionsIn(statement, size).Any()) is not { } first)
        {
            return null;
        }

        var references = LocalValues.Around(value).ReferencesTo(parameter);
        if (references.Any(reference => reference.IsWritten() || reference.Parent?.IsWritten() == true || (first.Contains(reference.Syntax) && reference.Syntax.Parent is not MemberAccessExpressionSyntax)))
            return null;
        var mentions = MentionsIn(body, size).ToList();
        var local = FreshNames.InMember(size).Take(FreshNames.Camel(property.Name));
        var cap = SyntaxFactory.ParseStatement($"var {local} = Math.Min({size.WithoutTrivia()}, 100);").WithLeadingTrivia(first.GetLeadingTrivia()).WithTrailingTrivia(LineBreaks.In(root));
        var changed = body.ReplaceNodes(mentions.Append<SyntaxNode>(first), (original, rewritten) => original == first
            ? rewritten.WithLeadingTrivia(Indentation.Before(first))
            : SyntaxFactory.IdentifierName(local).WithTriviaFrom(rewritten));
        return root.ReplaceNode(body, changed.WithStatements(changed.Statements.Insert(body.Statements.IndexOf(first), cap)));
    }

    private static BlockSyntax? BodyOf(SyntaxNode parameter, SyntaxNode size) => parameter.Parent?.Parent switch
    {
        MethodDeclarationSyntax { Body: { } body } => body.Contains(size) ? body : null,
        LocalFunctionStatementSyntax { Body: { } body } => body.Contains(size) ? body : null,
        ParenthesizedLambdaExpressionSyntax { Block: { } body } => body.Contains(size) ? body : null,
        _ => null,
    };

    private static ExpressionSyntax Capped(ExpressionSyntax size) =>
        SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, SyntaxFactory.IdentifierName("Math"), SyntaxFactory.IdentifierName("Min")),
            SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(
                [
                    SyntaxFactory.Argument(size.WithoutTrivia()),
                    SyntaxFactory.Argument(SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(100))),
                ],
                [SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space)])))
        .WithTriviaFrom(size);
}
