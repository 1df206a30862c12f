using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>Names for new locals that clash with nothing in a member.</summary>
public sealed class FreshNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Takes every identifier of the member around a node as taken, and every one returned later.</summary>
    public FreshNames(SyntaxNode node)
    {
        var member = (SyntaxNode?)node.FirstAncestorOrSelf<MemberDeclarationSyntax>(ancestor => ancestor is not GlobalStatementSyntax) ?? node.SyntaxTree.GetRoot();
        foreach (var token in member.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken))
                _taken.Add(token.ValueText);
        }
    }

    /// <summary>Returns the first of the names that is free, else the first one with a number.</summary>
    public string Take(params string[] wanted)
    {
        foreach (var name in wanted)
        {
            if (IsFree(name))
                return name;
        }

        for (var number = 2; ; number++)
        {
            if (IsFree(wanted[0] + number))
                return wanted[0] + number;
        }
    }

    /// <summary><c>CustomerId</c> → <c>customerId</c>, <c>ID</c> → <c>id</c>.</summary>
    public static string Camel(string name)
    {
        var upper = 0;
        while (upper < name.Length && char.IsUpper(name[upper]) && (upper == 0 || upper + 1 == name.Length || char.IsUpper(name[upper + 1])))
            upper++;
        return name.Substring(0, upper).ToLowerInvariant() + name.Substring(upper);
    }

    public static string Pascal(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name.Substring(1);

    /// <summary>The English plural of a name: <c>order</c> → <c>orders</c>, <c>category</c> → <c>categories</c>, <c>box</c> → <c>boxes</c>.</summary>
    public static string Plural(string name)
    {
        if (name.Length > 1 && name[name.Length - 1] == 'y' && "aeiou".IndexOf(name[name.Length - 2]) < 0)
            return name.Substring(0, name.Length - 1) + "ies";
        return name.EndsWith("s", StringComparison.Ordinal) || name.EndsWith("x", StringComparison.Ordinal) || name.EndsWith("ch", StringComparison.Ordinal) || name.EndsWith("sh", StringComparison.Ordinal)
            ? name + "es"
            : name + "s";
    }

    private bool IsFree(string name) =>
        SyntaxFacts.GetKeywordKind(name) is SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) is SyntaxKind.None && _taken.Add(name);
}
