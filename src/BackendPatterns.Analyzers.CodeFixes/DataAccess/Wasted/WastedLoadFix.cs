using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow.Rows;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess.Wasted;

/// <summary>What the fixes of BP1011, BP1012 and BP1013 share: they ask the rules' own question, and change a terminal operator and the code that uses its result.</summary>
public abstract class WastedLoadFix(string ruleId, LoadMistake mistake, string title) : RuleFix(ruleId)
{
    protected sealed override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var none = ImmutableArray<Remedy>.Empty;
        if (node is not SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access } || access.Name != node)
            return none;
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics)
            return none;
        var model = BackendModel.For(semantics.Compilation);
        if (semantics.GetOperation(call, cancellationToken) is not { } operation || WastedLoad.Of(operation, model) is not { } found || found.Mistake != mistake
            || BP1010SameRows.MayLeaveRowsOut(found.Query, model) || Changes(found, model) is not { } changes)
        {
            return none;
        }

        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        root = root.ReplaceNodes(changes.Keys, (original, current) => changes[original](current).WithAdditionalAnnotations(Formatter.Annotation));
        var changed = document.WithSyntaxRoot(UsingDirectives.AddMissing(root, semantics, call.SpanStart, ("System.Linq", "Queryable")));
        return await CompileCheck.PassesAsync(document, call, changed, cancellationToken).ConfigureAwait(false)
            ? ImmutableArray.Create(new Remedy(title, title, _ => Task.FromResult(changed)))
            : none;
    }

    /// <summary>Returns what to make of each node that changes, or null where the answer may become another one.</summary>
    internal abstract IReadOnlyDictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>>? Changes(WastedLoad found, BackendModel model);
}
