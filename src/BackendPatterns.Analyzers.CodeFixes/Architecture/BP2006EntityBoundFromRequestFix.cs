using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Architecture.Contracts;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.Architecture;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture;

/// <summary>Binds a request record with the columns that clients may set, and makes the entity from it at the start of the endpoint.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP2006EntityBoundFromRequestFix() : RuleFix(BP2006EntityBoundFromRequestAnalyzer.Id)
{
    /// <summary>Which members stay is for a person to look at.</summary>
    protected override bool HasFixAll => false;

    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (node is not ParameterSyntax parameter || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || BoundParameter.Of(parameter, semantics, BackendModel.For(semantics.Compilation)) is not { } bound
            || await bound.WriteAsync(document, cancellationToken).ConfigureAwait(false) is not { } changed
            || !await CompileCheck.PassesAsync(document, parameter, changed.Solution, cancellationToken).ConfigureAwait(false)
            || await ContractCheck.HasErrorsAsync(changed.Solution, changed.Record, cancellationToken).ConfigureAwait(false)
            || await ContractCheck.IsCalledAsync(bound.Handler, document.Project.Solution, cancellationToken).ConfigureAwait(false))
        {
            return ImmutableArray<Remedy>.Empty;
        }

        return ImmutableArray.Create(new Remedy($"Bind a request record '{bound.RecordName}'", nameof(BP2006EntityBoundFromRequestFix), _ => Task.FromResult(changed.Solution)));
    }
}
