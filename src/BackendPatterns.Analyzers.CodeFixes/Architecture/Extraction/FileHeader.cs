using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction;

/// <summary>What stands above the code of every file of a project: a copyright notice, <c>#nullable enable</c>.</summary>
internal static class FileHeader
{
    private static readonly string[] NoticeWords = ["copyright", "license", "licence", "(c)", "©", "all rights reserved"];

    /// <summary>Returns the header of a file for another file, with its line breaks; empty where it has none.</summary>
    public static string Of(CompilationUnitSyntax root)
    {
        var leading = root.GetFirstToken(includeZeroWidth: true).LeadingTrivia;
        var notice = leading.TakeWhile(static trivia => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.EndOfLineTrivia or SyntaxKind.WhitespaceTrivia);
        var text = string.Concat(notice.Select(static trivia => trivia.ToFullString())).TrimStart();
        if (!NoticeWords.Any(word => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0))
            text = "";
        else if (text.Length > 0)
            text = text.TrimEnd() + "\n" + (text.EndsWith("\n\n", StringComparison.Ordinal) || text.EndsWith("\n\r\n", StringComparison.Ordinal) ? "\n" : "");
        var nullable = leading.Select(static trivia => trivia.GetStructure()).OfType<NullableDirectiveTriviaSyntax>().FirstOrDefault();
        return nullable is null ? text : text + nullable.ToString().Trim() + "\n\n";
    }
}
