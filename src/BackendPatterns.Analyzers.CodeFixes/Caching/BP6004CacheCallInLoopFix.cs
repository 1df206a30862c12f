using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.Caching;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Caching;

/// <summary>Fix of BP6004: the overload of the command that takes an array.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP6004CacheCallInLoopFix() : RuleFix(BP6004CacheCallInLoopAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || semantics.GetOperation(node, cancellationToken) is not IInvocationOperation call
            || ArrayCommand.Of(call) is not { } command)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var root = await semantics.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        var model = BackendModel.For(semantics.Compilation);
        var changed = command.IsRead
            ? ArrayRead.Rewrite(root, call, command, semantics, model, cancellationToken)
            : ArrayWrite.Rewrite(root, call, command, semantics, model, cancellationToken);
        if (changed is null)
            return ImmutableArray<Remedy>.Empty;
        var sent = document.WithSyntaxRoot(changed);
        return await IfItCompilesAsync(document, node, sent, "Send all of them in one call", nameof(BP6004CacheCallInLoopFix), cancellationToken).ConfigureAwait(false);
    }
}
