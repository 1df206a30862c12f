using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Architecture.Contracts;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.Architecture;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture;

/// <summary>Puts <c>[JsonIgnore]</c> on the secrets of a type that endpoints answer with.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP2005SensitiveDataInResponseFix() : RuleFix(BP2005SensitiveDataInResponseAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics)
            return ImmutableArray<Remedy>.Empty;
        var model = BackendModel.For(semantics.Compilation);
        if (MarkedEndpoint.At(node, semantics, model) is not { } endpoint || HandedOutSecrets.Of(endpoint, model).ToList() is not { Count: > 0 } secrets
            || IgnoredMembers.Of(secrets, endpoint, document.Project.Solution, model) is not { } ignored
            || await ignored.WriteAsync(document.Project.Solution, cancellationToken).ConfigureAwait(false) is not { } changed
            || !await CompileCheck.PassesAsync(document, node, changed, cancellationToken).ConfigureAwait(false))
        {
            return ImmutableArray<Remedy>.Empty;
        }

        return ImmutableArray.Create(new Remedy("Add [JsonIgnore]", nameof(BP2005SensitiveDataInResponseFix), _ => Task.FromResult(changed)));
    }
}
