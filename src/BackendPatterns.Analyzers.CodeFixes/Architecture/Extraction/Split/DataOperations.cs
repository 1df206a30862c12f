using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>What a region does with its data, as far as its name is concerned.</summary>
internal sealed class DataOperations
{
    private static readonly (string Start, string Verb)[] Verbs =
    [
        ("Add", "Add"), ("Insert", "Add"), ("Create", "Add"), ("Remove", "Delete"), ("Delete", "Delete"), ("ExecuteDelete", "Delete"), ("Update", "Update"), ("ExecuteUpdate", "Update"),
        ("Attach", "Update"), ("Save", "Save"), ("Commit", "Save"), ("Complete", "Save"), ("ExecuteSql", "Save"), ("Execute", "Save"),
    ];

    private readonly HashSet<string> _verbs = new(StringComparer.Ordinal);

    private DataOperations()
    {
    }

    /// <summary>The verb of the writes; null where the region only reads.</summary>
    public string? Writes { get; private set; }

    /// <summary>The type of what is written, or null where it is not clear.</summary>
    public ITypeSymbol? Subject { get; private set; }

    /// <summary>True where several objects are written at once.</summary>
    public bool IsOfMany { get; private set; }

    /// <summary>What ends the last query, without <c>Async</c>.</summary>
    public string? Terminal { get; private set; }

    /// <summary>The singular of the set that the last query starts at.</summary>
    public string? Root { get; private set; }

    /// <summary>The navigations that are loaded too.</summary>
    public List<string> Included { get; } = [];

    public static DataOperations In(Region region, SplitScope scope)
    {
        var found = new DataOperations();
        foreach (var mark in region.Marks.Where(static mark => mark.Kind is MarkKind.Data))
            found.Follow(mark.Node, region, scope);
        found.Conclude(region, scope);
        return found;
    }

    /// <summary>Follows the calls on a dependency: <c>_context.Orders.Include(…).FirstOrDefaultAsync(…)</c>.</summary>
    private void Follow(SyntaxNode name, Region region, SplitScope scope)
    {
        var current = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own ? own : name;
        Root = DataNouns.OfType((scope.Semantics.GetTypeInfo(current, scope.Cancellation).Type as INamedTypeSymbol)?.TypeArguments.FirstOrDefault(), isPlural: false) ?? Root;
        while (current.Parent is MemberAccessExpressionSyntax access && access.Expression == current && region.Span.Contains(access.Span))
        {
            var type = scope.Semantics.GetTypeInfo(access, scope.Cancellation).Type;
            if (access.Parent is InvocationExpressionSyntax call && call.Expression == access)
            {
                Note(access.Name, call, scope);
                type = scope.Semantics.GetTypeInfo(call, scope.Cancellation).Type;
                current = call;
            }
            else
            {
                current = access;
            }

            if (type?.ElementTypeOfSequence() is { } element && DataNouns.OfType(element, isPlural: false) is { } noun && current == access)
                Root = noun;
        }
    }

    private void Note(SimpleNameSyntax name, InvocationExpressionSyntax call, SplitScope scope)
    {
        var text = WithoutAsync(name.Identifier.ValueText);
        if (text is "Include" or "ThenInclude" && call.ArgumentList.Arguments is [{ Expression: LambdaExpressionSyntax { Body: MemberAccessExpressionSyntax navigation } }, ..])
            Included.Add(navigation.Name.Identifier.ValueText);
        if (text is not "ConfigureAwait")
            Terminal = text;
        var verb = Array.Find(Verbs, candidate => OnlyCall.StartsWithWord(text, candidate.Start)).Verb;
        if (verb is null)
            return;
        _verbs.Add(verb);
        IsOfMany |= text.EndsWith("Range", StringComparison.Ordinal);
        // The rows are those of the query; its arguments only say which.
        if (text is "ExecuteUpdate" or "ExecuteDelete" && call.Expression is MemberAccessExpressionSyntax { Expression: var query })
            Subject ??= scope.Semantics.GetTypeInfo(query, scope.Cancellation).Type?.ElementTypeOfSequence();
        if (verb is not "Save" && call.ArgumentList.Arguments is [{ Expression: var written }, ..]
            && scope.Semantics.GetTypeInfo(written, scope.Cancellation).Type is { } type && DataNouns.IsObject(type))
        {
            Subject ??= type.ElementTypeOfSequence() ?? type;
        }
    }

    private void Conclude(Region region, SplitScope scope)
    {
        if (_verbs.Count == 0)
            return;
        var changed = region.Nodes.SelectMany(static node => node.DescendantNodesAndSelf()).Select(Changed).OfType<MemberAccessExpressionSyntax>()
            .Select(access => scope.Semantics.GetTypeInfo(access.Expression, scope.Cancellation).Type).FirstOrDefault(type => type is not null && DataNouns.IsObject(type));
        _verbs.Remove("Save");
        Writes = _verbs.Count switch { 0 => changed is null ? "Save" : "Update", 1 => _verbs.First(), _ => "Save" };
        Subject ??= changed;
    }

    private static ExpressionSyntax? Changed(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left,
        PostfixUnaryExpressionSyntax postfix when !postfix.IsKind(SyntaxKind.SuppressNullableWarningExpression) => postfix.Operand,
        _ => null,
    };

    private static string WithoutAsync(string name) =>
        name.EndsWith("Async", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Async".Length) : name;
}
