using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Registrations;
using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>BP4016: takes the empty entries out of a list of roles, and requires a role as a role.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP4016MalformedRolesFix() : RuleFix(BP4016MalformedRolesAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (node is not ExpressionSyntax expression
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || BackendModel.For(semantics.Compilation).Libraries.AspNetCore is not { } aspNetCore
            || NamePlace.Around(node, semantics, cancellationToken) is not { } operation
            || await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var isList = operation is IObjectCreationOperation creation && new NameUses(aspNetCore).RolesIn(creation)?.Syntax == node;
        var (title, changed) = isList ? ("Remove the empty entry", WithoutEmptyEntries(expression, root)) : ("Require the role", RequiringRole(expression, root));
        if (changed is null)
            return ImmutableArray<Remedy>.Empty;
        var after = document.WithSyntaxRoot(changed);
        return await IfItCompilesAsync(document, node, after, title, "Repair", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The framework skips empty entries, so the same callers pass as before. A list of nothing else has no repair.</summary>
    private static SyntaxNode? WithoutEmptyEntries(ExpressionSyntax expression, SyntaxNode root)
    {
        if (expression is not LiteralExpressionSyntax literal || !literal.IsKind(SyntaxKind.StringLiteralExpression))
            return null;
        var entries = literal.Token.ValueText.Split(',').Where(static entry => !string.IsNullOrWhiteSpace(entry)).ToList();
        return entries.Count == 0 ? null : root.ReplaceNode(literal, literal.WithToken(SyntaxFactory.Literal(string.Join(",", entries)).WithTriviaFrom(literal.Token)));
    }

    private static SyntaxNode? RequiringRole(ExpressionSyntax role, SyntaxNode root) => role.Parent switch
    {
        AttributeArgumentSyntax { Parent: AttributeArgumentListSyntax list } argument when !list.Arguments.Any(static other => other.NameEquals?.Name.Identifier.ValueText == "Roles") =>
            root.ReplaceNode(argument, NamedRoles(argument)),
        ArgumentSyntax { NameColon: null, Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "RequireAuthorization" } } } } =>
            root.ReplaceNode(role, PolicyOf(role)),
        _ => null,
    };

    private static AttributeArgumentSyntax NamedRoles(AttributeArgumentSyntax argument)
    {
        var equals = SyntaxFactory.Token(SyntaxKind.EqualsToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space);
        return SyntaxFactory.AttributeArgument(SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName("Roles"), equals), null, argument.Expression.WithoutLeadingTrivia())
            .WithLeadingTrivia(argument.GetLeadingTrivia());
    }

    /// <summary><c>policy => policy.RequireRole(role)</c>.</summary>
    private static LambdaExpressionSyntax PolicyOf(ExpressionSyntax role)
    {
        var requirement = SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, SyntaxFactory.IdentifierName("policy"), SyntaxFactory.IdentifierName("RequireRole")),
            SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(role.WithoutTrivia()))));
        var arrow = SyntaxFactory.Token(SyntaxKind.EqualsGreaterThanToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space);
        return SyntaxFactory.SimpleLambdaExpression(SyntaxFactory.Parameter(SyntaxFactory.Identifier("policy")), requirement).WithArrowToken(arrow).WithTriviaFrom(role);
    }
}
