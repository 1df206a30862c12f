using System.Collections.Immutable;
using System.Composition;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>
/// BP4001: requires authorization, or says that anyone may call. The second goes one place at a time: opening an endpoint is a decision.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BP4001MissingAuthorizationFix() : RuleFix(BP4001MissingAuthorizationAnalyzer.Id)
{
    private static readonly EndpointStance Authorize = new("Authorize", "RequireAuthorization");
    private static readonly EndpointStance AllowAnonymous = new("AllowAnonymous", "AllowAnonymous");

    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || Authorize.StandsAt(node, semantics) || AllowAnonymous.StandsAt(node, semantics))
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var remedies = ImmutableArray.CreateBuilder<Remedy>();
        if (Authorize.TitleAt(node, semantics) is { } closing)
            remedies.Add(new Remedy(closing, "Authorize", _ => Task.FromResult(Authorize.WriteAt(node, document, semantics))));
        if (AllowAnonymous.TitleAt(node, semantics) is { } opening)
        {
            remedies.Add(new Remedy(
                opening, "AllowAnonymous", _ => Task.FromResult(AllowAnonymous.WriteAt(node, document, semantics)), IsForFixAll: false));
        }

        return remedies.ToImmutable();
    }
}
