using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Baseline;

/// <summary>
/// Hashes of a piece of code: of its words, and of its words without names. White space, comments and line breaks do not matter, and neither do the statements inside of it (the body of a loop or lambda).
/// Read backwards, because long chains of calls nest to the left: their end is near.
/// </summary>
internal static class CodeHash
{
    /// <summary>Words that are read at most. What differs only further away counts as equal, and is told apart by its order.</summary>
    private const int MostWords = 400;

    private const ulong Start = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>The hashes of a node; <paramref name="kind"/> is the name of its kind.</summary>
    public static (ulong Text, ulong Shape) Of(SyntaxNode node, string kind)
    {
        var text = Add(Start, kind);
        var shape = text;
        if (node is MemberDeclarationSyntax or LocalFunctionStatementSyntax or BlockSyntax or CompilationUnitSyntax)
            return (text & Fingerprint.Mask, shape & Fingerprint.Mask);
        var words = 0;
        var rest = new Stack<SyntaxNodeOrToken>();
        Push(rest, node);
        while (rest.Count > 0 && words < MostWords)
        {
            var next = rest.Pop();
            if (next.AsNode() is { } child)
            {
                if (child is not StatementSyntax)
                    Push(rest, child);
                continue;
            }

            words++;
            var token = next.AsToken();
            text = Add(text, token.Text);
            shape = Add(shape, token.IsKind(SyntaxKind.IdentifierToken) ? "" : token.Text);
        }

        return (text & Fingerprint.Mask, shape & Fingerprint.Mask);
    }

    private static void Push(Stack<SyntaxNodeOrToken> rest, SyntaxNode node)
    {
        foreach (var child in node.ChildNodesAndTokens())
            rest.Push(child);
    }

    /// <summary>FNV-1a: the same on every machine and in every version of the runtime. A separator follows every word.</summary>
    private static ulong Add(ulong hash, string word)
    {
        foreach (var letter in word)
        {
            hash = unchecked((hash ^ (byte)letter) * Prime);
            hash = unchecked((hash ^ (byte)(letter >> 8)) * Prime);
        }

        return unchecked((hash ^ 0xff) * Prime);
    }
}
