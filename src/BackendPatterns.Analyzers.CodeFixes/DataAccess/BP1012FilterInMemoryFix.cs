using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.DataAccess.Wasted;
using BackendPatterns.Analyzers.Flow.Rows;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Translation;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>BP1012: moves the in-memory operators that follow a load before its terminal operator, as far as the answer stays the same.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP1012FilterInMemoryFix() : WastedLoadFix(BP1012FilterInMemoryAnalyzer.Id, LoadMistake.Filter, "Move it into the query")
{
    private const int MaximumLength = 20;

    internal override IReadOnlyDictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>>? Changes(WastedLoad found, BackendModel model)
    {
        var (moved, groups) = Movable(found, model);
        if (moved.Count == 0 || moved[0].Operation.Syntax is not InvocationExpressionSyntax)
            return null;
        var last = groups?.Result ?? moved[moved.Count - 1].Operation;
        var ending = found.Load.TargetMethod.Name;
        // The list that followed the operators is the one that the query makes now.
        if (last.WalkUpValue().Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "ToList" or "ToArray", ContainingType.Name: "Enumerable" } } final })
        {
            last = final;
            ending = final.TargetMethod.Name + (found.IsAsync ? "Async" : "");
        }

        var operators = moved.ConvertAll(static use => (Name: use.Operator, Arguments: QueryEnding.ArgumentsOf(use.Operation)));
        var kept = operators.SelectMany(static part => part.Arguments).Append<SyntaxNode>(found.Places.Value.Syntax).ToArray();
        var endingArguments = ImmutableArray<ArgumentSyntax>.Empty;
        if (groups is not null)
        {
            operators.Add(("Select", GroupedQuery.SelectOf(groups)));
            if (groups.IsDictionary)
                (ending, endingArguments) = ("ToDictionary" + (found.IsAsync ? "Async" : ""), GroupedQuery.EntryOf(groups));
            kept = [.. kept, .. QueryEnding.ArgumentsOf(groups.Result)];
        }

        if (QueryEnding.HasCommentOutside(last.Syntax, kept) || QueryEnding.With(found.Load, ending, endingArguments, loadsEntities: groups is null) is not { } written)
            return null;
        foreach (var (name, arguments) in operators)
        {
            if (QueryEnding.WithOperatorBefore(written, name, arguments) is not { } longer)
                return null;
            written = longer;
        }

        return Placed(found, moved, last, written);
    }

    /// <summary>The operators that may move: those that follow each other directly after the load, and whose answer stays the same.</summary>
    private static (List<InMemoryUse> Moved, InMemoryGroups? Groups) Movable(WastedLoad found, BackendModel model)
    {
        var moved = new List<InMemoryUse>();
        var use = found.Uses[0];
        while (use is { Kind: InMemoryKind.Filter, Level: Translation.SameAnswer } && moved.Count < MaximumLength)
        {
            // A second order, in memory, keeps the first one where rows are equal.
            if (moved.Count > 0 && use.Operator is "OrderBy" or "OrderByDescending" && moved.Exists(static before => before.Operator.StartsWith("OrderBy", StringComparison.Ordinal)))
                break;
            if (use.Operator is "GroupBy")
            {
                var groups = InMemoryGroups.Of((IInvocationOperation)use.Operation, found.Shape, model);
                if (groups is not { IsOrderIrrelevant: true })
                    break;
                moved.Add(use);
                return (moved, groups);
            }

            moved.Add(use);
            use = InMemoryUse.Of(use.Operation.WalkUpValue(), found.Query, found.Shape, model)!;
        }

        return (moved, null);
    }

    private static Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>>? Placed(WastedLoad found, List<InMemoryUse> moved, IOperation last, InvocationExpressionSyntax written)
    {
        var changes = new Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>>();
        if (found.Places.Local is not { } local)
        {
            var value = QueryEnding.ValueOf(found.Places, found.Load, written);
            changes.Add(last.Syntax, _ => QueryEnding.InPlaceOf(last.Syntax, value));
            return changes;
        }

        if (moved.Exists(use => MovedArguments.DependOnMembers(use.Operation)) && !HolderChange.IsFollowedBy(found.Places, last))
            return null;
        if (!HolderChange.Add(changes, found.Places, "var", local.Name))
            return null;
        changes.Add(found.Load.Syntax, _ => written);
        changes.Add(last.Syntax, old => SyntaxFactory.IdentifierName(local.Name).WithTriviaFrom(old));
        return changes;
    }
}
