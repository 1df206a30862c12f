using System.Collections.Immutable;
using BackendPatterns.Analyzers.Tests.Repository;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.Tests.Robustness.Mutation;

/// <summary>A source that mutations start from, and where its tokens and nodes are.</summary>
internal sealed class Seed
{
    private readonly Lazy<ImmutableArray<TextSpan>> _tokens;
    private readonly Lazy<ImmutableDictionary<NodeSort, ImmutableArray<TextSpan>>> _nodes;

    public Seed(Origin origin, string name, string text)
    {
        Origin = origin;
        Name = name;
        Text = text;
        var root = new Lazy<SyntaxNode>(() => SourceFolder.Parse(text, name).GetRoot());
        _tokens = new Lazy<ImmutableArray<TextSpan>>(() => [.. root.Value.DescendantTokens().Where(token => token.Span.Length > 0).Select(token => token.Span)]);
        _nodes = new Lazy<ImmutableDictionary<NodeSort, ImmutableArray<TextSpan>>>(() => root.Value.DescendantNodes()
            .Where(node => node.Span.Length > 0)
            .GroupBy(SortOf, node => node.Span)
            .ToImmutableDictionary(group => group.Key, group => group.ToImmutableArray()));
    }

    public Origin Origin { get; }

    /// <summary>Tells where the source is: a path in the repository, and the line.</summary>
    public string Name { get; }

    public string Text { get; }

    public ImmutableArray<TextSpan> Tokens => _tokens.Value;

    /// <summary>True for a file with statements outside of types.</summary>
    public bool IsProgram => Text.StartsWith("// program", StringComparison.Ordinal) || Nodes(NodeSort.GlobalStatement).Length > 0;

    public ImmutableArray<TextSpan> Nodes(NodeSort sort) => _nodes.Value.GetValueOrDefault(sort, []);

    public string TextOf(TextSpan span) => Text.Substring(span.Start, span.Length);

    private static NodeSort SortOf(SyntaxNode node) => node switch
    {
        GlobalStatementSyntax => NodeSort.GlobalStatement,
        BlockSyntax => NodeSort.Block,
        StatementSyntax => NodeSort.Statement,
        MemberDeclarationSyntax => NodeSort.Member,
        TypeSyntax when node.Parent is not ExpressionSyntax or BaseObjectCreationExpressionSyntax or CastExpressionSyntax => NodeSort.Type,
        SimpleNameSyntax when node.Parent is MemberAccessExpressionSyntax or MemberBindingExpressionSyntax => NodeSort.Name,
        ExpressionSyntax => NodeSort.Expression,
        BaseArgumentListSyntax or ArgumentSyntax => NodeSort.Argument,
        BaseParameterListSyntax or ParameterSyntax => NodeSort.Parameter,
        AttributeListSyntax => NodeSort.Attribute,
        _ => NodeSort.Other,
    };
}

/// <summary>Where a seed comes from; it decides what the mutated document is compiled with.</summary>
internal enum Origin
{
    Sample,
    ValidCode,
    Page,
    Test,
}

/// <summary>Nodes of one sort can stand in each other's place.</summary>
internal enum NodeSort
{
    GlobalStatement,
    Block,
    Statement,
    Member,
    Type,
    Name,
    Expression,
    Argument,
    Parameter,
    Attribute,
    Other,
}
