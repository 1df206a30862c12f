using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>A <c>foreach</c> that looks something up per element, by a key whose values can be collected before the loop runs.</summary>
/// <param name="Loop">The loop.</param>
/// <param name="Syntax">The loop's statement, which stands in a block.</param>
/// <param name="Element">The loop variable.</param>
/// <param name="Key">The key as an expression over the loop variable.</param>
/// <param name="Replaced">The expression that becomes a lookup: the call, or the <c>await</c> of it.</param>
public sealed record KeyedLoop(IForEachLoopOperation Loop, ForEachStatementSyntax Syntax, ILocalSymbol Element, IOperation Key, ExpressionSyntax Replaced)
{
    /// <summary>Returns the loop around a call, or null where the keys cannot be collected before it without changing anything.</summary>
    public static KeyedLoop? Around(IInvocationOperation call, IOperation key, BackendModel model, CancellationToken cancellationToken)
    {
        if (Of(call) is not ({ } loop, { } syntax, { } element) || ReplacedBy(call) is not { } replaced || HasYieldOrTry(call, loop) || !IsList(loop.Collection.Unwrap().Type))
            return null;
        var expression = key.Unwrap();
        var stable = new StableExpressions(loop, element, model, cancellationToken);
        if (expression is ILocalReferenceOperation { Local: var local } reference && !SymbolEqualityComparer.Default.Equals(local, element) && IsDeclaredIn(local, loop))
        {
            if (LocalValues.Around(reference).OnlyValueOf(local) is not { } value || !SymbolEqualityComparer.Default.Equals(value.Type, local.Type))
                return null;
            expression = value.Unwrap();
        }

        return expression.Syntax is ExpressionSyntax && stable.Contain(expression) ? new KeyedLoop(loop, syntax, element, expression, replaced) : null;
    }

    /// <summary>Returns the <c>foreach</c> statement that a call stands in directly, with its one variable.</summary>
    public static (IForEachLoopOperation? Loop, ForEachStatementSyntax? Syntax, ILocalSymbol? Element) Of(IInvocationOperation call) =>
        Loops.Enclosing(call) is [{ Operation: IForEachLoopOperation { IsAsynchronous: false, Locals: [var element], Syntax: ForEachStatementSyntax { Parent: BlockSyntax } syntax } loop }, ..]
        && !call.IsWithin(loop.Collection) && call.EnclosingFunction() == loop.EnclosingFunction()
        && loop.Collection.Unwrap().Type.ElementTypeOfSequence() is { } item && SymbolEqualityComparer.Default.Equals(item, element.Type)
            ? (loop, syntax, element)
            : default;

    /// <summary>True for a type whose elements are all there: arrays, lists, dictionaries.</summary>
    public static bool IsList(ITypeSymbol? type) =>
        type is IArrayTypeSymbol || (type is not null && type.AllInterfaces.Append(type as INamedTypeSymbol).Any(contract => contract is
        {
            Name: "ICollection" or "IReadOnlyCollection", Arity: 1, ContainingNamespace.Name: "Generic",
        }));

    /// <summary>True where an exception of the call is handled per item; before the loop nobody would handle it.</summary>
    public static bool IsGuardedByTry(IOperation call, IOperation loop)
    {
        for (var current = call.Parent; current is not null && current != loop; current = current.Parent)
        {
            if (current is ITryOperation)
                return true;
        }

        return false;
    }

    /// <summary>True where the receiver and every argument but the keyed one have one value throughout the loop.</summary>
    public bool IsInvariant(IOperation operation, BackendModel model, CancellationToken cancellationToken) =>
        new StableExpressions(Loop, Element, model, cancellationToken).Contain(operation)
        && !operation.DescendantsAndSelf().Any(part => part is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(local, Element));

    /// <summary>
    /// Returns the file with the statements before the loop and the lookup in it. The statements name the collection by the text that they are given.
    /// </summary>
    public SyntaxNode Rewrite(SyntaxNode root, FreshNames names, Func<string, IEnumerable<string>> statements, string lookup)
    {
        var sequence = Syntax.Expression;
        var isNamed = sequence is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or IdentifierNameSyntax };
        var collection = isNamed ? sequence.ToString() : names.Take(FreshNames.Plural(Element.Name), Element.Name + "List");
        var before = statements(collection).ToList();
        if (!isNamed)
            before.Insert(0, $"var {collection} = {sequence};");
        var loop = Syntax.ReplaceNode(Replaced, SyntaxFactory.ParseExpression(lookup).WithTriviaFrom(Replaced));
        if (!isNamed)
            loop = loop.WithExpression(SyntaxFactory.IdentifierName(collection).WithTriviaFrom(loop.Expression));
        return root.ReplaceNode(Syntax, WithStatementsBefore(loop, before, LineBreaks.In(root).ToString()));
    }

    /// <summary>The blank lines above the loop go above the new statements; its comments stay with it.</summary>
    private static IEnumerable<SyntaxNode> WithStatementsBefore(ForEachStatementSyntax loop, List<string> statements, string newLine)
    {
        var leading = loop.GetLeadingTrivia();
        var blankLines = leading.TakeWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).ToList();
        var indent = leading.LastOrDefault() is var last && last.IsKind(SyntaxKind.WhitespaceTrivia) ? last : SyntaxFactory.Whitespace("");
        for (var i = 0; i < statements.Count; i++)
        {
            yield return SyntaxFactory.ParseStatement(statements[i])
                .WithLeadingTrivia(i == 0 ? SyntaxFactory.TriviaList(blankLines).Add(indent) : SyntaxFactory.TriviaList(indent))
                .WithTrailingTrivia(SyntaxFactory.EndOfLine(newLine));
        }

        yield return loop.WithLeadingTrivia(leading.Skip(blankLines.Count));
    }

    private static ExpressionSyntax? ReplacedBy(IInvocationOperation call)
    {
        if (call.Type is not INamedTypeSymbol { Name: "Task" or "ValueTask" })
            return call.Syntax as ExpressionSyntax;
        IOperation awaited = call;
        if (awaited.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured)
            awaited = configured;
        return awaited.Parent is IAwaitOperation { Syntax: AwaitExpressionSyntax syntax } ? syntax : null;
    }

    /// <summary>An iterator runs its loop as far as it is asked to; an exception inside <c>try</c> is handled per element.</summary>
    private static bool HasYieldOrTry(IOperation call, IForEachLoopOperation loop) =>
        loop.DescendantsAndSelf().Any(operation => operation.Kind is OperationKind.YieldReturn or OperationKind.YieldBreak) || IsGuardedByTry(call, loop);

    private static bool IsDeclaredIn(ILocalSymbol local, IForEachLoopOperation loop) =>
        local.DeclaringSyntaxReferences is [var declaration] && loop.Body.Syntax.Span.Contains(declaration.Span);
}
