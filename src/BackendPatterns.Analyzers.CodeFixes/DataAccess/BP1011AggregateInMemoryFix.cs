using BackendPatterns.Analyzers.CodeFixes.DataAccess.Wasted;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow.Rows;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Translation;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>BP1011: ends the query with the operator that the rows were used in, where that is the only use and the answer stays the same.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP1011AggregateInMemoryFix() : WastedLoadFix(BP1011AggregateInMemoryAnalyzer.Id, LoadMistake.Aggregate, "Let the database do it")
{
    /// <summary>Operators that have an answer for every list of rows.</summary>
    private static readonly HashSet<string> NeverThrow = new(StringComparer.Ordinal) { "Count", "LongCount", "Any", "All", "Contains", "FirstOrDefault" };

    internal override IReadOnlyDictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>>? Changes(WastedLoad found, BackendModel model)
    {
        if (found.Uses is not [{ Level: Translation.SameAnswer } use])
            return null;
        // rows.Count > 0 asks whether there is one.
        var test = use.Operator is "Count" or "LongCount" ? ExistenceTest.OfCount(use.Operation.WalkUpValue()) : null;
        var name = (test is null ? use.Operator : "Any") + (found.IsAsync ? "Async" : "");
        var replaced = test?.Whole.Syntax ?? use.Operation.Syntax;
        var arguments = QueryEnding.ArgumentsOf(use.Operation);
        if (QueryEnding.With(found.Load, name, arguments, loadsEntities: use.Kind is InMemoryKind.Search) is not { } written
            || QueryEnding.HasCommentOutside(replaced, [found.Places.Value.Syntax, .. arguments]))
        {
            return null;
        }

        var changes = new Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>>();
        if (found.Places.Local is not { } local)
        {
            var value = Answer(QueryEnding.ValueOf(found.Places, found.Load, written), test);
            changes.Add(replaced, _ => QueryEnding.InPlaceOf(replaced, value));
            return changes;
        }

        if ((!NeverThrow.Contains(use.Operator) || MovedArguments.DependOnMembers(use.Operation)) && !HolderChange.IsFollowedBy(found.Places, use.Operation))
            return null;
        var holder = FreshNames.InMember(found.Load.Syntax).Take(NameFor(local.Name, use, test));
        if (!HolderChange.Add(changes, found.Places, "var", holder))
            return null;
        changes.Add(found.Load.Syntax, _ => written);
        changes.Add(replaced, _ => QueryEnding.InPlaceOf(replaced, Answer(SyntaxFactory.IdentifierName(holder), test)));
        return changes;
    }

    private static ExpressionSyntax Answer(ExpressionSyntax value, ExistenceTest? test) =>
        test is { IsTrueWhenPresent: false } ? SyntaxFactory.PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, value) : value;

    private static string NameFor(string local, InMemoryUse use, ExistenceTest? test)
    {
        if (test is not null || use.Operator is "Any" or "All" or "Contains")
            return (test is null && use.Operator is not "Any" ? FreshNames.Camel(use.Operator) : "any") + FreshNames.Pascal(local);
        return use.Kind is InMemoryKind.Search ? FreshNames.Singular(local) : local + use.Operator;
    }
}
