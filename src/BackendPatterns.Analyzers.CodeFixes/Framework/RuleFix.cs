using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BackendPatterns.Analyzers.CodeFixes.Framework;

/// <summary>
/// Base of every fix. A fix says which changes are safe for the node that a report marks; one report at a time and Fix All use the same answer.
/// </summary>
/// <remarks>
/// Fix All fixes all reports one after the other, each on the result of the one before, so that two reports in one loop or one statement do not
/// overwrite each other, and the second report finds what the first one added to another document. A fix therefore looks only at the node and the
/// document that it is given, never at the report's additional locations.
/// A fix is not marked as shared: no host composes the parts of a package, and an old host has an older System.Composition than the attribute
/// comes from, so that it would load no fix at all.
/// </remarks>
public abstract class RuleFix(string ruleId) : CodeFixProvider
{
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(ruleId);

    /// <summary>Null where <see cref="HasFixAll"/> says so.</summary>
    public sealed override FixAllProvider? GetFixAllProvider() => HasFixAll ? SequentialFixAll.Instance : null;

    /// <summary>False where every change of this fix alters what callers outside see, so that a person should decide each one.</summary>
    protected virtual bool HasFixAll => true;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
            if (root is null || !root.FullSpan.Contains(diagnostic.Location.SourceSpan))
                continue;
            var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            foreach (var remedy in await FindAsync(context.Document, node, context.CancellationToken).ConfigureAwait(false))
                context.RegisterCodeFix(CodeAction.Create(remedy.Title, remedy.ApplyAsync, remedy.Key), diagnostic);
        }
    }

    /// <summary>
    /// Returns the changes that are safe for the marked node, best first; none where no change is provably safe. <paramref name="node"/> is the
    /// innermost node with the span of the report.
    /// </summary>
    protected abstract Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken);

    /// <summary>
    /// Returns a change of one document as the only remedy, with its title and key, or none where it does not compile (<see cref="CompileCheck"/>). Fix All may apply it where the fix
    /// has a Fix All.
    /// </summary>
    protected async Task<ImmutableArray<Remedy>> IfItCompilesAsync(Document before, SyntaxNode place, Document after, string title, string key, CancellationToken cancellationToken) =>
        await CompileCheck.PassesAsync(before, place, after, cancellationToken).ConfigureAwait(false)
            ? ImmutableArray.Create(new Remedy(title, key, _ => Task.FromResult(after), HasFixAll))
            : ImmutableArray<Remedy>.Empty;

    /// <summary>Returns what <see cref="FindAsync"/> does, for Fix All.</summary>
    internal Task<ImmutableArray<Remedy>> RemediesAsync(Document document, SyntaxNode node, CancellationToken cancellationToken) =>
        FindAsync(document, node, cancellationToken);
}
