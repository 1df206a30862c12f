using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Pipeline;

/// <summary>One call of a pipeline.</summary>
/// <param name="Middleware">What it adds.</param>
/// <param name="Path">The call, behind the calls of this code base that lead to it from where the pipeline is built: <c>app.UseOurs()</c>, and in it <c>app.UseCors()</c>.</param>
public sealed record PipelineStep(Middleware Middleware, ImmutableArray<IInvocationOperation> Path)
{
    /// <summary>The call itself.</summary>
    public IInvocationOperation Call => Path[Path.Length - 1];

    /// <summary>
    /// True where both calls run, one after the other: they stand in one block, or one of them in a block around the other. False for the arms of an <c>if</c>, and for an arm that
    /// leaves the method.
    /// </summary>
    public bool IsComparableTo(PipelineStep other)
    {
        var shared = Math.Min(Path.Length, other.Path.Length);
        for (var i = 0; i < shared; i++)
        {
            if (Path[i].Syntax != other.Path[i].Syntax)
                return AreComparable(Path[i].Syntax, other.Path[i].Syntax);
        }

        return true;
    }

    private static bool AreComparable(SyntaxNode one, SyntaxNode other)
    {
        var (oneBlock, otherBlock) = (BlockOf(one), BlockOf(other));
        if (oneBlock == otherBlock)
            return true;
        if (oneBlock.Contains(otherBlock))
            return !LeavesBetween(otherBlock, oneBlock);
        return otherBlock.Contains(oneBlock) && !LeavesBetween(oneBlock, otherBlock);
    }

    /// <summary>The part of the code that always runs as a whole: a block, a section of a <c>switch</c>, a statement under an <c>if</c>, an arm of a conditional expression.</summary>
    private static SyntaxNode BlockOf(SyntaxNode node)
    {
        for (var current = node; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case BlockSyntax or SwitchSectionSyntax or SwitchExpressionArmSyntax or ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax:
                    return parent;
                case GlobalStatementSyntax:
                    return parent.Parent ?? parent;
                case ConditionalExpressionSyntax conditional when conditional.Condition != current:
                    return current;
                case StatementSyntax when current is StatementSyntax:
                case ElseClauseSyntax:
                    return current;
            }
        }

        return node.SyntaxTree.GetRoot();
    }

    private static bool LeavesBetween(SyntaxNode inner, SyntaxNode outer)
    {
        for (SyntaxNode? node = inner; node is not null && node != outer; node = node.Parent)
        {
            var last = node switch
            {
                BlockSyntax { Statements: [.., var statement] } => statement,
                SwitchSectionSyntax { Statements: [.., var statement] } => statement,
                _ => null,
            };
            if (last is ReturnStatementSyntax or ThrowStatementSyntax or GotoStatementSyntax or ContinueStatementSyntax)
                return true;
        }

        return false;
    }
}
