using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Architecture.Contracts;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.Architecture;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture;

/// <summary>Answers with a response record that has the columns of the entity, and lets the query make it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP2004EntityInResponseFix() : RuleFix(BP2004EntityInResponseAnalyzer.Id)
{
    /// <summary>Navigations, null or empty before, are not written any more: a person should look at each answer.</summary>
    protected override bool HasFixAll => false;

    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics)
            return ImmutableArray<Remedy>.Empty;
        var model = BackendModel.For(semantics.Compilation);
        if (MarkedEndpoint.At(node, semantics, model) is not { } endpoint || BP2004EntityInResponseAnalyzer.EntityOf(endpoint, model) is not { } entity
            || MarkedEndpoint.HandlerAt(node, semantics) is not { } handler || AnsweredEntity.Of(entity, handler, semantics, model) is not { } answer
            || await answer.WriteAsync(document, cancellationToken).ConfigureAwait(false) is not { } changed
            || !await CompileCheck.PassesAsync(document, node, changed.Solution, cancellationToken).ConfigureAwait(false)
            || await ContractCheck.HasErrorsAsync(changed.Solution, changed.Record, cancellationToken).ConfigureAwait(false)
            || (endpoint.Endpoint.Handler is { } method && await ContractCheck.IsCalledAsync(method, document.Project.Solution, cancellationToken).ConfigureAwait(false)))
        {
            return ImmutableArray<Remedy>.Empty;
        }

        return ImmutableArray.Create(new Remedy($"Return a response record '{answer.RecordName}'", nameof(BP2004EntityInResponseFix), _ => Task.FromResult(changed.Solution)));
    }
}
