using BackendPatterns.Analyzers.Flow.Rows;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess.Wasted;

/// <summary>The local that holds what a query loads, when the query loads something else.</summary>
internal static class HolderChange
{
    /// <summary>Adds a new type and a new name for the local. False where it is declared together with others under one type.</summary>
    public static bool Add(Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>> changes, ResultPlaces places, string type, string name)
    {
        if (places.Value.Parent?.Syntax.Parent is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } declarator)
            return false;
        if (!declaration.Type.IsVar)
            changes.Add(declaration.Type, old => SyntaxFactory.ParseTypeName(type).WithTriviaFrom(old));
        changes.Add(declarator, old => ((VariableDeclaratorSyntax)old).WithIdentifier(SyntaxFactory.Identifier(name).WithTriviaFrom(((VariableDeclaratorSyntax)old).Identifier)));
        return true;
    }

    /// <summary>True where the statement of the use is the next one after the declaration: nothing can happen, or fail to happen, between them.</summary>
    public static bool IsFollowedBy(ResultPlaces places, IOperation use)
    {
        if (places.Value.Syntax.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax block } declaration)
            return false;
        var next = block.Statements.IndexOf(declaration) + 1;
        if (next >= block.Statements.Count || !block.Statements[next].Span.Contains(use.Syntax.Span))
            return false;
        // if (all.Any()) …: the condition runs, the branches may not.
        return block.Statements[next] switch
        {
            IfStatementSyntax choice => choice.Condition.Span.Contains(use.Syntax.Span),
            ReturnStatementSyntax or LocalDeclarationStatementSyntax or ExpressionStatementSyntax => !IsConditional(use),
            _ => false,
        };
    }

    private static bool IsConditional(IOperation use)
    {
        for (var (child, current) = (use, use.Parent); current is not null; (child, current) = (current, current.Parent))
        {
            if (current is IConditionalOperation choice && choice.Condition != child)
                return true;
            if (current is ICoalesceOperation coalesce && coalesce.Value != child)
                return true;
            if (current is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } logical && logical.LeftOperand != child)
                return true;
            if (current is ISwitchExpressionArmOperation or IConditionalAccessOperation)
                return true;
        }

        return false;
    }
}
