using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>
/// Requires authorization of an endpoint that says nothing, or says that anyone may call. The second goes one place at a time: opening an endpoint is a decision.
/// </summary>
public abstract class EndpointStanceFix(string ruleId) : RuleFix(ruleId)
{
    private static readonly EndpointStance Authorize = new("Authorize", "RequireAuthorization");
    private static readonly EndpointStance AllowAnonymous = new("AllowAnonymous", "AllowAnonymous");

    protected sealed override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
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
