using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>BP4005: moves the call to the right side of the other one. Behaviour changes: that is the remedy.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP4005MiddlewareOrderFix() : RuleFix(BP4005MiddlewareOrderAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || node is not SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } } name
            || BP4005MisplacedMiddleware.Of(call, BackendModel.For(semantics.Compilation)) is not { } mistake
            || MovedMiddleware.Write(mistake, semantics) is not { } changed)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var fixedDocument = document.WithSyntaxRoot(changed);
        var title = $"Move '{name.Identifier.ValueText}' {(mistake.IsLate ? "before" : "after")} '{mistake.Other.Call.TargetMethod.Name}'";
        return await IfItCompilesAsync(document, node, fixedDocument, title, "Move", cancellationToken).ConfigureAwait(false);
    }
}
