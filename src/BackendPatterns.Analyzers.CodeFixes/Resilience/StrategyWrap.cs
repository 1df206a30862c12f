using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>Writes a transaction as the delegate of its context's execution strategy.</summary>
internal static class StrategyWrap
{
    /// <summary>
    /// Returns the block with the unit wrapped, or null where it leaves in a way that a delegate cannot follow: jumps, or a <c>return</c> with code behind it.
    /// </summary>
    /// <param name="unit">The statements of the transaction.</param>
    /// <param name="startsClean">True where a second run has to forget what the first one tracked.</param>
    /// <param name="semantics">The model of the file.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static BlockSyntax? Of(TransactionUnit unit, bool startsClean, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (unit.Statements.Any(static statement => statement.ContainsDirectives || statement.DescendantNodes().Any(static node => node is YieldStatementSyntax or LabeledStatementSyntax or GotoStatementSyntax)))
            return null;
        var control = semantics.AnalyzeControlFlow(unit.FirstStatement, unit.LastStatement);
        if (control is not { Succeeded: true } || !control.EntryPoints.IsEmpty || control.ExitPoints.Any(exit => exit is not ReturnStatementSyntax))
            return null;
        var returned = control.ReturnStatements.OfType<ReturnStatementSyntax>().ToList();
        var hasValue = returned.Any(static statement => statement.Expression is not null);
        var isLastOfFunction = unit.Block.Parent == unit.Function && unit.Last == unit.Block.Statements.Count - 1;
        if (hasValue ? control.EndPointIsReachable : returned.Count > 0 && !isLastOfFunction)
            return null;
        var values = ValuesOf(unit, semantics);
        if (values is null || (returned.Count > 0 && values.Count > 0))
            return null;

