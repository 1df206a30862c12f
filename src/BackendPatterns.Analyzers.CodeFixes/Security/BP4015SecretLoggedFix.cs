using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>Fix of BP4015: the value goes together with its placeholder, or a fixed text takes its place.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP4015SecretLoggedFix() : RuleFix(BP4015SecretLoggedAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var value = node is ArgumentSyntax argument ? argument.Expression : node as ExpressionSyntax;
        if (value is null || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || BackendModel.For(semantics.Compilation) is not { Libraries.Logging: not null } model)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var remedies = ImmutableArray.CreateBuilder<Remedy>();
        var root = await semantics.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        await AddAsync("Leave it out of the message", "Drop", LoggedSecret.Dropped(value, semantics, model, cancellationToken)).ConfigureAwait(false);
        await AddAsync("Log '[redacted]' instead", "Redact", LoggedSecret.Replaced(value)).ConfigureAwait(false);
        return remedies.ToImmutable();

        async Task AddAsync(string title, string key, (SyntaxNode Old, SyntaxNode New)? change)
        {
            if (change is not { Old: var old, New: var replacement })
                return;
            var changed = document.WithSyntaxRoot(root.ReplaceNode(old, replacement));
            if (await CompileCheck.PassesAsync(document, node, changed, cancellationToken).ConfigureAwait(false))
                remedies.Add(new Remedy(title, key, _ => Task.FromResult(changed)));
        }
    }
}
