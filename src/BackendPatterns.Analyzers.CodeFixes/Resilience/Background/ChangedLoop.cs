using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience.Background;

/// <summary>A hosted loop after a fix.</summary>
internal static class ChangedLoop
{
    /// <summary>True where the marked loop of a changed file is one of which <paramref name="isSound"/> holds; false also where it cannot be bound.</summary>
    public static async Task<bool> IsSoundAsync(Document after, SyntaxAnnotation mark, Func<ILoopOperation, ISymbol, BackendModel, bool> isSound, CancellationToken cancellationToken)
    {
        if (await after.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics)
            return false;
        var root = await semantics.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        var loop = root.GetAnnotatedNodes(mark).Single();
        return semantics.GetOperation(loop, cancellationToken) is ILoopOperation operation && semantics.GetEnclosingSymbol(loop.SpanStart, cancellationToken) is { } member
            && isSound(operation, member, BackendModel.For(semantics.Compilation));
    }
}
