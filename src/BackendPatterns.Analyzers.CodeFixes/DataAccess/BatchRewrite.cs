using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Writes a plan into the document: keys and one query before the loop, a lookup in it.</summary>
public sealed class BatchRewrite
{
    private const int LineLength = 140;

    private readonly BatchPlan _plan;
    private readonly SemanticModel _semantics;
    private readonly FreshNames _names;
    private readonly string _indent;
    private readonly string _newLine;
    private readonly List<string> _statements = [];

    private BatchRewrite(BatchPlan plan, SemanticModel semantics)
    {
        _plan = plan;
        _semantics = semantics;
        _names = FreshNames.InMember(plan.Loop.Syntax);
        _indent = IndentOf(plan.Loop.Syntax);
        _newLine = LineBreaks.In(plan.Loop.Syntax.SyntaxTree.GetRoot()).ToString();
    }

    private BatchQuery Query => _plan.Query;

    private BatchLoop Loop => _plan.Loop;

    /// <summary>Returns the document with the plan carried out.</summary>
    public static async Task<Document> ApplyAsync(Document document, BatchPlan plan, SemanticModel semantics, CancellationToken cancellationToken)
    {
        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var changed = new BatchRewrite(plan, semantics).Rewrite(root);
        changed = UsingDirectives.AddMissing(
            changed, semantics, plan.Loop.Syntax.SpanStart, ("System.Linq", "Enumerable"), ("System.Collections.Generic", "CollectionExtensions"));
        // A loop over calls of another method need not know who loads the rows.
        if (plan.Bulk is null || plan.Loop.Use is SequenceUse.Loaded)
            changed = UsingDirectives.AddMissing(changed, semantics, plan.Loop.Syntax.SpanStart, ("Microsoft.EntityFrameworkCore", "EntityFrameworkQueryableExtensions"));
        return document.WithSyntaxRoot(changed);
    }

    private SyntaxNode Rewrite(SyntaxNode root)
    {
        var collection = NameSequence();
        var keys = CollectKeys(collection);
        var rows = LoadRows(keys);
        var lookup = SyntaxFactory.ParseExpression(Lookup(rows));
        var replaced = lookup is InvocationExpressionSyntax && _plan.Replaced.Parent is ParenthesizedExpressionSyntax parenthesized ? parenthesized : _plan.Replaced;
        var loop = Loop.Syntax.ReplaceNode(replaced, Parenthesized(lookup).WithTriviaFrom(replaced));
        if (Loop.Use is not SequenceUse.AsIs)
            loop = loop.WithExpression(SyntaxFactory.IdentifierName(collection).WithTriviaFrom(loop.Expression));
        return root.ReplaceNode(Loop.Syntax, WithStatementsBefore(loop));
    }

    private string NameSequence()
    {
        var sequence = Loop.Syntax.Expression;
        if (Loop.Use is SequenceUse.AsIs)
            return sequence.ToString();
        var name = _names.Take(FreshNames.Plural(Loop.Variable.Name), Loop.Variable.Name + "List");
        var text = sequence.ToString();
        var receiver = sequence is InvocationExpressionSyntax or MemberAccessExpressionSyntax or IdentifierNameSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax ? text : $"({text})";
        _statements.Add(Loop.Use switch
        {
            SequenceUse.Named => $"var {name} = {text};",
            SequenceUse.Loaded when Query.IsAsync => $"var {name} = await {receiver}.ToListAsync({Query.CancellationToken}){Configured};",
            _ => $"var {name} = {receiver}.ToList();",
        });
        return name;
    }

    private string CollectKeys(string collection)
    {
        var item = Loop.Variable.Name;
        var isItem = Loop.ItemKey is ILocalReferenceOperation;
        var select = isItem ? collection : $"{collection}.Select({item} => {Loop.ItemKey.Syntax})";
        if (Loop.ItemKey.Type!.IsNullableValue())
            select += $".OfType<{Display(Query.RowKey.Type.WithoutNullable())}>()";
        var value = select + ".Distinct().ToList()";
        if (DeclaredBefore(value) is { } declared)
            return declared;
        var singular = isItem ? item : Loop.ItemKey is IPropertyReferenceOperation { Property.Name: var property } ? property is "Id" ? item + "Id" : FreshNames.Camel(property) : item + "Key";
        var plural = FreshNames.Plural(singular);
        var name = _names.Take(plural, "distinct" + FreshNames.Pascal(plural));
        _statements.Add($"var {name} = {value};");
        return name;
    }

