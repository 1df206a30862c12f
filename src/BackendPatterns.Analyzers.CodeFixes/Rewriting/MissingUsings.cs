using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>The <c>using</c> directives that new code needs and a file does not have.</summary>
public static class MissingUsings
{
    /// <summary>
    /// Returns the file with a directive for each namespace whose extension class cannot be named at a position of the file before the change,
    /// neither by a directive of the file nor by a global one.
    /// </summary>
    public static SyntaxNode Add(SyntaxNode root, SemanticModel before, int position, params (string Namespace, string ExtensionClass)[] needed)
    {
        foreach (var (space, extensions) in needed)
        {
            if (root is CompilationUnitSyntax unit && !before.LookupNamespacesAndTypes(position, name: extensions).Any(symbol => symbol.IsIn(space)))
                root = Add(unit, space);
        }

        return root;
    }

    private static CompilationUnitSyntax Add(CompilationUnitSyntax unit, string space)
    {
        if (unit.Usings.Any(directive => directive.Name?.ToString() == space && directive.Alias is null))
            return unit;
        var newLine = unit.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } existing ? existing : SyntaxFactory.LineFeed;
        var directive = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(space).WithLeadingTrivia(SyntaxFactory.Space)).WithTrailingTrivia(newLine);
        var at = 0;
        while (at < unit.Usings.Count && IsBefore(unit.Usings[at].Name?.ToString() ?? "", space))
            at++;
        if (at > 0 || unit.Usings.Count == 0)
            return unit.WithUsings(unit.Usings.Insert(at, unit.Usings.Count == 0 ? directive.WithTrailingTrivia(newLine, newLine) : directive));
        // A file header stays on top.
        var first = unit.Usings[0];
        return unit.WithUsings(unit.Usings.Replace(first, first.WithLeadingTrivia()).Insert(0, directive.WithLeadingTrivia(first.GetLeadingTrivia())));
    }

    private static bool IsBefore(string existing, string added)
    {
        var isSystem = IsSystem(existing);
        return isSystem == IsSystem(added) ? string.CompareOrdinal(existing, added) < 0 : isSystem;
    }

    private static bool IsSystem(string space) => space == "System" || space.StartsWith("System.", StringComparison.Ordinal);
}
