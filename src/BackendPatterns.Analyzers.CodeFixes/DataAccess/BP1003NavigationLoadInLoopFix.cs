using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Fix of BP1003: the query includes what is read of its rows.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP1003NavigationLoadInLoopFix() : RuleFix(BP1003NavigationLoadInLoopAnalyzer.Id)
{
    /// <summary>One place can read several navigations, behind a mapping method.</summary>
    private const int MostNavigations = 16;

    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var mark = new SyntaxAnnotation();
        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var changed = document.WithSyntaxRoot(root.ReplaceNode(node, node.WithAdditionalAnnotations(mark)));
        var paths = new List<string>();
        while (paths.Count < MostNavigations && await NextAsync(changed, mark, cancellationToken).ConfigureAwait(false) is var (path, next) && !paths.Contains(path))
        {
            paths.Add(path);
            changed = next;
        }

        if (paths.Count == 0 || !await CompileCheck.PassesAsync(document, node, changed, cancellationToken).ConfigureAwait(false))
            return ImmutableArray<Remedy>.Empty;
        var title = $"Load {string.Join(", ", paths.Select(path => $"'{path}'"))} with the rows";
        return ImmutableArray.Create(new Remedy(title, nameof(BP1003NavigationLoadInLoopFix), _ => Task.FromResult(changed)));
    }

    /// <summary>Returns the first navigation that is read at the marked place and not loaded, and the document whose query loads it; null where there is none.</summary>
    private static async Task<(string Path, Document Changed)?> NextAsync(Document document, SyntaxAnnotation mark, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || (await semantics.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false)).GetAnnotatedNodes(mark).FirstOrDefault() is not { } node
            || semantics.GetOperation(node, cancellationToken) is not { } place)
        {
            return null;
        }

        var model = BackendModel.For(semantics.Compilation);
        foreach (var operation in place.Root().DescendantsAndSelf())
        {
            if (operation is not (IInvocationOperation or IForEachLoopOperation))
                continue;
            foreach (var finding in BP1003UnloadedNavigation.In(operation, model, cancellationToken))
            {
                if (finding.Read.Site.Syntax == node && BP1003IncludedLoad.Write(finding, operation, model) is var (before, after))
                    return (finding.Read.Path, WithQuery(document, semantics, before, after));
            }
        }

        return null;
    }

    private static Document WithQuery(Document document, SemanticModel semantics, SyntaxNode before, SyntaxNode after)
    {
        var root = semantics.SyntaxTree.GetRoot().ReplaceNode(before, after);
        return document.WithSyntaxRoot(
            UsingDirectives.AddMissing(root, semantics, before.SpanStart, ("Microsoft.EntityFrameworkCore", "EntityFrameworkQueryableExtensions")));
    }
}
