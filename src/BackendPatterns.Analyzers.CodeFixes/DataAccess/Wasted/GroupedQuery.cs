using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow.Rows;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess.Wasted;

/// <summary>Writes the groups of rows as a part of the query.</summary>
internal static class GroupedQuery
{
    private const string Value = "Value";

    /// <summary>The argument of the <c>Select</c> that keeps a row per group: the one that is written, or for a dictionary one with the key and the value.</summary>
    public static IReadOnlyList<ArgumentSyntax> SelectOf(InMemoryGroups groups)
    {
        var arguments = QueryEnding.ArgumentsOf(groups.Result);
        if (!groups.IsDictionary)
            return arguments;
        var lambda = (LambdaExpressionSyntax)arguments[1].Expression;
        var parameter = ParameterOf(lambda);
        return [SyntaxFactory.Argument(SyntaxFactory.ParseExpression($"{parameter} => new {{ {parameter}.Key, {Value} = {lambda.Body.ToString()} }}"))];
    }

    /// <summary>The arguments of <c>ToDictionary</c> on these rows.</summary>
    public static ImmutableArray<ArgumentSyntax> EntryOf(InMemoryGroups groups)
    {
        var parameter = ParameterOf((LambdaExpressionSyntax)QueryEnding.ArgumentsOf(groups.Result)[1].Expression);
        return ImmutableArray.Create(
            SyntaxFactory.Argument(SyntaxFactory.ParseExpression($"{parameter} => {parameter}.Key")), SyntaxFactory.Argument(SyntaxFactory.ParseExpression($"{parameter} => {parameter}.{Value}")));
    }

    private static string ParameterOf(LambdaExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax simple => simple.Parameter.Identifier.Text,
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [var only] } => only.Identifier.Text,
        _ => "group",
    };
}
