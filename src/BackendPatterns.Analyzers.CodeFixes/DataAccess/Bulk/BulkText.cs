using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Writes the bulk form of a method, or of the interface method that it implements, as a member that goes below it.</summary>
public sealed class BulkText
{
    private const int LineLength = 140;

    private readonly BulkMember _member;
    private readonly BulkMethod _method;
    private readonly string _name;
    private readonly IParameterSymbol _key;
    private readonly string _indent;
    private readonly string _step;
    private readonly string _newLine;

    /// <param name="member">What the new member goes below: the method or the interface method.</param>
    /// <param name="method">The method whose query is asked for many keys.</param>
    /// <param name="name">The name of the new member.</param>
    public BulkText(BulkMember member, BulkMethod method, string name)
    {
        _member = member;
        _method = method;
        _name = name;
        _key = member.Method.Parameters[method.Key.Ordinal];
        _indent = IndentOf(member.Declaration);
        var outer = IndentOf((MemberDeclarationSyntax)member.Declaration.Parent!);
        _step = _indent.Length > outer.Length ? _indent.Substring(outer.Length) : "    ";
        _newLine = LineBreaks.In(member.Declaration.SyntaxTree.GetRoot()).ToString();
        KeysName = FreshNames.InMember(member.Declaration).Take(FreshNames.Plural(_key.Name));
    }

    /// <summary>The parameter that takes the keys.</summary>
    public string KeysName { get; }

    private BatchQuery Query => _method.Query;

    private MethodDeclarationSyntax Declaration => _member.Declaration;

    /// <summary>Returns the member, with its documentation where the single-row method has one, and without anything around it.</summary>
    public MethodDeclarationSyntax Write()
    {
        var documentation = !Declaration.GetLeadingTrivia().Any(static trivia => trivia.HasStructure && trivia.GetStructure() is DocumentationCommentTriviaSyntax) ? ""
            : $"{_indent}/// <summary>As <c>{Declaration.Identifier.ValueText}</c>, for many keys with one query.</summary>{_newLine}";
        return (MethodDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"{documentation}{_indent}{Signature()}{Body()}")!;
    }

    private string Signature()
    {
        var modifiers = Declaration.Modifiers.Where(static modifier => !modifier.IsKind(SyntaxKind.AsyncKeyword)).Select(static modifier => modifier.Text);
        if (HasBody && IsAwaited)
            modifiers = modifiers.Append("async");
        return string.Join(" ", modifiers.Append(ReturnType())) + " " + Declaration.ExplicitInterfaceSpecifier + _name + Parameters();
    }

    private string ReturnType()
    {
        var rows = Query.Result switch
        {
            BatchResult.Any => $"HashSet<{KeyType}>",
            BatchResult.Count or BatchResult.LongCount or BatchResult.RowOrNull or BatchResult.RowOrThrow => $"Dictionary<{KeyType}, {Display(ValueType())}>",
            _ => $"ILookup<{KeyType}, {Display(ValueType())}>",
        };
        return Query.IsAsync ? $"Task<{rows}>" : rows;
    }

    private ITypeSymbol ValueType()
    {
        var returned = _member.Method.ReturnType.UnwrapTask();
        if (!Query.IsSingleRow)
            return Query.IsCounted ? returned : returned.ElementTypeOfSequence()!;
        // A row that is not there has no entry.
        return Query.Projection?.Symbol.ReturnType.NullableAnnotation is not NullableAnnotation.Annotated && returned.IsReferenceType
            ? returned.WithNullableAnnotation(NullableAnnotation.NotAnnotated)
            : returned;
    }

    private string KeyType => Display(_key.Type.WithoutNullable());

    private string Parameters()
    {
        var list = Declaration.ParameterList;
        var key = list.Parameters[_key.Ordinal];
        var text = list.ToString();
        var start = key.SpanStart - list.SpanStart;
        return text.Substring(0, start) + $"IReadOnlyCollection<{KeyType}> {KeysName}" + text.Substring(start + key.Span.Length);
    }

    private bool HasBody => Declaration.Body is not null || Declaration.ExpressionBody is not null;

    /// <summary>A task of a dictionary can be handed on; a lookup or set is made of the rows when they are there.</summary>
    private bool IsAwaited => Query.IsAsync && (!IsDictionary || Value is AwaitExpressionSyntax);

    private bool IsDictionary => Query.IsSingleRow || Query.Result is BatchResult.Count or BatchResult.LongCount;

    private ExpressionSyntax Value => SingleQueryBody.Of(Declaration)!;

    private string Body()
    {
        if (!HasBody)
            return ";";
        var separator = Separator();
        if (Declaration.ExpressionBody is null)
        {
            var inner = _indent + _step;
            var returned = $"{inner}return {RowsValue(separator)};";
            if (IsTooLong(returned))
                returned = $"{inner}return {RowsValue($"{_newLine}{inner}{_step}.")};";
            return $"{_newLine}{_indent}{{{_newLine}{returned}{_newLine}{_indent}}}";
        }

        var oneLine = $" => {RowsValue(separator)};";
        if (!ArrowEndsLine() && !IsTooLong(_indent + Signature() + oneLine))
            return oneLine;
        var value = RowsValue(separator);
        if (IsTooLong(_indent + _step + value))
            value = RowsValue($"{_newLine}{_indent}{_step}{_step}.");
        return $" =>{_newLine}{_indent}{_step}{value};";
    }