    /// <summary>The keys may have been collected for another query of the same loop.</summary>
    private string? DeclaredBefore(string value)
    {
        if (Loop.Syntax.Parent is not BlockSyntax block)
            return null;
        for (var i = block.Statements.IndexOf(Loop.Syntax) - 1; i >= 0; i--)
        {
            if (block.Statements[i] is not LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: { } initializer } variable] })
                return null;
            if (initializer.ToString() == value)
                return variable.Identifier.ValueText;
        }

        return null;
    }

    private string LoadRows(string keys)
    {
        var name = _names.Take($"{SetName()}By{KeyName()}");
        var oneLine = $"var {name} = {RowsValue(keys, ".", ".")};";
        var isShort = oneLine.IndexOf('\n') < 0 && _indent.Length + oneLine.Length <= LineLength;
        var isWrapped = !Query.IsSingleRow && Query.IsAsync;
        var outer = $"{_newLine}{_indent}    .";
        _statements.Add(isShort ? oneLine : $"var {name} = {RowsValue(keys, isWrapped ? $"{_newLine}{_indent}        ." : outer, outer)};");
        return name;
    }

    private string RowsValue(string keys, string dot, string outerDot)
    {
        if (_plan.Bulk is { } bulk)
            return bulk.RowsValue(keys, Configured);
        var parameter = RowParameter();
        var source = Chain((ExpressionSyntax)Contained(Query.Source, keys), dot);
        if (Query.IsFind)
            source += $"{dot}Where({parameter} => {keys}.Contains({parameter}.{Query.RowKey.Name}))";
        else if (Query.Predicate is { } predicate)
            source += $"{dot}Where({Unindented(Contained(predicate, keys))})";
        var token = Query.CancellationToken is { } given ? ", " + given : "";
        var cast = Query.ItemKey.Type!.IsNullableValue() && !Query.IsSingleRow ? $"({Display(Query.ItemKey.Type!)})" : "";
        var key = $"{parameter} => {cast}{parameter}.{Query.RowKey.Name}";
        if (Query.Projection is { Syntax: LambdaExpressionSyntax { ExpressionBody: { } value } } projection)
        {
            var row = projection.Symbol.Parameters[0].Name;
            source += $"{dot}Select({row} => new {{ Key = {row}.{Query.RowKey.Name}, Value = {Unindented(value)} }})";
            key = $"{row} => {cast}{row}.Key, {row} => {row}.Value";
        }

        return (Query.IsSingleRow, Query.IsAsync) switch
        {
            (true, true) => $"await {source}{dot}ToDictionaryAsync({key}{token}){Configured}",
            (true, false) => $"{source}{dot}ToDictionary({key})",
            (false, true) => $"(await {source}{dot}ToListAsync({Query.CancellationToken}){Configured}){outerDot}ToLookup({key})",
            (false, false) => $"{source}{dot}ToLookup({key})",
        };
    }

    private string Configured =>
        Query.Call.Syntax.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax configured } ? ".ConfigureAwait" + configured.ArgumentList : "";

    /// <summary>
    /// The text of a fluent query with every operator on a line of its own; as it is where it carries comments, or where <paramref
    /// name="dot"/> breaks no line.
    /// </summary>
    private string Chain(ExpressionSyntax query, string dot)
    {
        if (dot == "." || query.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)))
            return Unindented(query);
        var operators = new Stack<string>();
        while (query is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: { } receiver } member } call && !IsSetCall(member))
        {
            operators.Push(dot + Unindented(member.Name) + Unindented(call.ArgumentList));
            query = receiver;
        }

        return query.WithoutTrivia() + string.Concat(operators);
    }

    private static bool IsSetCall(MemberAccessExpressionSyntax member) => member.Name.Identifier.ValueText is "Set";

    private SyntaxNode Contained(SyntaxNode node, string keys)
    {
        if (Query.Equality is not { } equality || !node.DescendantNodes().Contains(equality))
            return node;
        var member = (IsRowSide(equality.Left) ? equality.Left : equality.Right).WithoutTrivia();
        var test = Query.RowKey.Type.IsNullableValue() ? $"{member}.HasValue && {keys}.Contains({member}.Value)" : $"{keys}.Contains({member})";
        return node.ReplaceNode(equality, SyntaxFactory.ParseExpression(test).WithTriviaFrom(equality));
    }

    private bool IsRowSide(ExpressionSyntax side) =>
        side.Span != Query.ItemKey.Syntax.Span && !side.Span.Contains(Query.ItemKey.Syntax.Span);

    private string RowParameter() =>
        Query.Equality?.FirstAncestorOrSelf<LambdaExpressionSyntax>() is SimpleLambdaExpressionSyntax { Parameter.Identifier.ValueText: var name } ? name : Query.Row.Name.Substring(0, 1).ToLowerInvariant();

    private string SetName()
    {
        var source = Query.Source;
        while (source is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: { } receiver, Name: IdentifierNameSyntax } })
            source = receiver;
        var set = source is MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: var member } } && char.IsUpper(member[0]) ? member : FreshNames.Plural(Query.Row.Name);
        return FreshNames.Camel(set);
    }

    private string KeyName() => Query.RowKey.Name == Query.Row.Name + "Id" ? "Id" : Query.RowKey.Name;

    private string Lookup(string rows)
    {
        var key = Query.ItemKey.Syntax.ToString();
        if (!Query.IsSingleRow)
            return $"{rows}[{key}].{(Query.Result is BatchResult.Array ? "ToArray" : "ToList")}()";
        var found = $"{rows}.GetValueOrDefault({key})";
        if (Query.ItemKey.Type!.IsNullableValue())
        {
            var value = _names.Take(Query.ItemKey is IPropertyReferenceOperation { Property.Name: var property } ? FreshNames.Camel(property) : Loop.Variable.Name + "Key", Loop.Variable.Name + "Key");
            found = $"{key} is {{ }} {value} ? {rows}.GetValueOrDefault({value}) : null";
            if (Query.Result is BatchResult.RowOrThrow)
                found = $"({found})";
        }

        return Query.Result is BatchResult.RowOrThrow ? $"{found} ?? throw new {ExceptionName()}(\"Sequence contains no elements.\")" : found;
    }

    private string ExceptionName() =>
        _semantics.Compilation.GetTypeByMetadataName("System.InvalidOperationException") is { } type ? Display(type) : "System.InvalidOperationException";

    private string Display(ITypeSymbol type) => type.ToMinimalDisplayString(_semantics, Loop.Syntax.SpanStart);

    private ExpressionSyntax Parenthesized(ExpressionSyntax lookup) =>
        lookup is InvocationExpressionSyntax
        || _plan.Replaced.Parent is EqualsValueClauseSyntax or ParenthesizedExpressionSyntax or ArgumentSyntax or ReturnStatementSyntax or AssignmentExpressionSyntax
            ? lookup
            : SyntaxFactory.ParenthesizedExpression(lookup);

    /// <summary>The blank lines above the loop go above the new statements; its comments stay with it.</summary>
    private IEnumerable<SyntaxNode> WithStatementsBefore(ForEachStatementSyntax loop)
    {
        var leading = loop.GetLeadingTrivia();
        var own = leading.TakeWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia) || (trivia.IsKind(SyntaxKind.WhitespaceTrivia) && trivia != leading.Last())).ToList();
        var above = own.LastOrDefault().IsKind(SyntaxKind.WhitespaceTrivia) ? own.Take(own.Count - 1).ToList() : own;
        var indent = SyntaxFactory.Whitespace(_indent);
        for (var i = 0; i < _statements.Count; i++)
        {
            var statement = SyntaxFactory.ParseStatement(_statements[i]);
            yield return statement
                .WithLeadingTrivia(i == 0 ? SyntaxFactory.TriviaList(above).Add(indent) : SyntaxFactory.TriviaList(indent))
                .WithTrailingTrivia(SyntaxFactory.EndOfLine(_newLine));
        }

        yield return loop.WithLeadingTrivia(leading.Skip(_statements.Count == 0 ? 0 : above.Count));
    }

    /// <summary>The text of a node that moves out of the loop, its further lines moved to the left by as much.</summary>
    private string Unindented(SyntaxNode node)
    {
        var lines = node.ToString().Split('\n');
        var deeper = _plan.Replaced.FirstAncestorOrSelf<StatementSyntax>() is { } statement ? IndentOf(statement).Length - _indent.Length : 0;
        for (var i = 1; i < lines.Length; i++)
        {
            var blanks = lines[i].Length - lines[i].TrimStart(' ', '\t').Length;
            lines[i] = lines[i].Substring(Math.Max(0, Math.Min(deeper, blanks)));
        }

        return string.Join("\n", lines);
    }

    private static string IndentOf(StatementSyntax statement)
    {
        var last = statement.GetLeadingTrivia().LastOrDefault();
        return last.IsKind(SyntaxKind.WhitespaceTrivia) ? last.ToString() : "";
    }
}
