using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>The variables that cross the border of a region.</summary>
/// <param name="Inputs">The variables that it reads, in the order of their first use.</param>
/// <param name="Outputs">The variables that it sets and that are used afterwards, in the order of their declaration.</param>
/// <param name="Declared">Those outputs that it declares.</param>
/// <param name="Unassigned">Those outputs that are declared before it and have no value that it needs.</param>
/// <param name="Returned">What it returns as the handler's own answer, or as an expression; null where it does not.</param>
/// <param name="Returns">True where every path through it returns from the handler.</param>
internal sealed record RegionFlow(
    ImmutableArray<ISymbol> Inputs, ImmutableArray<ISymbol> Outputs, ImmutableArray<ISymbol> Declared, ImmutableArray<ISymbol> Unassigned, ITypeSymbol? Returned, bool Returns)
{
    private const int MostOutputs = 3;

    public static RegionFlow? Of(ImmutableArray<StatementSyntax> statements, ImmutableArray<CodeMark> marks, SplitScope scope)
    {
        var (first, last) = (statements[0], statements[statements.Length - 1]);
        var control = scope.Semantics.AnalyzeControlFlow(first, last);
        if (control is not { Succeeded: true, EntryPoints.Length: 0 } || control.ExitPoints.Any(static exit => exit is not ReturnStatementSyntax))
            return null;
        // The end of a handler without an answer is as good as its other returns.
        var returns = control.ReturnStatements.Length > 0 && !(control.EndPointIsReachable && IsEndOfHandler(last, scope) && AnswerType.AreEmpty(control.ReturnStatements));
        if (returns == control.EndPointIsReachable)
            return null;
        ITypeSymbol? returned = null;
        if (returns && !AnswerType.Of(control.ReturnStatements, scope, out returned))
            return null;
        var flow = scope.Semantics.AnalyzeDataFlow(first, last);
        var span = TextSpan.FromBounds(first.SpanStart, last.Span.End);
        if (flow is not { Succeeded: true } || new RegionVariables(span, marks, flow, scope).Crossing() is not { } crossing)
            return null;
        if (crossing.Outputs.Length > (returns ? 0 : MostOutputs) || (statements.Length > 1 && crossing.Outputs.Any(output => IsSeenAfterFailure(output, first, scope))))
            return null;
        return crossing with { Returned = returned, Returns = returns };
    }

    public static RegionFlow? Of(ExpressionSyntax expression, ImmutableArray<CodeMark> marks, SplitScope scope)
    {
        var info = scope.Semantics.GetTypeInfo(expression, scope.Cancellation);
        var flow = scope.Semantics.AnalyzeDataFlow(expression);
        if (flow is not { Succeeded: true } || info.Type is not { SpecialType: not SpecialType.System_Void } type)
            return null;
        var result = Nullability.Of(type, info.Nullability.FlowState, expression.SpanStart, scope);
        if (!scope.CanCross(result, isResult: true))
            return null;
        return new RegionVariables(expression.Span, marks, flow, scope).Crossing() is { Outputs.Length: 0 } crossing ? crossing with { Returned = result } : null;
    }

    private static bool IsEndOfHandler(StatementSyntax last, SplitScope scope) => last.Parent == scope.Body && last.Parent is BlockSyntax block && block.Statements.Last() == last;

    /// <summary>True for a variable that a <c>catch</c> or <c>finally</c> around the region reads: it would miss what the region had set before it failed.</summary>
    private static bool IsSeenAfterFailure(ISymbol output, SyntaxNode region, SplitScope scope) =>
        region.Ancestors().TakeWhile(node => node != scope.Handler).OfType<TryStatementSyntax>()
            .Any(attempt => attempt.Catches.Concat<SyntaxNode>(attempt.Finally is { } end ? [end] : [])
                .SelectMany(static part => part.DescendantNodes().OfType<IdentifierNameSyntax>())
                .Any(name => name.Identifier.ValueText == output.Name));
}
