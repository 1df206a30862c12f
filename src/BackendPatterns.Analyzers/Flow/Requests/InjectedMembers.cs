using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Flow.Requests;

/// <summary>Fields and properties that hold what the constructor was given.</summary>
internal static class InjectedMembers
{
    /// <summary>
    /// True where every value that a field or property of visible source gets is a parameter of the constructor, or led out of one by members and calls
    /// (<c>context.Set&lt;Order&gt;()</c>) for which <paramref name="mayLeadOut"/> is true.
    /// </summary>
    public static bool Contain(ISymbol member, BackendModel model, bool mayLeadOut)
    {
        if (member.IsStatic || member.ContainingType is not { } type)
            return false;
        var isGiven = false;
        foreach (var value in ValuesOf(member, type))
        {
            if (model.SemanticModelOf(value.SyntaxTree) is not { } semantics || semantics.GetSymbolInfo(SourceOf(value, mayLeadOut)).Symbol is not IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } })
                return false;
            isGiven = true;
        }

        return isGiven;
    }

    private static IEnumerable<ExpressionSyntax> ValuesOf(ISymbol member, INamedTypeSymbol type)
    {
        foreach (var reference in member.DeclaringSyntaxReferences)
        {
            var initializer = reference.GetSyntax() switch
            {
                VariableDeclaratorSyntax variable => variable.Initializer?.Value,
                PropertyDeclarationSyntax property => property.Initializer?.Value,
                _ => null,
            };
            if (initializer is not null && !initializer.IsKind(SyntaxKind.SuppressNullableWarningExpression) && !initializer.IsKind(SyntaxKind.NullLiteralExpression))
                yield return initializer;
        }

        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is not TypeDeclarationSyntax declaration)
                continue;
            foreach (var part in declaration.Members)
            {
                if (part is not BaseMethodDeclarationSyntax)
                    continue;
                foreach (var node in part.DescendantNodes())
                {
                    if (node is AssignmentExpressionSyntax assignment && NameOf(assignment.Left) == member.Name)
                        yield return assignment.Right;
                }
            }
        }
    }

    private static string? NameOf(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => access.Name.Identifier.ValueText,
        _ => null,
    };

    /// <summary>The parameter in <c>context ?? throw …</c>, <c>context!</c> and, where that is asked for, at the beginning of a chain.</summary>
    private static ExpressionSyntax SourceOf(ExpressionSyntax value, bool mayLeadOut)
    {
        while (true)
        {
            switch (value)
            {
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce:
                    value = coalesce.Left;
                    break;
                case ParenthesizedExpressionSyntax parenthesized:
                    value = parenthesized.Expression;
                    break;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                    value = suppressed.Operand;
                    break;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } } when mayLeadOut:
                    value = receiver;
                    break;
                case MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax } access when mayLeadOut:
                    value = access.Expression;
                    break;
                default:
                    return value;
            }
        }
    }
}
