using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Contracts;

/// <summary>What a new contract must not break.</summary>
internal static class ContractCheck
{
    /// <summary>True where the document with the new record does not compile.</summary>
    public static async Task<bool> HasErrorsAsync(Solution solution, DocumentId record, CancellationToken cancellationToken) =>
        solution.GetDocument(record) is not { } document || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
        || semantics.GetDiagnostics(cancellationToken: cancellationToken).Any(static diagnostic => diagnostic.Severity is DiagnosticSeverity.Error);

    /// <summary>True where code, such as a test, calls an endpoint itself.</summary>
    public static async Task<bool> IsCalledAsync(IMethodSymbol handler, Solution solution, CancellationToken cancellationToken)
    {
        if (handler.MethodKind is MethodKind.AnonymousFunction)
            return false;
        foreach (var reference in await SymbolFinder.FindReferencesAsync(handler, solution, cancellationToken).ConfigureAwait(false))
        {
            foreach (var location in reference.Locations)
            {
                var root = await location.Document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
                var name = root?.FindNode(location.Location.SourceSpan, getInnermostNodeForTie: true);
                var called = name?.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
                if (called?.Parent is InvocationExpressionSyntax call && call.Expression == called)
                    return true;
            }
        }

        return false;
    }
}
