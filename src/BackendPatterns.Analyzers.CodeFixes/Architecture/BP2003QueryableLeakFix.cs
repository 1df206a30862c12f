using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Rules.Architecture;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture;

/// <summary>Fix of BP2003: the member loads the rows itself, with the interface, its implementations and all that call it, where these do nothing but enumerate what they get.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP2003QueryableLeakFix() : RuleFix(BP2003QueryableLeakAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (node is not MethodDeclarationSyntax declaration
            || await Materialisation.OfAsync(document, declaration, cancellationToken).ConfigureAwait(false) is not { } materialisation
            || await materialisation.ApplyAsync(cancellationToken).ConfigureAwait(false) is not { } changed
            || !await CompileCheck.PassesAsync(document, declaration, changed, cancellationToken).ConfigureAwait(false))
        {
            return ImmutableArray<Remedy>.Empty;
        }

        return ImmutableArray.Create(new Remedy($"Load the rows in '{materialisation.Name}'", nameof(BP2003QueryableLeakFix), _ => Task.FromResult(changed)));
    }
}
