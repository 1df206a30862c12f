using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>All places in a handler that matter for moving code, found in one walk.</summary>
internal sealed class CodeMarks
{
    private readonly SplitScope _scope;
    private readonly NameMeanings _meanings;
    private readonly List<CodeMark> _marks = [];

    public CodeMarks(SplitScope scope, SyntaxNode body)
    {
        _scope = scope;
        _meanings = new NameMeanings(scope);
        foreach (var node in body.DescendantNodesAndSelf(static _ => true))
        {
            scope.Cancellation.ThrowIfCancellationRequested();
            Visit(node);
        }
    }

    public IReadOnlyList<CodeMark> All => _marks;

    public IEnumerable<CodeMark> In(SyntaxNode node) => _marks.Where(mark => node.Span.Contains(mark.Span));

    /// <summary>True where the code uses a moved dependency.</summary>
    public bool HasData(SyntaxNode node) => In(node).Any(static mark => mark.Kind is MarkKind.Data);

    /// <summary>True where nothing in the code is a matter of the endpoint.</summary>
    public bool CanMove(SyntaxNode node) =>
        !node.ContainsDirectives && !_marks.Any(mark => mark.Kind is MarkKind.Http && node.Span.Contains(mark.Span))
        && !_marks.Any(mark => mark.Kind is MarkKind.Value && node.Span.OverlapsWith(mark.Span) && !node.Span.Contains(mark.Span));

    private void Visit(SyntaxNode node)
    {
        switch (node)
        {
            case SimpleNameSyntax name:
                Add(name, _meanings.Of(name));
                break;
            case BaseExpressionSyntax or YieldStatementSyntax or LabeledStatementSyntax or GotoStatementSyntax or FixedStatementSyntax or UnsafeStatementSyntax:
            case RefExpressionSyntax or RefTypeSyntax or StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax:
                _marks.Add(new CodeMark(node, MarkKind.Http, Symbol: null));
                break;
            case ThisExpressionSyntax when node.Parent is not MemberAccessExpressionSyntax:
                Add(node, (MarkKind.Http, null));
                break;
            case ImplicitObjectCreationExpressionSyntax when _scope.HttpTypes.Contain(_scope.Semantics.GetTypeInfo(node, _scope.Cancellation).Type):
                _marks.Add(new CodeMark(node, MarkKind.Http, Symbol: null));
                break;
        }
    }

    private void Add(SyntaxNode name, (MarkKind Kind, ISymbol? Symbol)? meaning)
    {
        if (meaning is not { } found || _marks.Any(mark => mark.Kind is MarkKind.Value && mark.Span.Contains(name.Span)))
            return;
        var value = found.Kind is MarkKind.Http ? EndpointValue.Around(name, _scope) : null;
        _marks.Add(value is null ? new CodeMark(name, found.Kind, found.Symbol) : new CodeMark(value, MarkKind.Value, found.Symbol));
    }
}
