using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>The <c>using</c> directives that new code needs and a file does not have.</summary>
public static class UsingDirectives
{
    private const int AtFile = -1;

    /// <summary>
    /// Returns the file with a directive for each namespace whose extension class cannot be named at a position of the file before the
    /// change, neither by a directive of the file nor by a global one.
    /// </summary>
    /// <remarks>
    /// Whether a name elsewhere in the file becomes ambiguous is for <see cref="Framework.CompileCheck"/> to find: extension classes have
    /// no other name to fall back to, so all that could be done here is not to offer the fix either.
    /// </remarks>
    public static SyntaxNode AddMissing(
        SyntaxNode root, SemanticModel before, int position, params (string Namespace, string ExtensionClass)[] needed)
    {
        if (root is not CompilationUnitSyntax unit)
            return root;
        var place = PlaceFor((CompilationUnitSyntax)before.SyntaxTree.GetRoot(), position);
        foreach (var (space, extensions) in needed)
        {
            if (!before.LookupNamespacesAndTypes(position, name: extensions).Any(symbol => symbol.IsIn(space)))
                unit = Add(unit, space, place);
        }

        return unit;
    }

    /// <summary>
    /// Returns where directives for code at a position go: to the file, or, in a file that has them there only, to the namespace with the
    /// returned index.
    /// </summary>
    public static int PlaceFor(CompilationUnitSyntax root, int position)
    {
        var index = root.Members.IndexOf(
            member => member is BaseNamespaceDeclarationSyntax { Usings.Count: > 0 } && member.Span.Contains(position));
        return root.Usings.Count > 0 ? AtFile : index;
    }

    /// <summary>
    /// Returns the file with the directive at a place, if it is not there: in its position in a sorted list, else at the end.
    /// </summary>
    public static CompilationUnitSyntax Add(CompilationUnitSyntax root, string space, int place)
    {
        var directive = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(space))
            .WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space))
            .WithTrailingTrivia(LineBreaks.In(root));
        if (place != AtFile && root.Members[place] is BaseNamespaceDeclarationSyntax inner)
            return root.ReplaceNode(inner, inner.WithUsings(Inserted(inner.Usings, directive)));
        return root.Usings.Count > 0 || root.Externs.Count > 0
            ? root.WithUsings(Inserted(root.Usings, directive))
            : AddFirst(root, directive);
    }

    /// <summary>The first directive of a file goes below its header; a comment right above the first type stays there.</summary>
    private static CompilationUnitSyntax AddFirst(CompilationUnitSyntax root, UsingDirectiveSyntax directive)
    {
        var endOfLine = LineBreaks.In(root);
        directive = directive.WithTrailingTrivia(endOfLine, endOfLine);
        var first = root.GetFirstToken(includeZeroWidth: true);
        var leading = first.LeadingTrivia;
        var startsWithNamespace = root.AttributeLists.Count == 0 && root.Members.FirstOrDefault() is BaseNamespaceDeclarationSyntax;
        var header = startsWithNamespace ? leading.Count : EndOfHeader(leading);
        var changed = root.ReplaceToken(first, first.WithLeadingTrivia(leading.Skip(header)));
        return changed.WithUsings(SyntaxFactory.SingletonList(directive.WithLeadingTrivia(leading.Take(header))));
    }

    /// <summary>The trivia up to the last blank line.</summary>
    private static int EndOfHeader(SyntaxTriviaList leading)
    {
        var end = 0;
        for (var i = 1; i < leading.Count; i++)
        {
            if (leading[i].IsKind(SyntaxKind.EndOfLineTrivia) && leading[i - 1].IsKind(SyntaxKind.EndOfLineTrivia))
                end = i + 1;
        }

        return end;
    }

    private static SyntaxList<UsingDirectiveSyntax> Inserted(SyntaxList<UsingDirectiveSyntax> usings, UsingDirectiveSyntax added)
    {
        var space = added.Name!.ToString();
        if (usings.Any(directive => directive.Alias is null && directive.StaticKeyword.RawKind == 0 && directive.Name?.ToString() == space))
            return usings;
        if (usings.Count == 0)
            return usings.Add(added.WithTrailingTrivia(added.GetTrailingTrivia().AddRange(added.GetTrailingTrivia())));
        var index = PositionIn(usings, space);
        var first = usings[0];
        var indentation = first.GetLeadingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Take(1).ToList();
        if (index > 0)
            return usings.Insert(index, added.WithLeadingTrivia(indentation));
        // A file header stays on top.
        return usings.Replace(first, first.WithLeadingTrivia(indentation)).Insert(0, added.WithLeadingTrivia(first.GetLeadingTrivia()));
    }

    private static int PositionIn(SyntaxList<UsingDirectiveSyntax> usings, string space)
    {
        for (var i = 0; i < usings.Count; i++)
        {
            if (usings[i].GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword))
                continue;
            if (usings[i].Alias is not null || usings[i].StaticKeyword.IsKind(SyntaxKind.StaticKeyword)
                || Compare(space, usings[i].Name?.ToString() ?? "") < 0)
            {
                return i;
            }
        }

        return usings.Count;
    }

    private static int Compare(string one, string other)
    {
        var system = IsSystem(other).CompareTo(IsSystem(one));
        return system != 0 ? system : string.Compare(one, other, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsSystem(string name) => name == "System" || name.StartsWith("System.", StringComparison.Ordinal);
}
