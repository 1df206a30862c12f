using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>What code returns that answers for the whole handler.</summary>
internal static class AnswerType
{
    /// <summary>False where the answers are a matter of the endpoint, or have no type that a service method can return; null for answers without a value.</summary>
    public static bool Of(ImmutableArray<SyntaxNode> returns, SplitScope scope, out ITypeSymbol? type)
    {
        type = null;
        var answers = returns.OfType<ReturnStatementSyntax>().Select(static statement => statement.Expression).ToList();
        if (answers.Count != returns.Length)
            return false;
        if (answers.All(static answer => answer is null))
            return true;
        if (answers.Any(static answer => answer is null) || scope.FunctionAround(answers[0]!) is not { } function)
            return false;
        var declared = function.IsAsync ? function.ReturnType.UnwrapTask() : function.ReturnType;
        // The function's own type where it can be one of a service; ActionResult<T> takes a T.
        if (scope.HttpTypes.Contain(declared) || scope.Handler is AnonymousFunctionExpressionSyntax)
        {
            var natural = answers.Select(answer => Natural(answer!, scope)).ToList();
            if (natural.Any(answer => answer is null || !SymbolEqualityComparer.Default.Equals(answer, natural[0])))
                return false;
            declared = natural.Find(static answer => answer!.NullableAnnotation is NullableAnnotation.Annotated) ?? natural[0]!;
        }

        type = declared;
        return scope.CanCross(declared, isResult: true);
    }

    /// <summary>True where no return has a value.</summary>
    public static bool AreEmpty(ImmutableArray<SyntaxNode> returns) => returns.All(static answer => answer is ReturnStatementSyntax { Expression: null });

    private static ITypeSymbol? Natural(ExpressionSyntax answer, SplitScope scope)
    {
        var info = scope.Semantics.GetTypeInfo(answer, scope.Cancellation);
        return info.Type is { } type ? Nullability.Of(type, info.Nullability.FlowState, answer.SpanStart, scope) : null;
    }
}
