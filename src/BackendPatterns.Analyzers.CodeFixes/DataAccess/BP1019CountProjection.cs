using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow.Rows;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>The remedy of BP1019 for rows that are loaded to be counted: <c>.Select(o => new { o.Id, LinesCount = o.Lines.Count })</c>, and <c>o.LinesCount</c> where they were counted.</summary>
internal static class BP1019CountProjection
{
    /// <summary>Returns the nodes to replace, or null where the rows are used as entities, where another include is left, or where the number may be another one.</summary>
    public static IReadOnlyDictionary<SyntaxNode, SyntaxNode>? Replacements(BP1019UnusedInclude found, BackendModel model, CancellationToken cancellation)
    {
        if (EntityLoad.Of(found.Operation, model) is not { } load || found.Includes is not [var include] || !IsOnlyInclude(include, load)
            || include.ArgumentAt(1).AsLambda() is not { Body.Operations: [IReturnOperation { ReturnedValue: { } value }] }
            || value.Unwrap() is not IPropertyReferenceOperation { Instance: IParameterReferenceOperation, Property: var collection }
            || BP1010SameRows.MayLeaveRowsOut(load.Query, model) || FixUp.MayMatter(load.Query, load.Entity.Symbol, load.Operation, model)
            || FixUp.IsChangedInSameMember(load.Query, load.Entity.Symbol, load.Operation))
        {
            return null;
        }

        var uses = RowUses.Everywhere(load, load.Operation, model, cancellation);
        if (!uses.IsUnderstood || uses.Escapes.Count > 0 || uses.EntersOtherMembers || uses.Columns.Any(column => load.Entity.Member(column) is null)
            || !uses.Reads.All(static read => read.Reference.Property.IsAutoProperty()) || !uses.Navigations.All(read => read.Path == collection.Name))
        {
            return null;
        }

        var (count, any) = (collection.Name + "Count", "Has" + collection.Name);
        if (load.Entity.Member(count) is not null || load.Entity.Member(any) is not null)
            return null;
        var reads = new Dictionary<SyntaxNode, SyntaxNode>();
        var isTested = false;
        var isCounted = false;
        foreach (var read in uses.Navigations)
        {
            if (CounterOf(read.Reference) is not { } counter || read.Reference.Syntax is not MemberAccessExpressionSyntax { Expression: var row } || counter.Syntax.SyntaxTree != load.Operation.Syntax.SyntaxTree)
                return null;
            var tests = counter is IInvocationOperation { TargetMethod.Name: "Any" };
            (isTested, isCounted) = (isTested || tests, isCounted || !tests);
            var access = SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, row.WithoutTrivia(), SyntaxFactory.IdentifierName(tests ? any : count));
            reads[counter.Syntax] = access.WithTriviaFrom(counter.Syntax);
        }

        var projection = BP1010ColumnProjection.Projection(load, uses.Columns, row => Members(row));
        if (BP1010ColumnProjection.OfLoad(load, projection) is not { } replacements)
            return null;
        foreach (var read in reads)
            replacements.Add(read.Key, read.Value);
        return replacements;

        IEnumerable<string> Members(string row)
        {
            if (isCounted)
                yield return $"{count} = {row}.{collection.Name}.Count{(HasCount(collection.Type) ? "" : "()")}";
            if (isTested)
                yield return $"{any} = {row}.{collection.Name}.Any()";
        }
    }

    /// <summary>The projection drops every include; one that stands in a local or in a method would stay and say what is not so.</summary>
    private static bool IsOnlyInclude(IInvocationOperation include, EntityLoad load)
    {
        foreach (var call in load.Query.Operators)
        {
            if (call.TargetMethod.Name is "AsTracking" || (call.TargetMethod.Name is "Include" or "ThenInclude" && call.Syntax != include.Syntax))
                return false;
        }

        return load.Query.IsComplete && (load.Operation.Syntax.Span.Contains(include.Syntax.Span));
    }

    /// <summary>The operation whose value is the number, or whether there is one; null for numbers of another type.</summary>
    private static IOperation? CounterOf(IOperation collection) => collection.WalkUpValue().Parent switch
    {
        IPropertyReferenceOperation { Property.Name: "Count" } size => size,
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Count" or "Any", Arguments.Length: 1 } call } => call,
        _ => null,
    };

    private static bool HasCount(ITypeSymbol type) => type is INamedTypeSymbol { Name: "List" or "IList" or "ICollection" or "HashSet" or "ISet" or "IReadOnlyList" or "IReadOnlyCollection" or "Collection" };
}
