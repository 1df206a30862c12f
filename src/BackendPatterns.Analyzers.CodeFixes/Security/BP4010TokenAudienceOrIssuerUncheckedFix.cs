using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>
/// Fix of BP4010: the line goes, and with it the exception to the default. Offered only where the same function says which issuer or
/// audience is expected, and no token is made without it: every token would be refused otherwise.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP4010TokenAudienceOrIssuerUncheckedFix() : RuleFix(BP4010TokenAudienceOrIssuerUncheckedAnalyzer.Id)
{
    private static readonly string[] IssuerNames = ["ValidIssuer", "ValidIssuers", "Authority", "MetadataAddress"];
    private static readonly string[] AudienceNames = ["ValidAudience", "ValidAudiences", "Audience", "ClientId"];

    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (node is not AssignmentExpressionSyntax assignment || !IsExpectedOneNamed(assignment)
            || await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root || root.Without(assignment) is not { } after
            || !await IssuedTokens.AllCarryAsync(document.Project.Solution, IsOfIssuer(assignment) ? "Issuer" : "Audience", cancellationToken).ConfigureAwait(false))
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var changed = document.WithSyntaxRoot(after);
        return await IfItCompilesAsync(document, node, changed, "Remove the line: the check is on by default", nameof(BP4010TokenAudienceOrIssuerUncheckedFix), cancellationToken).ConfigureAwait(false);
    }

    private static bool IsExpectedOneNamed(AssignmentExpressionSyntax assignment)
    {
        var names = IsOfIssuer(assignment) ? IssuerNames : AudienceNames;
        var function = assignment.FirstAncestorOrSelf<SyntaxNode>(static node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
            ?? assignment.MemberAround();
        return function.DescendantNodes().Any(node => node is AssignmentExpressionSyntax other && names.Contains(NameOf(other.Left)));
    }

    private static bool IsOfIssuer(AssignmentExpressionSyntax assignment) => NameOf(assignment.Left) is "ValidateIssuer" or "IssuerValidator";

    private static string? NameOf(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };
}
