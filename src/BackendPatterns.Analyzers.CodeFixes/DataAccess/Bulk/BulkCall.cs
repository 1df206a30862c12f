using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>A call that loads the rows of many keys, in place of one call per key.</summary>
/// <param name="Callee">What is called, with its receiver.</param>
/// <param name="Arguments">The arguments; <see cref="Keys"/> stands for the keys.</param>
/// <param name="IsAsync">True where the call is awaited.</param>
/// <param name="ToRowsByKey">The call that makes a dictionary or lookup of the rows, or empty where the method returns one.</param>
public sealed record BulkCall(string Callee, string Arguments, bool IsAsync, string ToRowsByKey)
{
    public const string Keys = "\u0001";

    /// <summary>Returns the expression that loads the rows by key.</summary>
    public string RowsValue(string keys, string configured)
    {
        var call = $"{Callee}({Arguments.Replace(Keys, keys)})";
        var value = IsAsync ? $"await {call}{configured}" : call;
        return ToRowsByKey.Length == 0 ? value : IsAsync ? $"({value}){ToRowsByKey}" : value + ToRowsByKey;
    }

    /// <summary>
    /// Returns the call with another method's name, or null where the call is written in another way than <c>receiver.Method(…)</c> or
    /// <c>Method(…)</c>.
    /// </summary>
    public static string? CalleeOf(InvocationExpressionSyntax call, string name) => call.Expression switch
    {
        IdentifierNameSyntax => name,
        MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression, Name: IdentifierNameSyntax } access =>
            access.WithName(SyntaxFactory.IdentifierName(name)).ToString(),
        _ => null,
    };
}
