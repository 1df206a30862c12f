using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Caching;

/// <summary>A loop that does nothing but write or delete per element becomes one call.</summary>
public static class ArrayWrite
{
    private const int LineLength = 140;

    /// <summary>Returns the changed file, or null where the effect is not provably the same.</summary>
    public static SyntaxNode? Rewrite(SyntaxNode root, IInvocationOperation call, ArrayCommand command, SemanticModel semantics, BackendModel model, CancellationToken cancellationToken)
    {
        if (KeyedLoop.Of(call) is not ({ } loop, { } syntax, { } element) || !KeyedLoop.IsList(loop.Collection.Unwrap().Type) || StatementOf(call) is not { } statement
            || ValuesIn(command, statement, loop) is not { } values || HasComments(syntax))
        {
            return null;
        }

        var stable = new StableExpressions(loop, element, model, cancellationToken);
        if (!values.All(value => stable.Contain(value) && !command.MayBeNull(value, semantics)) || !IsInvariant(call.Instance!) || (command.Fixed is { } key && !IsInvariant(key)))
            return null;
        root = root.ReplaceNode(syntax, Sent(call, command, values, syntax, element, statement).WithTriviaFrom(syntax));
        return UsingDirectives.AddMissing(root, semantics, syntax.SpanStart, ("System.Linq", "Enumerable"));

        bool IsInvariant(IOperation operation) =>
            stable.Contain(operation) && !operation.DescendantsAndSelf().Any(part => part is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(local, element));
    }

    private static StatementSyntax Sent(
        IInvocationOperation call, ArrayCommand command, IReadOnlyList<IOperation> values, ForEachStatementSyntax loop, ILocalSymbol element, IExpressionStatementOperation statement)
    {
        var item = command.ElementText(values);
        var sequence = loop.Expression is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax
            ? loop.Expression.ToString()
            : $"({loop.Expression})";
        var array = item != element.Name ? $"{sequence}.Select({element.Name} => {item}).ToArray()" : loop.Expression is IdentifierNameSyntax && IsArray(statement, loop) ? sequence : $"{sequence}.ToArray()";
        var key = command.Fixed is { } first ? first.Unwrap().Syntax + ", " : "";
        var sent = statement.Syntax.ToString().Replace(call.Syntax.ToString(), $"{call.Instance!.Syntax}.{call.TargetMethod.Name}({key}{array})");
        var indent = loop.GetLeadingTrivia().LastOrDefault().ToFullString();
        if (indent.Length + sent.Length > LineLength)
            sent = sent.Replace($"({key}{array})", $"({LineBreaks.In(loop.SyntaxTree.GetRoot())}{indent}    {key}{array})");
        return SyntaxFactory.ParseStatement(sent);
    }

    private static bool IsArray(IOperation statement, ForEachStatementSyntax loop) =>
        statement.SemanticModel?.GetTypeInfo(loop.Expression).Type is IArrayTypeSymbol;

    /// <summary>The statement that only makes the call, and uses no answer.</summary>
    private static IExpressionStatementOperation? StatementOf(IInvocationOperation call)
    {
        var value = call.WalkUpValue();
        if (call.Type.IsTask() && value == call)
            return null;
        return value.Parent as IExpressionStatementOperation;
    }

    /// <summary>The values per element, where the loop has nothing but the statement and the declarations of locals that it uses once.</summary>
    private static IReadOnlyList<IOperation>? ValuesIn(ArrayCommand command, IExpressionStatementOperation statement, IForEachLoopOperation loop)
    {
        var statements = loop.Body is IBlockOperation block ? block.Operations.ToList() : [loop.Body];
        if (statements.Count == 0 || statements[statements.Count - 1] != statement)
            return null;
        var locals = new Dictionary<ISymbol, IOperation>(SymbolEqualityComparer.Default);
        foreach (var declaration in statements.Take(statements.Count - 1))
        {
            if (declaration is not IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [{ Symbol: var local } declarator] }] }
                || declarator.GetVariableInitializer()?.Value is not { } value || !SymbolEqualityComparer.Default.Equals(value.Type, local.Type)
                || LocalValues.Around(statement).ReferencesTo(local).Count != 1)
            {
                return null;
            }

            locals.Add(local, value);
        }

        var values = command.Varying.Select(value => value is ILocalReferenceOperation { Local: var local } && locals.TryGetValue(local, out var written) ? written : value).ToList();
        return values.All(value => !value.DescendantsAndSelf().Any(part => part is ILocalReferenceOperation { Local: var local } && locals.ContainsKey(local))) ? values : null;
    }

    private static bool HasComments(ForEachStatementSyntax loop) =>
        loop.DescendantTrivia(descendIntoTrivia: false).Any(trivia =>
            (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) || trivia.IsDirective) && loop.Span.Contains(trivia.Span));
}
