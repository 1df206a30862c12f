using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>What stands above a statement: blank lines and comments that a blank line separates from it, and its own comments.</summary>
internal readonly record struct StatementTrivia(SyntaxTriviaList Above, SyntaxTriviaList Own)
{
    public static StatementTrivia Of(SyntaxNode statement)
    {
        var leading = statement.GetLeadingTrivia();
        var end = 0;
        var isBlank = true;
        for (var i = 0; i < leading.Count; i++)
        {
            if (leading[i].IsKind(SyntaxKind.EndOfLineTrivia))
            {
                if (isBlank)
                    end = i + 1;
                isBlank = true;
            }
            else if (!leading[i].IsKind(SyntaxKind.WhitespaceTrivia))
            {
                isBlank = false;
            }
        }

        return new StatementTrivia(leading.Take(end).ToSyntaxTriviaList(), leading.Skip(end).ToSyntaxTriviaList());
    }
}
