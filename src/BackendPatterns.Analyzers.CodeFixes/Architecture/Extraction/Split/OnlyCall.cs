using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>
/// The name of the one method that a region calls, where it says more than what could be made up: <c>Rollback</c>, <c>ClearErrors</c>, <c>HasChanges</c>. One that says how rows are
/// read or written is no such name: what is read names those, <c>GetById</c> would be the name of half a service.
/// </summary>
internal static class OnlyCall
{
    private static readonly string[] DataVerbs =
    [
        "Get", "Find", "Fetch", "Load", "Read", "List", "Query", "Select", "Search", "Retrieve", "Lookup", "First", "Single", "Last", "All", "Where", "Include", "Any", "Exists", "Contains", "Count",
        "Sum", "Min", "Max", "Average", "To", "As", "By", "Add", "Insert", "Create", "Remove", "Delete", "Update", "Attach", "Detach", "Save", "Complete", "Execute", "Begin", "Set", "Put", "Post", "Async",
    ];

    /// <summary>Returns the name without <c>Async</c>; null where the region does more than to call one method of the application, or the method is named after what it does to rows.</summary>
    public static string? NameOf(Region region, SplitScope scope)
    {
        if (CallOf(region) is not { } call || scope.SymbolOf(call) is not IMethodSymbol method || method.ContainingNamespace.IsBelow("System") || method.ContainingNamespace.IsBelow("Microsoft"))
            return null;
        var name = method.Name.EndsWith("Async", StringComparison.Ordinal) ? method.Name.Substring(0, method.Name.Length - "Async".Length) : method.Name;
        return name.Length == 0 || DataVerbs.Any(verb => StartsWithWord(name, verb)) ? null : name;
    }

    private static InvocationExpressionSyntax? CallOf(Region region)
    {
        var value = region switch
        {
            { Expression: { } expression } => expression,
            { Statements: [ExpressionStatementSyntax statement] } => statement.Expression,
            { Statements: [ReturnStatementSyntax statement] } => statement.Expression,
            { Statements: [LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var initial }] }] } => initial,
            _ => null,
        };
        while (value is AwaitExpressionSyntax or ParenthesizedExpressionSyntax)
            value = value is AwaitExpressionSyntax awaited ? awaited.Expression : ((ParenthesizedExpressionSyntax)value).Expression;
        return value is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Expression: InvocationExpressionSyntax inner } } ? inner : value as InvocationExpressionSyntax;
    }

    /// <summary>True for <c>Add</c> in <c>AddOrder</c>, not in <c>Addresses</c>.</summary>
    public static bool StartsWithWord(string name, string word) => name.StartsWith(word, StringComparison.Ordinal) && (name.Length == word.Length || !char.IsLower(name[word.Length]));
}
