using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>Writes the service method of a region.</summary>
internal sealed class RegionMethod
{
    private readonly Region _region;
    private readonly SplitScope _scope;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<(string Name, ITypeSymbol Type, string Argument)> _parameters = [];
    private readonly MovedCode _code;

    public RegionMethod(Region region, SplitScope scope)
    {
        _region = region;
        _scope = scope;
        AddParameters();
        _code = new MovedCode(region, scope, _values);
    }

    /// <summary>The arguments that the handler calls the method with.</summary>
    public IEnumerable<string> Arguments => _parameters.Select(static parameter => parameter.Argument);

    /// <summary>Returns the method with a name, or null where a name in it would mean something else in the service.</summary>
    public ServiceMethod? Write(string name)
    {
        var dependencies = Dependencies();
        if (HasClash(dependencies))
            return null;
        var result = ResultType();
        var type = result is null ? _region.IsAsync ? Task() : Predefined(SyntaxKind.VoidKeyword) : _region.IsAsync ? Task(result) : result;
        return new ServiceMethod(
            name, type, _parameters.Select(static parameter => new ServiceParameter(parameter.Name, CrossingTypes.Write(parameter.Type))).ToImmutableArray(), Body(), _region.IsAsync)
        {
            Dependencies = dependencies,
            Namespaces = NeededNamespaces.Of(_region, _scope),
        };
    }

    private void AddParameters()
    {
        foreach (var input in _region.Flow.Inputs)
            _parameters.Add((input.Name, VariableType.OfInput(input, _region.Span, _scope), Escaped(input.Name)));
        var taken = new HashSet<string>(_region.Nodes.SelectMany(static node => node.DescendantTokens()).Where(static token => token.IsKind(SyntaxKind.IdentifierToken)).Select(static token => token.ValueText), StringComparer.Ordinal);
        foreach (var mark in _region.Marks.Where(static mark => mark.Kind is MarkKind.Value))
        {
            var text = mark.Node.ToString();
            if (_values.ContainsKey(text))
                continue;
            var name = ValueName.Of((ExpressionSyntax)mark.Node, _scope, taken);
            _values[text] = name;
            _parameters.Add((name, VariableType.OfValue((ExpressionSyntax)mark.Node, _scope)!, text));
        }

        // https://learn.microsoft.com/dotnet/fundamentals/code-analysis/quality-rules/ca1068
        var tokens = _parameters.Where(static parameter => IsToken(parameter.Type)).ToList();
        _parameters.RemoveAll(static parameter => IsToken(parameter.Type));
        _parameters.AddRange(tokens);
    }

    private static bool IsToken(ITypeSymbol type) => type is { Name: "CancellationToken", ContainingNamespace.Name: "Threading" };

    private ImmutableArray<ISymbol> Dependencies() =>
        _region.Marks.Where(static mark => mark.Kind is MarkKind.Data or MarkKind.Shared).Select(static mark => mark.Symbol!).Distinct<ISymbol>(SymbolEqualityComparer.Default).ToImmutableArray();

    private bool HasClash(ImmutableArray<ISymbol> dependencies)
    {
        var names = new HashSet<string>(dependencies.Select(dependency => _scope.Dependencies.NameOf(dependency)!), StringComparer.Ordinal);
        return _parameters.Any(parameter => names.Contains(parameter.Name))
            || _region.Nodes.SelectMany(static node => node.DescendantNodes()).Any(node => node switch
            {
                VariableDeclaratorSyntax variable => names.Contains(variable.Identifier.ValueText),
                SingleVariableDesignationSyntax variable => names.Contains(variable.Identifier.ValueText),
                ParameterSyntax parameter => names.Contains(parameter.Identifier.ValueText),
                ForEachStatementSyntax loop => names.Contains(loop.Identifier.ValueText),
                _ => false,
            });
    }

    private TypeSyntax? ResultType()
    {
        if (_region.Flow.Returned is { } returned)
            return CrossingTypes.Write(returned);
        var outputs = _region.Flow.Outputs;
        return outputs.Length switch
        {
            0 => null,
            1 => CrossingTypes.Write(OutputType(outputs[0])),
            _ => CrossingTypes.Written($"({string.Join(", ", outputs.Select(output => $"{CrossingTypes.Write(OutputType(output))} {Pascal(output.Name)}"))})"),
        };
    }