        var isAsync = Awaits(unit);
        string? type = null;
        if (hasValue && !TryTypeOf(returned, unit, isAsync, semantics, cancellationToken, out type))
            return null;
        var head = hasValue ? "return " : values.Count switch { 0 => "", 1 => $"var {values[0]} = ", _ => $"var ({string.Join(", ", values)}) = " };
        return Written(unit, startsClean, isAsync, head, type, values);
    }

    /// <summary>The variables that are declared inside and used behind; null where the unit writes variables around it.</summary>
    private static List<string>? ValuesOf(TransactionUnit unit, SemanticModel semantics)
    {
        if (semantics.AnalyzeDataFlow(unit.FirstStatement, unit.LastStatement) is not { Succeeded: true } data)
            return null;
        if (data.WrittenInside.Except(data.VariablesDeclared, SymbolEqualityComparer.Default).Any())
            return null;
        // By mention: the flow counts the end of a using declaration as a use behind.
        var behind = unit.Block.Statements.Skip(unit.Last + 1).SelectMany(static statement => statement.DescendantNodes()).OfType<IdentifierNameSyntax>().ToLookup(static name => name.Identifier.ValueText);
        var values = data.VariablesDeclared.Where(variable => behind[variable.Name].Any(name => SymbolEqualityComparer.Default.Equals(semantics.GetSymbolInfo(name).Symbol, variable)))
            .OrderBy(static variable => variable.Locations[0].SourceSpan.Start).ToList();
        return values.Any(static value => value is ILocalSymbol { IsUsing: true } or not ILocalSymbol) ? null : values.ConvertAll(static value => value.Name);
    }

    /// <summary>Returns false where the value of the delegate cannot be told; the type is null where it can be inferred.</summary>
    private static bool TryTypeOf(List<ReturnStatementSyntax> returned, TransactionUnit unit, bool isAsync, SemanticModel semantics, CancellationToken cancellationToken, out string? type)
    {
        type = null;
        if (semantics.GetEnclosingSymbol(unit.FirstStatement.SpanStart, cancellationToken) is not IMethodSymbol function || (function.ReturnType.IsTask() && !function.IsAsync))
            return false;
        var result = function.IsAsync ? function.ReturnType.UnwrapTask() : function.ReturnType;
        if (function.IsAsync && SymbolEqualityComparer.Default.Equals(result, function.ReturnType))
            return false;
        if (!isAsync && function.IsAsync && result.IsTask())
            return false;
        if (returned.Any(statement => statement.Expression is not { } expression || !SymbolEqualityComparer.Default.Equals(semantics.GetTypeInfo(expression, cancellationToken).Type, result)))
            type = result.ToMinimalDisplayString(semantics, unit.FirstStatement.SpanStart);
        return true;
    }

    private static BlockSyntax? Written(TransactionUnit unit, bool startsClean, bool isAsync, string head, string? type, List<string> values)
    {
        var root = unit.Block.SyntaxTree.GetRoot();
        var newLine = LineBreaks.In(root).ToFullString();
        var indent = unit.FirstStatement.IndentOf();
        var deeper = indent + "    ";
        var names = FreshNames.InMember(unit.Block);
        var strategy = names.Take("strategy", "executionStrategy");
        var lines = new List<string> { $"{indent}var {strategy} = {unit.Facade}.CreateExecutionStrategy();" };
        var attempts = startsClean ? names.Take("attempts", "attemptCount") : null;
        if (attempts is not null)
            lines.Add($"{indent}var {attempts} = 0;");
        var (parameter, argument) = !isAsync || unit.Token is null ? ("()", "") : (unit.Token is IdentifierNameSyntax ? unit.Token.ToString() : "_", ", " + unit.Token);
        var call = isAsync ? $"await {strategy}.ExecuteAsync" : $"{strategy}.Execute";
        lines.Add($"{indent}{head}{call}{(type is null ? "" : $"<{type}>")}({(isAsync ? "async " : "")}{parameter} =>");
        lines.Add(indent + "{");
        if (attempts is not null)
        {
            lines.Add($"{deeper}if ({attempts}++ > 0)");
            lines.Add($"{deeper}    {(unit.Context.Length == 0 ? "" : unit.Context + ".")}ChangeTracker.Clear();");
        }

        lines.Add(Body(unit, deeper));
        if (values.Count > 0)
            lines.Add($"{deeper}return {(values.Count == 1 ? values[0] : $"({string.Join(", ", values)})")};");
        lines.Add($"{indent}}}{argument});");
        var text = "{" + newLine + string.Join(newLine, lines) + newLine + "}";
        if (SyntaxFactory.ParseStatement(text, options: root.SyntaxTree.Options) is not BlockSyntax { ContainsDiagnostics: false } parsed)
            return null;
        var added = parsed.Statements.Replace(parsed.Statements[0], parsed.Statements[0].WithLeadingTrivia(unit.FirstStatement.GetLeadingTrivia()));
        added = added.Replace(added.Last(), added.Last().WithTrailingTrivia(unit.LastStatement.GetTrailingTrivia()));
        var statements = unit.Block.Statements.Take(unit.First).Concat(added).Concat(unit.Block.Statements.Skip(unit.Last + 1));
        return unit.Block.WithStatements(SyntaxFactory.List(statements));
    }

    /// <summary>The text of the unit one level deeper; lines that begin inside a string stay as they are.</summary>
    private static string Body(TransactionUnit unit, string deeper)
    {
        var text = unit.Block.SyntaxTree.GetText();
        var span = TextSpan.FromBounds(unit.FirstStatement.SpanStart, unit.LastStatement.Span.End);
        var first = text.Lines.GetLineFromPosition(span.Start).LineNumber;
        var last = text.Lines.GetLineFromPosition(span.End).LineNumber;
        var lines = new List<string>();
        for (var i = first; i <= last; i++)
        {
            var line = text.Lines[i];
            var from = i == first ? span.Start : line.Start;
            var part = text.ToString(TextSpan.FromBounds(from, i == last ? span.End : line.End));
            var isInToken = i > first && unit.Block.FindToken(line.Start) is var token && token.SpanStart < line.Start && token.Span.End > line.Start;
            lines.Add(i == first ? deeper + part : isInToken || part.Trim().Length == 0 ? part : "    " + part);
        }

        return string.Join(LineBreaks.In(unit.Block.SyntaxTree.GetRoot()).ToFullString(), lines);
    }

    private static bool Awaits(TransactionUnit unit) => unit.Statements.Any(static statement =>
        statement.DescendantNodesAndSelf(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(static node =>
            node is AwaitExpressionSyntax || node is UsingStatementSyntax { AwaitKeyword.RawKind: not 0 } or LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 } or CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 }));
}
