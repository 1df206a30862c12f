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

    /// <summary>Returns what a declaration of a field or property gives it: its initializer, or the expression that a property returns. Null where there is neither, and for any other node.</summary>
    public static ExpressionSyntax? InitialValue(this SyntaxNode declaration) => declaration switch
    {
        VariableDeclaratorSyntax field => field.Initializer?.Value,
        PropertyDeclarationSyntax property => property.Initializer?.Value ?? property.ExpressionBody?.Expression,
        _ => null,
    };

    /// <summary>Returns the token that names a loop statement: <c>while</c>, <c>do</c>, <c>for</c>, <c>foreach</c>; null for any other node.</summary>
    public static SyntaxToken? LoopKeyword(this SyntaxNode statement) => statement switch
    {
        WhileStatementSyntax loop => loop.WhileKeyword,
        DoStatementSyntax loop => loop.DoKeyword,
        ForStatementSyntax loop => loop.ForKeyword,
        CommonForEachStatementSyntax loop => loop.ForEachKeyword,
        _ => null,
    };

    /// <summary>Returns the invocation of the method that a name stands for, or null where the name is not what is called.</summary>
    public static InvocationExpressionSyntax? InvocationOf(this SimpleNameSyntax name)
    {
        ExpressionSyntax called = name.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == name => access,
            MemberBindingExpressionSyntax binding => binding,
            _ => name,
        };
        return called.Parent is InvocationExpressionSyntax call && call.Expression == called ? call : null;
    }
}
