using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Flow.Retry;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>Whether a rewritten retry may be offered.</summary>
internal static class SoundRetry
{
    /// <summary>
    /// True where the changed code compiles as before, and the rewritten loop, where there still is one, has a bound. The second matters
    /// for loops that repeat for more than one reason, such as an exception and a failed status.
    /// </summary>
    public static async Task<bool> IsInAsync(Document document, SyntaxNode reported, SyntaxNode root, CancellationToken cancellationToken)
    {
        var changed = document.WithSyntaxRoot(root);
        if (!await CompileCheck.PassesAsync(document, reported, changed, cancellationToken).ConfigureAwait(false)
            || await changed.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } after)
        {
            return false;
        }

        var model = BackendModel.For(after.Compilation);
        var changedRoot = await after.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        foreach (var loop in changedRoot.GetAnnotatedNodes(RetryShape.Rewritten))
        {
            if (after.GetOperation(loop, cancellationToken) is not { } operation
                || Retries.Of(operation, model, cancellationToken) is { Unbounded: not null })
            {
                return false;
            }
        }

        return true;
    }
}
