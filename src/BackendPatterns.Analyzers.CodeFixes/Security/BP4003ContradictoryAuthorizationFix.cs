using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>BP4003: removes one side of the contradiction. To leave an endpoint open is a decision, which is made one place at a time.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP4003ContradictoryAuthorizationFix() : RuleFix(BP4003ContradictoryAuthorizationAnalyzer.Id)
{
    private const string Closing = "AllowAnonymous";
    private const string Opening = "Authorize";

    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics)
            return ImmutableArray<Remedy>.Empty;
        var root = await node.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        var remedies = ImmutableArray.CreateBuilder<Remedy>();
        if (node is ClassDeclarationSyntax page)
        {
            Offer(remedies, document, Closing, "Remove [AllowAnonymous]", RemovedAttribute.From(root, page, semantics, "AllowAnonymousAttribute"));
            Offer(remedies, document, Opening, "Remove [Authorize]", RemovedAttribute.From(root, page, semantics, "AuthorizeAttribute"));
        }
        else if (node is SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax place } }
            && semantics.GetOperation(place, cancellationToken) is IInvocationOperation call
            && BackendModel.For(semantics.Compilation).Endpoints?.ContradictionAt(call) is { } contradiction)
        {
            Offer(remedies, document, Closing, TitleOf(contradiction.Opening), RemovedCalls.From(root, contradiction.Opening));
            Offer(remedies, document, Opening, TitleOf(contradiction.Requiring), RemovedCalls.From(root, contradiction.Requiring));
        }

        return remedies.ToImmutable();
    }

    private static string TitleOf(ImmutableArray<IInvocationOperation> calls) => calls.IsEmpty ? "" : $"Remove .{calls[0].TargetMethod.Name}()";

    private static void Offer(ImmutableArray<Remedy>.Builder remedies, Document document, string key, string title, SyntaxNode? changed)
    {
        if (changed is not null)
            remedies.Add(new Remedy(title, key, _ => Task.FromResult(document.WithSyntaxRoot(changed)), IsForFixAll: key == Closing));
    }
}