    private ITypeSymbol OutputType(ISymbol output) =>
        _region.Last is LocalDeclarationStatementSyntax { Declaration.Type.IsVar: true } last && FinalValue(last, output) is { } value && VariableType.OfValue(value, _scope) is { } type
            ? type
            : VariableType.OfOutput(output, _region.Span, _scope);

    private static string Pascal(string name) => Rewriting.FreshNames.Pascal(name);

    private BlockSyntax Body()
    {
        if (_region.Expression is { } expression)
            return Block([Return(_code.Rewrite(expression).WithoutTrivia())]);
        var statements = new List<StatementSyntax>();
        foreach (var unassigned in _region.Flow.Unassigned.Where(output => !IsFinalValue(output)))
            statements.Add(SyntaxFactory.ParseStatement($"{MovedCode.BodyIndentation}{CrossingTypes.Write(OutputType(unassigned))} {Escaped(unassigned.Name)};").WithTrailingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed));
        statements.AddRange(_region.Statements.Select(_code.Rewrite));
        var outputs = _region.Flow.Outputs;
        if (outputs.Length == 1 && FinalValue(_region.Statements[_region.Statements.Length - 1], outputs[0]) is { } value)
        {
            var last = statements[statements.Count - 1];
            statements[statements.Count - 1] = Return(_code.Rewrite(value).WithoutTrivia()).WithLeadingTrivia(last.GetLeadingTrivia()).WithTrailingTrivia(last.GetTrailingTrivia());
        }
        else if (outputs.Length > 0)
        {
            var names = string.Join(", ", outputs.Select(static output => Escaped(output.Name)));
            statements.Add(Return(SyntaxFactory.ParseExpression(outputs.Length == 1 ? names : $"({names})")));
        }

        statements[0] = statements[0].WithLeadingTrivia(statements[0].GetLeadingTrivia().SkipWhile(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
        return Block(statements);
    }

    // Lines and columns as they are in the end: the formatter moves what is on several lines as a whole.
    private static BlockSyntax Block(List<StatementSyntax> statements) =>
        SyntaxFactory.Block(
            SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithTrailingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed),
            SyntaxFactory.List(statements.Select(static statement => StartsOwnLine(statement) ? statement : statement.WithLeadingTrivia(statement.GetLeadingTrivia().Add(SyntaxFactory.Whitespace(MovedCode.BodyIndentation))))),
            SyntaxFactory.Token(SyntaxKind.CloseBraceToken));

    private static bool StartsOwnLine(StatementSyntax statement) => statement.GetLeadingTrivia().LastOrDefault().IsKind(SyntaxKind.WhitespaceTrivia);

    private bool IsFinalValue(ISymbol output) =>
        _region.Flow.Outputs.Length == 1 && FinalValue(_region.Statements[_region.Statements.Length - 1], output) is not null
        && !_region.Statements.Take(_region.Statements.Length - 1).SelectMany(static statement => statement.DescendantNodes().OfType<IdentifierNameSyntax>()).Any(name => name.Identifier.ValueText == output.Name);

    /// <summary>Returns what the last statement of a region sets its only output to, or null where it does something else.</summary>
    private static ExpressionSyntax? FinalValue(StatementSyntax last, ISymbol output) => last switch
    {
        LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Declaration.Variables: [{ Initializer.Value: { } value } variable] } when variable.Identifier.ValueText == output.Name => value,
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax name, Right: var value } }
            when name.Identifier.ValueText == output.Name => value,
        _ => null,
    };

    private static ReturnStatementSyntax Return(ExpressionSyntax value) =>
        SyntaxFactory.ReturnStatement(SyntaxFactory.Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(SyntaxFactory.Space), value, SyntaxFactory.Token(SyntaxKind.SemicolonToken).WithTrailingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed));

    private static TypeSyntax Task() => CrossingTypes.Written("global::System.Threading.Tasks.Task");

    private static TypeSyntax Task(TypeSyntax result) => CrossingTypes.Written($"global::System.Threading.Tasks.Task<{result}>");

    private static TypeSyntax Predefined(SyntaxKind keyword) => SyntaxFactory.PredefinedType(SyntaxFactory.Token(keyword));

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) is SyntaxKind.None ? name : "@" + name;
}
