using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>What a handler is called, without what says only how it is called: <c>Delete</c> for <c>OnPostDeleteAsync</c>.</summary>
internal static class ActionName
{
    private const string Async = "Async";

    private static readonly string[] PagePrefixes = ["OnGet", "OnPost", "OnPut", "OnDelete", "OnPatch"];

    private static readonly HashSet<string> CommonVerbs = new(
        ["Get", "Post", "Put", "Patch", "Delete", "Index", "List", "New", "Create", "Add", "Edit", "Update", "Remove", "Details", "Save", "Find", "Fetch", "Load", "All", "My", "On", "Show", "View"],
        StringComparer.Ordinal);

    /// <summary>Returns the name, or an empty one for a lambda.</summary>
    public static string Of(SyntaxNode handler)
    {
        var name = handler switch
        {
            MethodDeclarationSyntax method => method.Identifier.ValueText,
            LocalFunctionStatementSyntax function => function.Identifier.ValueText,
            _ => "",
        };
        if (name.Length > Async.Length && name.EndsWith(Async, StringComparison.Ordinal))
            name = name.Substring(0, name.Length - Async.Length);
        foreach (var prefix in PagePrefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
                return name.Substring(prefix.Length);
        }

        return FreshNames.Pascal(name);
    }

    /// <summary>True for <c>List</c>, <c>Post</c> and the like, which say nothing of the data.</summary>
    public static bool IsCommon(string name) => name.Length == 0 || CommonVerbs.Contains(name);

    /// <summary>True for a name that says what is done, such as <c>ApproveAppointment</c>: two words of which the first is no common verb.</summary>
    public static bool IsOwnVerb(string name)
    {
        var end = 1;
        while (end < name.Length && !char.IsUpper(name[end]))
            end++;
        return end < name.Length && name.Length > end && !CommonVerbs.Contains(name.Substring(0, end));
    }
}
