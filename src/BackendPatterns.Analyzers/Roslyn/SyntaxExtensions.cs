using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Roslyn;

/// <summary>Steps through syntax that know nothing of backends.</summary>
public static class SyntaxExtensions
{
    /// <summary>Returns the name of the member that is called or read: <c>ToList</c> in <c>query.ToList()</c> and <c>query?.ToList()</c>, <c>Result</c> in <c>task.Result</c>; the node itself for anything else.</summary>
    public static SyntaxNode MemberName(this SyntaxNode syntax) => syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name,
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } => binding.Name,
        MemberAccessExpressionSyntax access => access.Name,
        _ => syntax,
    };
}
