using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Fix of BP1025: the asynchronous form is awaited, and a synchronous endpoint that nothing else calls becomes asynchronous.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP1025BlockingQueryFix() : RuleFix(BP1025BlockingQueryAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var none = ImmutableArray<Remedy>.Empty;
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics || BlockingAt(node, semantics, cancellationToken) is not { } found
            || (found.Operation is IForEachLoopOperation loop ? (SyntaxNode?)AwaitedForm.OfLoop(loop, semantics) : AwaitedForm.Of(found, semantics)) is not { } awaited)
        {
            return none;
        }

        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var original = found.Operation.Syntax;
        if (found.Endpoint is { } endpoint)
        {
            var function = AsyncEndpoint.DeclarationOf(original);
            if (function is null || !await AsyncEndpoint.IsOnlyCalledByFrameworkAsync(endpoint, document, cancellationToken).ConfigureAwait(false))
                return none;
            root = root.ReplaceNodes(
                new[] { original, function },
                (before, current) => before == function ? AsyncEndpoint.MakeAsync(current) : awaited);
        }
        else
        {
            root = root.ReplaceNode(original, awaited);
        }

        root = UsingDirectives.AddMissing(root, semantics, original.SpanStart, ("Microsoft.EntityFrameworkCore", "EntityFrameworkQueryableExtensions"));
        if (found.Endpoint is not null)
            root = UsingDirectives.AddMissing(root, semantics, original.SpanStart, ("System.Threading.Tasks", "Task"));
        if (found.Operation is IForEachLoopOperation)
            root = UsingDirectives.AddMissing(root, semantics, original.SpanStart, ("System.Threading.Tasks", "TaskAsyncEnumerableExtensions"));
        var changed = document.WithSyntaxRoot(root);
        return await CompileCheck.PassesAsync(document, node, changed, cancellationToken).ConfigureAwait(false)
            ? ImmutableArray.Create(new Remedy($"Await '{found.AsyncName}'", nameof(BP1025BlockingQueryFix), _ => Task.FromResult(changed)))
            : none;
    }

    private static BP1025BlockingCall? BlockingAt(SyntaxNode node, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (MarkedQuery.At(node) is ForEachStatementSyntax loop)
            return semantics.GetOperation(loop, cancellationToken) is { } over ? BP1025BlockingCall.Of(over, BackendModel.For(semantics.Compilation), cancellationToken) : null;
        var expression = node.Parent is MemberAccessExpressionSyntax access && access.Name == node ? access : null;
        SyntaxNode? blocking = expression?.Parent is InvocationExpressionSyntax call ? call : expression;
        return blocking is not null && semantics.GetOperation(blocking, cancellationToken) is { } operation
            ? BP1025BlockingCall.Of(operation, BackendModel.For(semantics.Compilation), cancellationToken)
            : null;
    }
}
