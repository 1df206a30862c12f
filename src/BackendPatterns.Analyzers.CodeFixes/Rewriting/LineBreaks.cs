using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>How a file ends its lines.</summary>
public static class LineBreaks
{
    /// <summary>Returns the first line break of a file, for new lines of it; a line feed where it has none.</summary>
    public static SyntaxTrivia In(SyntaxNode root)
    {
        foreach (var trivia in root.DescendantTrivia())
        {
            if (trivia.IsKind(SyntaxKind.EndOfLineTrivia))
                return trivia;
        }

        return SyntaxFactory.LineFeed;
    }
}
