using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>Fix of BP4009: the flag becomes <c>true</c>, the validator that accepts everything goes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP4009TokenValidationDisabledFix() : RuleFix(BP4009TokenValidationDisabledAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (node is not AssignmentExpressionSyntax assignment
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var root = await semantics.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        var isFlag = semantics.GetTypeInfo(assignment, cancellationToken).Type?.SpecialType is SpecialType.System_Boolean;
        var after = isFlag
            ? root.ReplaceNode(assignment.Right, SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression).WithTriviaFrom(assignment.Right))
            : root.Without(assignment);
        if (after is null)
            return ImmutableArray<Remedy>.Empty;
        var changed = document.WithSyntaxRoot(after);
        return await IfItCompilesAsync(document, node, changed, isFlag ? "Leave the check on" : "Remove the validator", nameof(BP4009TokenValidationDisabledFix), cancellationToken).ConfigureAwait(false);
    }
}
