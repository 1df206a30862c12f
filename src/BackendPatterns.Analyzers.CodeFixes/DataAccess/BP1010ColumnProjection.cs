using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>The remedy of BP1010 that leaves the code after the query alone: <c>.Select(c => new { c.Id, c.Name })</c>.</summary>
internal static class BP1010ColumnProjection
{
    /// <summary>
    /// Returns the nodes to replace, or null where a use of the rows needs their type, or more than columns of their own. Calls of mapping methods become what they return.
    /// </summary>
    public static IReadOnlyDictionary<SyntaxNode, SyntaxNode>? Replacements(BP1010UnprojectedLoad found, BackendModel model, SemanticModel semantics)
    {
        var (load, uses) = (found.Load, found.Uses);
        if (uses.ReadsNavigations || uses.Columns.Any(column => load.Entity.Member(column) is null))
            return null;
        if (OfLoad(load, Projection(load, uses.Columns)) is not { } replacements)
            return null;
        foreach (var entry in uses.Entries)
        {
            if (Inlined(entry, load.Operation.Syntax, model, semantics) is not { } inlined || replacements.ContainsKey(entry.Syntax))
                return null;
            replacements.Add(entry.Syntax, inlined.WithTriviaFrom(entry.Syntax));
        }

        return replacements;
    }

    /// <summary>Returns the load with a projection, and <c>var</c> for the type that is written for its rows; null where the query is not written before its terminal operator.</summary>
    public static Dictionary<SyntaxNode, SyntaxNode>? OfLoad(EntityLoad load, LambdaExpressionSyntax projection)
    {
        var replacements = new Dictionary<SyntaxNode, SyntaxNode>();
        if (load.Operation is IForEachLoopOperation { Syntax: ForEachStatementSyntax loop })
        {
            replacements.Add(loop.Expression, BP1010ProjectedLoad.Write(loop.Expression, projection));
            Add(replacements, loop.Type);
        }
        else if (load.Operation is IInvocationOperation call && BP1010ProjectedLoad.Write(call, projection) is { } written)
        {
            replacements.Add(call.Syntax, written);
            Add(replacements, DeclaredType(call));
        }
        else
        {
            return null;
        }

        return replacements;
    }

    /// <summary>What a mapping method returns, in place of its call on a variable or of the method group that names it.</summary>
    private static ExpressionSyntax? Inlined(IOperation entry, SyntaxNode load, BackendModel model, SemanticModel semantics)
    {
        if (entry.Syntax.SyntaxTree != load.SyntaxTree || MappingMethod.Of(entry, model) is not { } mapping)
            return null;
        if (entry is IMethodReferenceOperation)
        {
            var row = FreshNames.ForLambda(load).Take("x", "row", "item");
            return SyntaxFactory.ParseExpression($"{row} => {mapping.Write(row, semantics, entry.Syntax.SpanStart).ToFullString()}");
        }

        return ((IInvocationOperation)entry).Arguments[0].Value.Unwrap() is ILocalReferenceOperation or IParameterReferenceOperation
            && ((IInvocationOperation)entry).Arguments[0].Value.Unwrap().Syntax is IdentifierNameSyntax name
            ? mapping.Write(name.Identifier.Text, semantics, entry.Syntax.SpanStart)
            : null;
    }

    /// <summary>Writes the lambda that makes an anonymous object of these columns, and of what <paramref name="others"/> writes with the name of the row.</summary>
    public static SimpleLambdaExpressionSyntax Projection(EntityLoad load, IReadOnlyCollection<string> columns, Func<string, IEnumerable<string>>? others = null)
    {
        var row = FreshNames.ForLambda(load.Operation.Syntax).Take(Initial(load.Entity.Symbol.Name), "x", "row", "item");
        var members = load.Entity.Columns.Where(columns.Contains).Select(column => row + "." + Escaped(column)).Concat(others?.Invoke(row) ?? []);
        return (SimpleLambdaExpressionSyntax)SyntaxFactory.ParseExpression($"{row} => new {{ {string.Join(", ", members)} }}");
    }

    private static string Initial(string typeName) => char.IsLetter(typeName[0]) ? char.ToLowerInvariant(typeName[0]).ToString() : "x";

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) is SyntaxKind.None ? name : "@" + name;

    /// <summary>
    /// The type that the declaration of the local names, which becomes <c>var</c>; null where it is <c>var</c> or there is no local.
    /// </summary>
    private static TypeSyntax? DeclaredType(IInvocationOperation call) =>
        call.WalkUpValue().Parent is IVariableInitializerOperation { Syntax.Parent.Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration }
            ? declaration.Type
            : null;

    private static void Add(Dictionary<SyntaxNode, SyntaxNode> replacements, TypeSyntax? type)
    {
        if (type is not (null or { IsVar: true }))
            replacements.Add(type, SyntaxFactory.IdentifierName("var").WithTriviaFrom(type));
    }
}
