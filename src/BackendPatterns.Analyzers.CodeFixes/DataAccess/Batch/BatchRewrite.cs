using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Writes a plan into the document: keys and one query before the loop, a lookup in it.</summary>
public sealed class BatchRewrite
{
    private readonly BatchPlan _plan;
    private readonly SemanticModel _semantics;
    private readonly FreshNames _names;
    private readonly BatchLayout _layout;
    private readonly string _noun;
    private readonly List<string> _statements = [];

    private BatchRewrite(BatchPlan plan, SemanticModel semantics)
    {
        _plan = plan;
        _semantics = semantics;
        _names = FreshNames.InMember(plan.Loop.Syntax);
        _layout = new BatchLayout(plan);
        _noun = NounFor(plan.Loop);
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
        if (plan.Bulk is null ? plan.Query.IsAsync || plan.Loop.Sequence.IsAsynchronous : plan.Loop.Sequence.Use is SequenceUse.Loaded)
            changed = UsingDirectives.AddMissing(changed, semantics, plan.Loop.Syntax.SpanStart, ("Microsoft.EntityFrameworkCore", "EntityFrameworkQueryableExtensions"));
        return document.WithSyntaxRoot(changed);
    }

    private SyntaxNode Rewrite(SyntaxNode root)
    {
        var text = new BatchQueryText(_plan, _semantics, _names, _layout);
        var collection = NameSequence();
        var keys = CollectKeys(collection);
        var rows = text.Name();
        _statements.Add(text.Statement(rows, keys));
        var lookup = SyntaxFactory.ParseExpression(text.Lookup(rows));
        var changed = new BatchStatement(_plan, _layout).With(lookup, Loop.Sequence.Use is SequenceUse.AsIs ? null : collection);
        return root.ReplaceNode(Loop.Syntax, WithStatementsBefore(changed));
    }

    private string NameSequence()
    {
        var sequence = Loop.Sequence.Loadable;
        var text = sequence.ToString();
        if (Loop.Sequence.Use is SequenceUse.AsIs)
            return text;
        var name = _names.Take(FreshNames.Plural(_noun), _noun + "List");
        var receiver = sequence is InvocationExpressionSyntax or MemberAccessExpressionSyntax or IdentifierNameSyntax or ElementAccessExpressionSyntax ? sequence : SyntaxFactory.ParenthesizedExpression(sequence.WithoutTrivia());
        _statements.Add(Loop.Sequence.Use switch
        {
            SequenceUse.Named => $"var {name} = {text};",
            SequenceUse.Loaded when Query.IsAsync || Loop.Sequence.IsAsynchronous => $"var {name} = await {_layout.WithCall(receiver, $"ToListAsync({Query.CancellationToken})")}{BatchQueryText.ConfiguredLike(Query)};",
            _ => $"var {name} = {_layout.WithCall(receiver, "ToList()")};",
        });
        return name;
    }

    private string CollectKeys(string collection)
    {
        var item = Loop.Item.Name;
        var isItem = Loop.Item.Is(Loop.ItemKey);
        var select = isItem ? collection : $"{collection}.Select({item} => {KeyOfItem()})";
        if (Loop.ItemKey.Type!.IsNullableValue())
            select += $".OfType<{Query.RowKey.Type.WithoutNullable().ToMinimalDisplayString(_semantics, Loop.Syntax.SpanStart)}>()";
        var value = select + ".Distinct().ToList()";
        if (DeclaredBefore(value) is { } declared)
            return declared;
        var singular = isItem ? _noun : PartName() is { } part ? part is "Id" ? _noun + "Id" : FreshNames.Camel(part) : _noun + "Key";
        var plural = FreshNames.Plural(singular);
        var name = _names.Take(plural, "distinct" + FreshNames.Pascal(plural));
        _statements.Add($"var {name} = {value};");
        return name;
    }

    /// <summary>What an item is called in the names of lists; the one letter of a lambda parameter says too little.</summary>
    private static string NounFor(BatchLoop loop)
    {
        if (loop.Item.Name.Length > 2)
            return loop.Item.Name;
        ExpressionSyntax root = loop.Sequence.Syntax;
        while (root is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } })
            root = receiver;
        var name = root switch
        {
            IdentifierNameSyntax identifier => FreshNames.Singular(FreshNames.Camel(identifier.Identifier.ValueText)),
            MemberAccessExpressionSyntax member => FreshNames.Singular(FreshNames.Camel(member.Name.Identifier.ValueText)),
            _ => "item",
        };
        return name is "item" ? loop.Item.Name : name;
    }

    private string KeyOfItem() =>
        Loop.ItemKey.Syntax is MemberAccessExpressionSyntax key ? key.WithExpression(SyntaxFactory.IdentifierName(Loop.Item.Name)).WithoutTrivia().ToString() : Loop.ItemKey.Syntax.ToString();

    private string? PartName() => Loop.ItemKey.Syntax is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var part } && part is not "Key" ? part : null;

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

    /// <summary>The blank lines above the loop go above the new statements; its comments stay with it.</summary>
    private IEnumerable<SyntaxNode> WithStatementsBefore(StatementSyntax loop)
    {
        var leading = loop.GetLeadingTrivia();
        var own = leading.TakeWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia) || (trivia.IsKind(SyntaxKind.WhitespaceTrivia) && trivia != leading.Last())).ToList();
        var above = own.LastOrDefault().IsKind(SyntaxKind.WhitespaceTrivia) ? own.Take(own.Count - 1).ToList() : own;
        var indent = SyntaxFactory.Whitespace(_layout.Indent);
        for (var i = 0; i < _statements.Count; i++)
        {
            var statement = SyntaxFactory.ParseStatement(_statements[i]);
            yield return statement
                .WithLeadingTrivia(i == 0 ? SyntaxFactory.TriviaList(above).Add(indent) : SyntaxFactory.TriviaList(indent))
                .WithTrailingTrivia(SyntaxFactory.EndOfLine(_layout.NewLine));
        }

        yield return loop.WithLeadingTrivia(leading.Skip(_statements.Count == 0 ? 0 : above.Count));
    }
}
