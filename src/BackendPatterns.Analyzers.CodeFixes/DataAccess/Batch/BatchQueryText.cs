using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Writes the one query for all keys, and the lookup that takes the place of the query in the loop.</summary>
public sealed class BatchQueryText(BatchPlan plan, SemanticModel semantics, FreshNames names, BatchLayout layout)
{
    private readonly string _group = FreshNames.ForLambda(plan.Loop.Syntax).Take("rows", "rowsOfKey");

    private BatchQuery Query => plan.Query;

    private BatchLoop Loop => plan.Loop;

    private bool IsItemKeyNullable => Query.ItemKey.Type!.IsNullableValue();

    private string Configured => ConfiguredLike(Query);

    /// <summary>Returns <c>.ConfigureAwait(…)</c> as the query in the loop is awaited, or nothing.</summary>
    public static string ConfiguredLike(BatchQuery query) =>
        query.Call.Syntax.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax configured }
            ? ".ConfigureAwait" + configured.ArgumentList
            : "";

    /// <summary>Returns the statement that loads the rows of all keys into a variable.</summary>
    public string Statement(string variable, string keys)
    {
        var oneLine = $"var {variable} = {Value(keys, ".", ".")};";
        if (layout.Fits(oneLine))
            return oneLine;
        var outer = $"{layout.NewLine}{layout.Indent}    .";
        return $"var {variable} = {Value(keys, IsLoadedFirst ? $"{layout.NewLine}{layout.Indent}        ." : outer, outer)};";
    }

    /// <summary>The rows come as a list, from which the lookup is made in memory.</summary>
    private bool IsLoadedFirst => Query.IsAsync && Query.Result is BatchResult.List or BatchResult.Array or BatchResult.Rows or BatchResult.Any;

    /// <summary>Returns the lookup in the loaded rows.</summary>
    public string Lookup(string rows)
    {
        var key = Query.ItemKey.Syntax.ToString();
        switch (Query.Result)
        {
            case BatchResult.Any:
                return $"{rows}.Contains({key})";
            case BatchResult.Rows:
                return $"{rows}[{key}]";
            case BatchResult.List:
                return $"{rows}[{key}].ToList()";
            case BatchResult.Array:
                return $"{rows}[{key}].ToArray()";
        }

        var found = $"{rows}.GetValueOrDefault({key})";
        if (IsItemKeyNullable)
        {
            var item = Loop.Item.Name;
            var value = names.Take(Loop.ItemKey.Syntax is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var property } ? FreshNames.Camel(property) : item + "Key", item + "Key");
            found = $"{key} is {{ }} {value} ? {rows}.GetValueOrDefault({value}) : {(Query.IsCounted ? "0" : "null")}";
            if (Query.Result is BatchResult.RowOrThrow)
                found = $"({found})";
        }

        return Query.Result is BatchResult.RowOrThrow ? $"{found} ?? throw new {ExceptionName()}(\"Sequence contains no elements.\")" : found;
    }

    /// <summary>Returns a name for the rows, by what they are and by their key.</summary>
    public string Name()
    {
        var row = FreshNames.Camel(Query.Row.Name);
        return Query.Result switch
        {
            BatchResult.Any when Query.IsUnique => names.Take($"existing{FreshNames.Pascal(row)}{FreshNames.Plural(KeyName())}"),
            BatchResult.Any => names.Take($"{FreshNames.Plural(FreshNames.Camel(KeyName()))}In{FreshNames.Pascal(SetName())}"),
            BatchResult.Count or BatchResult.LongCount => names.Take($"{row}CountsBy{KeyName()}"),
            _ when Query.GroupOrder is not null => names.Take($"first{FreshNames.Pascal(SetName())}By{KeyName()}"),
            _ => names.Take($"{SetName()}By{KeyName()}"),
        };
    }

    private string Value(string keys, string dot, string outerDot)
    {
        if (plan.Bulk is { } bulk)
            return bulk.RowsValue(keys, Configured);
        var parameter = RowParameter();
        var token = Query.CancellationToken?.ToString();
        var cast = IsItemKeyNullable && !Query.IsSingleRow ? $"({Display(Query.ItemKey.Type!)})" : "";
        var key = $"{parameter} => {cast}{parameter}.{Query.RowKey.Name}";
        var source = Filtered(keys, parameter, dot);
        switch (Query.Result)
        {
            case BatchResult.Any:
                source += $"{dot}Select({key})" + (Query.IsUnique ? "" : $"{dot}Distinct()");
                return InMemory(source, dot, token, outerDot, "ToHashSet()");
            case BatchResult.Count or BatchResult.LongCount:
                source += $"{dot}GroupBy({parameter} => {parameter}.{Query.RowKey.Name}{ValueOfNullable()})";
                source += $"{dot}Select({_group} => new {{ {_group}.Key, Count = {_group}.{Query.Result}() }})";
                return Dictionary(source, dot, $"{_group} => {_group}.Key, {_group} => {_group}.Count", token);
        }

        if (Query.GroupOrder is not null)
            source += $"{dot}GroupBy({key}){dot}Select({_group} => {_group}{Ordering()}.First())";
        if (Query.Projection is { Syntax: LambdaExpressionSyntax { ExpressionBody: { } value } } projection)
        {
            var row = projection.Symbol.Parameters[0].Name;
            source += $"{dot}Select({row} => new {{ Key = {row}.{Query.RowKey.Name}, Value = {layout.Unindented(value)} }})";
            key = $"{row} => {cast}{row}.Key, {row} => {row}.Value";
        }

        return Query.IsSingleRow ? Dictionary(source, dot, key, token) : InMemory(source, dot, token, outerDot, $"ToLookup({key})");
    }

    private string Dictionary(string source, string dot, string selectors, string? token) => Query.IsAsync
        ? $"await {source}{dot}ToDictionaryAsync({selectors}{(token is null ? "" : ", " + token)}){Configured}"
        : $"{source}{dot}ToDictionary({selectors})";

    private string InMemory(string source, string dot, string? token, string outerDot, string conversion) => Query.IsAsync
        ? $"(await {source}{dot}ToListAsync({token}){Configured}){outerDot}{conversion}"
        : $"{source}{dot}{conversion}";

    private string Filtered(string keys, string parameter, string dot)
    {
        var source = layout.Chain(BeforeOrder((ExpressionSyntax)Contained(Query.Source, keys)), dot);
        if (Query.IsFind)
        {
            var fixedKeys = string.Concat(Query.FixedKeys.Select(key => $"{parameter}.{key.Column.Name} == {key.Value} && "));
            return source + $"{dot}Where({parameter} => {fixedKeys}{keys}.Contains({parameter}.{Query.RowKey.Name}))";
        }

        return Query.Predicate is { } predicate ? source + $"{dot}Where({layout.Unindented(Contained(predicate, keys))})" : source;
    }

    /// <summary>The order of a group goes into the group.</summary>
    private ExpressionSyntax BeforeOrder(ExpressionSyntax source)
    {
        for (var left = OrderCalls().Count; left > 0 && source is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } }; left--)
            source = receiver;
        return source;
    }

    private string Ordering() => string.Concat(OrderCalls().Select(call => $".{((MemberAccessExpressionSyntax)call.Expression).Name}{layout.Unindented(call.ArgumentList)}"));

    private List<InvocationExpressionSyntax> OrderCalls() => Query.GroupOrder is { } first
        ? Query.Operators.Skip(Query.Operators.IndexOf(first)).Select(order => (InvocationExpressionSyntax)order.Syntax).ToList()
        : [];

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

    /// <summary>The filter leaves no null, which the compiler does not know.</summary>
    private string ValueOfNullable()
    {
        if (!Query.RowKey.Type.IsNullableValue())
            return "";
        return semantics.GetNullableContext(Loop.Syntax.SpanStart).WarningsEnabled() ? "!.Value" : ".Value";
    }

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

    private string ExceptionName() =>
        semantics.Compilation.GetTypeByMetadataName("System.InvalidOperationException") is { } type ? Display(type) : "System.InvalidOperationException";

    private string Display(ITypeSymbol type) => type.ToMinimalDisplayString(semantics, Loop.Syntax.SpanStart);
}
