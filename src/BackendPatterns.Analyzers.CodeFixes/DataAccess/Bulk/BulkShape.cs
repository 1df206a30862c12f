using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>
/// The query of a bulk method in a form in which two ways to write the same query are equal: names of parameters, line breaks, the order of
/// conditions, and where tracking is switched off make no difference.
/// </summary>
/// <param name="Query">What is asked of the database.</param>
/// <param name="Result">What is made of the rows: <c>ToList</c>, <c>ToArray</c>, <c>ToHashSet</c>, or <c>ToDictionary</c> or <c>ToLookup</c> with their arguments.</param>
public sealed record BulkShape(string Query, string Result)
{
    private const string Async = "Async";

    private static readonly HashSet<string> Executing = new(StringComparer.Ordinal) { "ToList", "ToArray", "ToDictionary", "ToLookup", "ToHashSet" };

    /// <summary>
    /// Returns the shape, or null where a method does more than ask for rows by the keys in a parameter.
    /// </summary>
    /// <param name="declaration">The method.</param>
    /// <param name="keys">The name of the parameter with the keys.</param>
    /// <param name="isOrdered">False where the order of the rows makes no difference.</param>
    public static BulkShape? Of(MethodDeclarationSyntax declaration, string keys, bool isOrdered)
    {
        if (SingleQueryBody.Of(declaration) is not { } value)
            return null;
        var names = new CanonicalNames(keys, TokensOf(declaration));
        var flags = new SortedSet<string>(StringComparer.Ordinal);
        var conditions = new SortedSet<string>(StringComparer.Ordinal);
        var steps = new List<string>();
        var result = new List<string>();
        var calls = CallsOf(value, out var source);
        foreach (var (call, name) in calls)
        {
            var plain = name.Identifier.ValueText.EndsWith(Async, StringComparison.Ordinal) ? name.Identifier.ValueText.Substring(0, name.Identifier.ValueText.Length - Async.Length) : name.Identifier.ValueText;
            if (Executing.Contains(plain))
                result.Add(plain + names.In(call.ArgumentList));
            else if (result.Count > 0)
                return null;
            else if (plain is "Where" && call.ArgumentList.Arguments is [{ Expression: SimpleLambdaExpressionSyntax { ExpressionBody: { } condition } lambda }])
                conditions.UnionWith(Conjuncts(condition).Select(conjunct => names.In(conjunct, lambda.Parameter.Identifier.ValueText)));
            else if (plain is "AsNoTracking" or "AsNoTrackingWithIdentityResolution" or "AsTracking" or "AsSplitQuery" or "AsSingleQuery" or "IgnoreQueryFilters" or "IgnoreAutoIncludes")
                flags.Add(plain);
            else if (plain is not "TagWith" && (isOrdered || plain is not ("OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending")))
                steps.Add(names.In(name) + names.In(call.ArgumentList));
        }

        // A list between the query and the dictionary makes no difference.
        if (result.Count > 1 && result[0] is "ToList()")
            result.RemoveAt(0);
        return result.Count == 1
            ? new BulkShape(string.Join("\n", flags.Concat(steps).Concat(conditions).Prepend(names.In(source))), result[0])
            : null;
    }

    private static ImmutableArray<string> TokensOf(MethodDeclarationSyntax declaration) =>
        declaration.ParameterList.Parameters.Where(static parameter => parameter.Type?.ToString().EndsWith("CancellationToken", StringComparison.Ordinal) == true)
            .Select(static parameter => parameter.Identifier.ValueText).ToImmutableArray();

    /// <summary>The operators of a fluent query, first applied first.</summary>
    private static IEnumerable<(InvocationExpressionSyntax Call, SimpleNameSyntax Name)> CallsOf(ExpressionSyntax value, out ExpressionSyntax source)
    {
        var calls = new Stack<(InvocationExpressionSyntax, SimpleNameSyntax)>();
        while (true)
        {
            switch (value)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    value = parenthesized.Expression;
                    break;
                case AwaitExpressionSyntax awaited:
                    value = awaited.Expression;
                    break;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call:
                    if (access.Name.Identifier.ValueText is not "ConfigureAwait")
                        calls.Push((call, access.Name));
                    value = access.Expression;
                    break;
                default:
                    source = value;
                    return calls;
            }
        }
    }

    private static IEnumerable<ExpressionSyntax> Conjuncts(ExpressionSyntax condition)
    {
        var pending = new Stack<ExpressionSyntax>();
        pending.Push(condition);
        while (pending.Count > 0)
        {
            var current = pending.Pop();
            if (current is ParenthesizedExpressionSyntax parenthesized)
            {
                pending.Push(parenthesized.Expression);
            }
            else if (current is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both)
            {
                pending.Push(both.Left);
                pending.Push(both.Right);
            }
            else
            {
                yield return current;
            }
        }
    }

    /// <summary>Writes nodes without trivia, their parameters named by what they are.</summary>
    private sealed class CanonicalNames(string keys, ImmutableArray<string> cancellationTokens)
    {
        public string In(SyntaxNode node, string? row = null)
        {
            if (node is ArgumentListSyntax list)
                return "(" + string.Join(", ", list.Arguments.Where(argument => !IsToken(argument)).Select(argument => In(argument.Expression))) + ")";
            var lambdas = new List<string>();
            if (row is not null)
                lambdas.Add(row);
            lambdas.AddRange(node.DescendantNodesAndSelf().OfType<ParameterSyntax>().Select(static parameter => parameter.Identifier.ValueText));
            return string.Join(" ", node.DescendantTokens().Select(token => Named(token, lambdas)));
        }

        private bool IsToken(ArgumentSyntax argument) =>
            argument.Expression is IdentifierNameSyntax name && cancellationTokens.Contains(name.Identifier.ValueText);

        private string Named(SyntaxToken token, List<string> lambdas)
        {
            if (!token.IsKind(SyntaxKind.IdentifierToken) || token.Parent is not (ParameterSyntax or IdentifierNameSyntax)
                || token.Parent.Parent is NameColonSyntax or NameEqualsSyntax || (token.Parent.Parent is MemberAccessExpressionSyntax access && access.Name == token.Parent))
            {
                return token.Text;
            }

            var lambda = lambdas.IndexOf(token.ValueText);
            return lambda >= 0 ? "$" + lambda : token.ValueText == keys ? "$keys" : token.Text;
        }
    }
}
