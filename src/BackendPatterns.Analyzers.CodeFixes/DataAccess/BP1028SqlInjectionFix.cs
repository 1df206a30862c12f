using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Flow.Sql;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Fix of BP1028: the values in the literals of the statement become parameters. Offered where all text that is not constant stands in quotes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP1028SqlInjectionFix() : RuleFix(BP1028SqlInjectionAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var none = ImmutableArray<Remedy>.Empty;
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || SinkAt(node, semantics, cancellationToken) is not { } sink
            || SqlTextReader.HolesIn(sink.Text, BackendModel.For(semantics.Compilation), cancellationToken).Count == 0
            || SqlStatementText.Of(sink, semantics, cancellationToken) is not { } text)
        {
            return none;
        }

        var edits = sink.Library switch
        {
            DataLibrary.EntityFrameworkCore => SqlInterpolatedCall.EditsOf(sink, text, cancellationToken),
            DataLibrary.Dapper => SqlDapperCall.EditsOf(sink, text),
            DataLibrary.AdoNet => SqlCommandEdits.EditsOf(sink, text),
            _ => null,
        };
        if (edits is null)
            return none;
        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var changed = document.WithSyntaxRoot(edits.Apply(root));
        return await CompileCheck.PassesAsync(document, node, changed, cancellationToken).ConfigureAwait(false)
            ? ImmutableArray.Create(new Remedy("Pass the values as parameters", nameof(BP1028SqlInjectionFix), _ => Task.FromResult(changed)))
            : none;
    }

    private static SqlSink? SinkAt(SyntaxNode node, SemanticModel semantics, CancellationToken cancellationToken)
    {
        foreach (var ancestor in node.AncestorsAndSelf())
        {
            if (ancestor is StatementSyntax)
                return null;
            if (ancestor is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AssignmentExpressionSyntax
                && semantics.GetOperation(ancestor, cancellationToken) is { } operation && SqlSink.Of(operation, BackendModel.For(semantics.Compilation)) is { } sink)
            {
                return sink.Place.SourceSpan == node.Span ? sink : null;
            }
        }

        return null;
    }
}
