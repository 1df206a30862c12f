using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>What repeats.</summary>
public enum RepetitionKind
{
    ForEach,
    AwaitForEach,
    For,
    While,
    DoWhile,

    /// <summary>A lambda or method group that a known operator calls once per item.</summary>
    PerItemCall,
}

/// <summary>One repetition around an operation.</summary>
/// <param name="Kind">Statement or operator.</param>
/// <param name="Operation">The loop, or the call of the operator.</param>
/// <param name="ElementSymbols">The variables that hold the element, or the counter; empty for <c>while</c>, <c>do</c> and method groups.</param>
/// <param name="Sequence">What is iterated; null where the repetition is not driven by a sequence that the code shows.</param>
/// <param name="Body">What runs per item.</param>
public sealed record Repetition(RepetitionKind Kind, IOperation Operation, ImmutableArray<ISymbol> ElementSymbols, IOperation? Sequence, IOperation Body)
{
    /// <summary>True for <c>while</c>, <c>do</c> and a <c>for</c> without a condition: nothing in the header bounds them by a number of items.</summary>
    public bool IsOpenEnded => Kind is RepetitionKind.While or RepetitionKind.DoWhile || Operation is IForLoopOperation { Condition: null };

    /// <summary>The condition of a loop statement, or null.</summary>
    public IOperation? Condition => Operation switch
    {
        IForLoopOperation loop => loop.Condition,
        IWhileLoopOperation loop => loop.Condition,
        _ => null,
    };

    /// <summary>The place that names the repetition: the loop's keyword, or the operator's name.</summary>
    public Location Header => Operation.Syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } => member.Name.GetLocation(),
        var other => other.LoopKeyword()?.GetLocation() ?? other.GetLocation(),
    };
}
