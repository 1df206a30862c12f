using System.Collections.Immutable;
using System.Composition;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Registrations;
using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>BP4004: writes the registered name that is nearest to the unknown one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BP4004UnknownPolicyFix() : RuleFix(BP4004UnknownPolicyAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (node is not ExpressionSyntax expression
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || BackendModel.For(semantics.Compilation) is not { Libraries.AspNetCore: { } aspNetCore } model
            || NamePlace.Around(node, semantics, cancellationToken) is not { } operation)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        foreach (var use in new NameUses(aspNetCore).In(operation))
        {
            var registered = model.Registrations.Of(use.Kind);
            if (use.Place != node || !registered.Lack(use.Name) || NearestName.To(use.Name, registered.Names) is not { } nearest)
                continue;
            if (Replacement(expression, use.Name, nearest, semantics) is { } replacement)
                return ImmutableArray.Create(new Remedy($"Use '{nearest}'", "Nearest", cancellation => ApplyAsync(document, expression, replacement, cancellation)));
        }

        return ImmutableArray<Remedy>.Empty;
    }

    private static async Task<Document> ApplyAsync(Document document, ExpressionSyntax expression, ExpressionSyntax replacement, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        return document.WithSyntaxRoot(root!.ReplaceNode(expression, replacement.WithTriviaFrom(expression)));
    }

    private static ExpressionSyntax? Replacement(ExpressionSyntax expression, string name, string nearest, SemanticModel semantics)
    {
        switch (expression)
        {
            case LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression):
                // One of a list of schemes, or the only one.
                var entries = literal.Token.ValueText.Split(',').Select(entry => entry.Trim() == name ? entry.Replace(name, nearest) : entry);
                return Text(string.Join(",", entries));
            case MemberAccessExpressionSyntax or IdentifierNameSyntax when semantics.GetSymbolInfo(expression).Symbol is IFieldSymbol constant && constant.ConstantValue as string == name:
                return OfSameType(expression, constant, nearest, semantics) ?? Text(nearest);
            default:
                return null;
        }
    }

    /// <summary>The constant beside the one that was written which has the name.</summary>
    private static ExpressionSyntax? OfSameType(ExpressionSyntax expression, IFieldSymbol constant, string name, SemanticModel semantics)
    {
        foreach (var member in constant.ContainingType.GetMembers())
        {
            if (member is not IFieldSymbol { ConstantValue: string value } || value != name || !semantics.IsAccessible(expression.SpanStart, member))
                continue;
            var identifier = SyntaxFactory.IdentifierName(member.Name);
            return expression is MemberAccessExpressionSyntax access ? access.WithName(identifier) : identifier;
        }

        return null;
    }

    private static ExpressionSyntax Text(string value) => SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(value));
}
