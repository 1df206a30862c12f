using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Flow.Boundaries;

/// <summary>The parts of a file that a release build does not have: <c>#if DEBUG</c>, the other half of <c>#if !DEBUG</c> and of <c>#if RELEASE</c>.</summary>
internal static class DebugRegions
{
    private const int MostParts = 16;

    private static readonly TreeWords Hint = new("#if DEBUG", "#if !DEBUG", "#if RELEASE", "#if !RELEASE", "# if", "#if (", "#elif");

    /// <summary>True where the code stands in such a part.</summary>
    public static bool Contain(SyntaxNode code, CancellationToken cancellation)
    {
        if (!Hint.AnyIn(code.SyntaxTree, cancellation))
            return false;
        var open = new Stack<bool>();
        for (var directive = code.SyntaxTree.GetRoot(cancellation).GetFirstDirective(); directive is not null && directive.SpanStart < code.SpanStart; directive = directive.GetNextDirective())
        {
            switch (directive)
            {
                case IfDirectiveTriviaSyntax start:
                    open.Push(IsDebug(start.Condition, isTrue: true));
                    break;
                case ElifDirectiveTriviaSyntax other when open.Count > 0:
                    open.Pop();
                    open.Push(IsDebug(other.Condition, isTrue: true));
                    break;
                case ElseDirectiveTriviaSyntax when open.Count > 0:
                    open.Pop();
                    open.Push(directive.GetRelatedDirectives().OfType<IfDirectiveTriviaSyntax>().Any(static start => IsDebug(start.Condition, isTrue: false)));
                    break;
                case EndIfDirectiveTriviaSyntax when open.Count > 0:
                    open.Pop();
                    break;
            }
        }

        return open.Contains(true);
    }

    private static bool IsDebug(ExpressionSyntax condition, bool isTrue, int depth = 0) => condition switch
    {
        _ when depth == MostParts => false,
        ParenthesizedExpressionSyntax inner => IsDebug(inner.Expression, isTrue, depth + 1),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not => IsDebug(not.Operand, !isTrue, depth + 1),
        IdentifierNameSyntax name => name.Identifier.ValueText == (isTrue ? "DEBUG" : "RELEASE"),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both when isTrue => IsDebug(both.Left, true, depth + 1) || IsDebug(both.Right, true, depth + 1),
        _ => false,
    };
}