    private static bool IsTooLong(string text) => text.IndexOf('\n') < 0 && text.Length > LineLength;

    private bool ArrowEndsLine() => Declaration.ExpressionBody!.ArrowToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);

    /// <summary>What stands before the executing operator: a dot, or a line break and a dot.</summary>
    private string Separator()
    {
        var access = (MemberAccessExpressionSyntax)((InvocationExpressionSyntax)Query.Call.Syntax).Expression;
        var text = access.OperatorToken.ToFullString();
        var before = string.Concat(access.Expression.GetTrailingTrivia().Select(static trivia => trivia.ToFullString()));
        return (before + text).Trim() == "." ? before + text : ".";
    }

    /// <summary>The query, with the operators that the fix adds written behind <paramref name="dot"/>.</summary>
    private string RowsValue(string dot)
    {
        var row = RowParameter();
        var source = Filtered(row, dot);
        var member = Query.RowKey.Name + (Query.RowKey.Type.IsNullableValue() ? NotNull() : "");
        var key = $"{row} => {row}.{member}";
        switch (Query.Result)
        {
            case BatchResult.Any:
                return InMemory(source + $"{dot}Select({key})" + (Query.IsUnique ? "" : $"{dot}Distinct()"), dot, "ToHashSet()");
            case BatchResult.Count or BatchResult.LongCount:
                var group = FreshNames.ForLambda(Declaration).Take("rows", "rowsOfKey");
                source += $"{dot}GroupBy({key}){dot}Select({group} => new {{ {group}.Key, Count = {group}.{Query.Result}() }})";
                return Dictionary(source, dot, $"{group} => {group}.Key, {group} => {group}.Count");
        }

        if (Query.Projection is { Syntax: LambdaExpressionSyntax { ExpressionBody: { } value } } projection)
        {
            var projected = projection.Symbol.Parameters[0].Name;
            source += $"{dot}Select({projected} => new {{ Key = {projected}.{member}, Value = {value} }})";
            key = $"{projected} => {projected}.Key, {projected} => {projected}.Value";
        }

        return Query.IsSingleRow ? Dictionary(source, dot, key) : InMemory(source, dot, $"ToLookup({key})");
    }

    private string Token => Query.CancellationToken is { } given ? given.ToString() : "";

    private string Configured =>
        Value is AwaitExpressionSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" }, ArgumentList: var arguments } }
            ? ".ConfigureAwait" + arguments
            : "";

    private string Dictionary(string source, string dot, string selectors) => Query.IsAsync
        ? $"{(IsAwaited ? "await " : "")}{source}{dot}ToDictionaryAsync({selectors}{(Token.Length > 0 ? ", " : "")}{Token}){Configured}"
        : $"{source}{dot}ToDictionary({selectors})";

    private string InMemory(string source, string dot, string conversion) => Query.IsAsync
        ? $"(await {source}{dot}ToListAsync({Token}){Configured}){dot}{conversion}"
        : $"{source}{dot}{conversion}";

    private string Filtered(string row, string dot)
    {
        var source = Contained(Query.Source);
        if (Query.IsFind)
        {
            var conditions = Query.FixedKeys.Select(key => $"{row}.{key.Column.Name} == {key.Value}").Prepend($"{KeysName}.Contains({row}.{Query.RowKey.Name})");
            return source + $"{dot}Where({row} => {string.Join(" && ", conditions)})";
        }

        return Query.Predicate is { } predicate ? source + $"{dot}Where({Contained(predicate)})" : source;
    }

    private string Contained(ExpressionSyntax node)
    {
        if (Query.Equality is not { } equality || !node.DescendantNodes().Contains(equality))
            return node.ToString();
        var member = (equality.Left.Span.Contains(Query.ItemKey.Syntax.Span) ? equality.Right : equality.Left).WithoutTrivia();
        var test = Query.RowKey.Type.IsNullableValue() ? $"{member}.HasValue && {KeysName}.Contains({member}.Value)" : $"{KeysName}.Contains({member})";
        return node.ReplaceNode(equality, SyntaxFactory.ParseExpression(test).WithTriviaFrom(equality)).ToString();
    }

    /// <summary>The rows found have a key, which the compiler cannot know.</summary>
    private string NotNull() =>
        _member.Semantics.GetNullableContext(Declaration.SpanStart).AnnotationsEnabled() ? "!.Value" : ".Value";

    private string RowParameter() =>
        Query.Equality?.FirstAncestorOrSelf<LambdaExpressionSyntax>() is SimpleLambdaExpressionSyntax { Parameter.Identifier.ValueText: var name }
            ? name
            : FreshNames.ForLambda(Declaration).Take(Query.Row.Name.Substring(0, 1).ToLowerInvariant());

    private string Display(ITypeSymbol type) => type.ToMinimalDisplayString(_member.Semantics, Declaration.SpanStart);

    private static string IndentOf(MemberDeclarationSyntax declaration)
    {
        var last = declaration.GetLeadingTrivia().LastOrDefault();
        return last.IsKind(SyntaxKind.WhitespaceTrivia) ? last.ToString() : "";
    }
}
