using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>Whether a word occurs anywhere in a compilation's source: a cheap reason to be careful.</summary>
public static class CompilationText
{
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<string, bool>> Answers = new();

    public static bool Mentions(Compilation compilation, string word) =>
        Answers.GetValue(compilation, static _ => new ConcurrentDictionary<string, bool>(StringComparer.Ordinal)).GetOrAdd(
            word, wanted => compilation.SyntaxTrees.Any(tree => tree.ToString().IndexOf(wanted, StringComparison.Ordinal) >= 0));
}
