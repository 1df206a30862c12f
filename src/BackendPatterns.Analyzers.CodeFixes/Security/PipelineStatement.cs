using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>A statement that calls a pipeline: <c>app.UseCors();</c> or a chain of such calls.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Call">One call of it.</param>
internal sealed record PipelineStatement(ExpressionStatementSyntax Statement, InvocationExpressionSyntax Call)
{
    /// <summary>Returns the statement of a call, or null where the call is part of another expression.</summary>
    public static PipelineStatement? Of(SyntaxNode call) =>
        call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } invocation
        && FluentChain.EndOf(invocation).Parent is ExpressionStatementSyntax statement
            ? new PipelineStatement(statement, invocation)
            : null;

    /// <summary>What the first call of the statement is made on.</summary>
    public ExpressionSyntax Root => ((MemberAccessExpressionSyntax)FluentChain.CallsOf(Statement.Expression).Last().Expression).Expression;

    public bool IsOnlyCall => FluentChain.CallsOf(Statement.Expression).Take(2).Count() == 1;

    public bool IsFirstCall => Access.Expression is not InvocationExpressionSyntax;

    public bool IsLastCall => Statement.Expression == Call;

    /// <summary>What stands in a list with its like: the statement, or the global statement around it.</summary>
    public SyntaxNode Place => Statement.Parent is GlobalStatementSyntax global ? global : Statement;

    private MemberAccessExpressionSyntax Access => (MemberAccessExpressionSyntax)Call.Expression;

    /// <summary>Returns the call as a statement of its own.</summary>
    public ExpressionStatementSyntax Alone() =>
        IsOnlyCall ? Statement : (ExpressionStatementSyntax)SyntaxFactory.ParseStatement(LinkAfter(Root.WithoutTrivia(), default).WithoutTrivia() + ";");

    /// <summary>Returns the statement without the call, or null where a comment belongs to it, or where nothing would be left.</summary>
    public ExpressionStatementSyntax? WithoutCall()
    {
        var rest = FluentChain.Without(Statement.Expression, call => call == Call);
        return rest is InvocationExpressionSyntax && FluentChain.CallsOf(rest).Count() < FluentChain.CallsOf(Statement.Expression).Count()
            ? Statement.WithExpression(rest)
            : null;
    }

    /// <summary>Returns the statement with a call of another one, on the same builder, before or after this call.</summary>
    public ExpressionStatementSyntax WithLink(Func<ExpressionSyntax, SyntaxTriviaList, InvocationExpressionSyntax> link, bool before)
    {
        var indentation = Access.OperatorToken.LeadingTrivia;
        return before
            ? Statement.ReplaceNode(Access.Expression, link(Access.Expression, indentation).WithTrailingTrivia(Access.Expression.GetTrailingTrivia()))
            : Statement.ReplaceNode(Call, link(Call.WithTrailingTrivia(Access.Expression.GetTrailingTrivia()), indentation).WithTrailingTrivia(Call.GetTrailingTrivia()));
    }

    /// <summary>Returns the call made on something else.</summary>
    public InvocationExpressionSyntax LinkAfter(ExpressionSyntax receiver, SyntaxTriviaList indentation) =>
        Call.WithExpression(Access.WithExpression(receiver).WithOperatorToken(Access.OperatorToken.WithLeadingTrivia(indentation)));

    /// <summary>Returns the statements in whose list this one stands; default where it stands alone, as under an <c>if</c>.</summary>
    public IReadOnlyList<SyntaxNode> Siblings() => Place.Parent switch
    {
        BlockSyntax block => block.Statements,
        SwitchSectionSyntax section => section.Statements,
        CompilationUnitSyntax unit => unit.Members.Where(static member => member is GlobalStatementSyntax).ToList(),
        _ => [],
    };
}
