using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>Whether code that composes the application runs always, or only where a condition holds that is not known: <c>if (app.Environment.IsDevelopment())</c>.</summary>
internal static class Conditions
{
    /// <summary>True where code is in an arm of a condition of its member, or in a <c>catch</c>; lambdas around it count as run.</summary>
    /// <param name="code">The code.</param>
    /// <param name="beside">Other code of the member: an arm that both are in does not count.</param>
    public static bool StandOver(SyntaxNode code, SyntaxNode? beside = null)
    {
        for (var (inner, outer) = (code, code.Parent); outer is not null; (inner, outer) = (outer, outer.Parent))
        {
            if (beside is not null && inner.Span.Contains(beside.Span))
                return false;
            if (IsArm(inner, outer))
                return true;
            if (inner is MemberDeclarationSyntax and not GlobalStatementSyntax)
                return false;
        }

        return false;
    }

    private static bool IsArm(SyntaxNode inner, SyntaxNode outer) => outer switch
    {
        IfStatementSyntax condition => inner != condition.Condition,
        ConditionalExpressionSyntax condition => inner != condition.Condition,
        _ => inner is SwitchSectionSyntax or SwitchExpressionArmSyntax or CatchClauseSyntax,
    };
}
