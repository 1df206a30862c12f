using BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Results;

/// <summary>What the records of one extraction are called: after what they are made of, as in <c>ProductResponse</c>, else after the member that holds them, else after the handler.</summary>
internal sealed class ResultNames(SemanticModel semantics, CancellationToken cancellationToken)
{
    private const string Suffix = "Response";
    private const string Async = "Async";

    // What the handler does says nothing about what it answers with.
    private static readonly string[] Verbs = ["Get", "List", "Find", "Load", "Read", "Search", "Query"];

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Returns a free name for the record in place of an anonymous type, or null where its members leave it none.</summary>
    public string? For(INamedTypeSymbol type, AnonymousObjectCreationExpressionSyntax creation, SyntaxNode handler)
    {
        var noun = NounOf(creation);
        var action = handler is MethodDeclarationSyntax method ? FreshNames.Pascal(WithoutAsync(method.Identifier.ValueText)) : "";
        foreach (var stem in Stems(noun, action))
        {
            var name = stem + Suffix;
            if (IsFree(name) && ResultRecord.CanStandFor(type, name))
            {
                _taken.Add(name);
                return name;
            }
        }

        return null;
    }

    private static IEnumerable<string> Stems(string? noun, string action)
    {
        if (noun is not null)
            yield return noun;
        if (Array.Find(Verbs, verb => action.Length > verb.Length && action.StartsWith(verb, StringComparison.Ordinal) && char.IsUpper(action[verb.Length])) is { } spoken)
            yield return With(action.Substring(spoken.Length), noun);
        if (action.Length > 0)
            yield return With(action, noun);
        var last = noun ?? (action.Length > 0 ? action : "Item");
        for (var number = 2; number < 20; number++)
            yield return last + number;
    }

    private static string With(string words, string? noun) => noun is null || words.IndexOf(noun, StringComparison.Ordinal) >= 0 ? words : words + noun;

    /// <summary>The noun of the row that the object is made of, or of the member that holds it.</summary>
    private string? NounOf(AnonymousObjectCreationExpressionSyntax creation)
    {
        for (SyntaxNode? node = creation.Parent; node is not null and not StatementSyntax and not MemberDeclarationSyntax; node = node.Parent)
        {
            var row = node switch
            {
                SimpleLambdaExpressionSyntax lambda => lambda.Parameter,
                ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [var only] } => only,
                _ => null,
            };
            if (row is not null && semantics.GetDeclaredSymbol(row, cancellationToken) is IParameterSymbol { Type: var type } && DataNouns.OfType(type, isPlural: false) is { } noun)
                return noun;
            if (node is QueryExpressionSyntax query && semantics.GetDeclaredSymbol(query.FromClause, cancellationToken) is IRangeVariableSymbol)
                return DataNouns.OfType(semantics.GetTypeInfo(query.FromClause.Expression, cancellationToken).Type, isPlural: false);
            if (node is AnonymousObjectMemberDeclaratorSyntax { NameEquals.Name.Identifier.ValueText: var member })
                return FreshNames.Singular(member) is var one and not "item" ? FreshNames.Pascal(one) : FreshNames.Pascal(member);
        }

        return null;
    }

    private bool IsFree(string name) => !_taken.Contains(name) && !semantics.Compilation.ContainsSymbolsWithName(name, SymbolFilter.TypeAndMember, cancellationToken);

    private static string WithoutAsync(string name) => name.Length > Async.Length && name.EndsWith(Async, StringComparison.Ordinal) ? name.Substring(0, name.Length - Async.Length) : name;
}
