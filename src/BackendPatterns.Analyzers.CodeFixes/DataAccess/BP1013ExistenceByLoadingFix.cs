using BackendPatterns.Analyzers.CodeFixes.DataAccess.Wasted;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow.Rows;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>BP1013: asks with <c>Any</c>; a local that held the row or the count holds the answer, under a name that says so.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP1013ExistenceByLoadingFix() : WastedLoadFix(BP1013ExistenceByLoadingAnalyzer.Id, LoadMistake.Existence, "Ask with 'Any'")
{
    internal override IReadOnlyDictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>>? Changes(WastedLoad found, BackendModel model)
    {
        if (found.Load.TargetMethod.Name.StartsWith("Single", StringComparison.Ordinal) && !KeyFilter.SelectsOne(found.Load, found.Query, model))
            return null;
        if (QueryEnding.With(found.Load, found.IsAsync ? "AnyAsync" : "Any", [], loadsEntities: false) is not { } written)
            return null;
        var changes = new Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>>();
        if (found.Places.Local is { } local)
        {
            if (!HolderChange.Add(changes, found.Places, "bool", NameFor(found, local)) || found.Tests.Any(test => QueryEnding.HasCommentOutside(test.Whole.Syntax)))
                return null;
            var name = ((VariableDeclaratorSyntax)changes.Last().Value(found.Places.Value.Parent!.Syntax.Parent!)).Identifier.ValueText;
            foreach (var test in found.Tests)
                Replace(changes, test, SyntaxFactory.IdentifierName(name));
            changes.Add(found.Load.Syntax, _ => written);
            return changes;
        }

        var only = found.Tests[0];
        if (QueryEnding.HasCommentOutside(only.Whole.Syntax, found.Places.Value.Syntax))
            return null;
        var any = QueryEnding.ValueOf(found.Places, found.Load, written);
        if (only.Whole is ICoalesceOperation coalesce)
            return Guard(changes, coalesce, any) ? changes : null;
        Replace(changes, only, any);
        return changes;
    }

    private static void Replace(Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>> changes, ExistenceTest test, ExpressionSyntax any)
    {
        var (place, isPresence) = (test.Whole.Syntax, test.IsTrueWhenPresent);
        // !(row is null)
        while (place.Parent is ParenthesizedExpressionSyntax { Parent: PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not })
            (place, isPresence) = (not, !isPresence);
        var answer = isPresence ? any : SyntaxFactory.PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, any);
        changes[place] = _ => QueryEnding.InPlaceOf(place, answer);
    }

    /// <summary><c>_ = row ?? throw …;</c> becomes <c>if (!any) throw …;</c>.</summary>
    private static bool Guard(Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>> changes, ICoalesceOperation coalesce, ExpressionSyntax any)
    {
        if (coalesce.Syntax is not BinaryExpressionSyntax { Right: ThrowExpressionSyntax thrown } || coalesce.Syntax.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax } statement
            || statement is LocalDeclarationStatementSyntax { Declaration.Variables.Count: > 1 } || QueryEnding.HasCommentOutside(thrown))
        {
            return false;
        }

        var lineBreak = LineBreaks.In(statement.SyntaxTree.GetRoot());
        var indentation = statement.GetLeadingTrivia().LastOrDefault(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).ToString() + "    ";
        var guard = SyntaxFactory.ParseStatement($"if (!{any}){lineBreak}{indentation}throw {thrown.Expression.WithoutTrivia()};").WithTriviaFrom(statement);
        changes.Add(statement, _ => guard);
        return true;
    }

    private static string NameFor(WastedLoad found, ILocalSymbol local)
    {
        var names = FreshNames.InMember(found.Load.Syntax);
        var row = found.Query.SourceElementType is { IsAnonymousType: false, Name.Length: > 0 } type ? type.Name : "Row";
        return found.IsCount ? names.Take("any" + FreshNames.Pascal(FreshNames.Plural(row))) : names.Take(FreshNames.Camel(Subject(local.Name, row)) + "Exists");
    }

    /// <summary>What exists: the room of <c>existingRoom</c>, the row of <c>existing</c> and <c>existingByName</c>.</summary>
    private static string Subject(string local, string row)
    {
        const string Existing = "existing";
        if (!local.StartsWith(Existing, StringComparison.Ordinal) || (local.Length > Existing.Length && !char.IsUpper(local[Existing.Length])))
            return local;
        var rest = local.Substring(Existing.Length);
        return rest.Length == 0 || rest.StartsWith("By", StringComparison.Ordinal) ? row + rest : rest;
    }
}
