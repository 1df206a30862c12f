using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>Names for new variables and members that clash with nothing around them.</summary>
public sealed class FreshNames
{
    private static readonly string[] PluralWithE = ["s", "x", "ch", "sh"];

    private readonly HashSet<string> _taken;

    private FreshNames(IEnumerable<string> taken) => _taken = new HashSet<string>(taken, StringComparer.Ordinal);

    /// <summary>Names for locals: every identifier of the member around a node is taken, and every one returned later.</summary>
    public static FreshNames InMember(SyntaxNode node) => new(Identifiers(node.MemberAround()));

    /// <summary>Names for members: every identifier of the type is taken, so that none changes its meaning.</summary>
    public static FreshNames InType(TypeDeclarationSyntax type) => new(Identifiers(type));

    /// <summary>
    /// Names for the parameter of a new lambda. A lambda may use the name of another one in the same chain again, as in <c>Where(c =>
    /// …).Select(c => …)</c>, and member names do not stand in its way; the variables around it do.
    /// </summary>
    public static FreshNames ForLambda(SyntaxNode place) =>
        new(place.MemberAround().DescendantNodes().Select(VariableName).OfType<string>());

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
        while (upper < name.Length && char.IsUpper(name[upper])
               && (upper == 0 || upper + 1 == name.Length || char.IsUpper(name[upper + 1])))
        {
            upper++;
        }

        return name.Substring(0, upper).ToLowerInvariant() + name.Substring(upper);
    }

    public static string Pascal(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name.Substring(1);

    /// <summary>
    /// The English plural of a name: <c>order</c> → <c>orders</c>, <c>category</c> → <c>categories</c>, <c>box</c> → <c>boxes</c>.
    /// </summary>
    public static string Plural(string name)
    {
        if (name.EndsWith("eries", StringComparison.Ordinal) || name.EndsWith("pecies", StringComparison.Ordinal))
            return name;
        if (name.Length > 1 && name[name.Length - 1] == 'y' && "aeiou".IndexOf(name[name.Length - 2]) < 0)
            return name.Substring(0, name.Length - 1) + "ies";
        return PluralWithE.Any(end => name.EndsWith(end, StringComparison.Ordinal)) ? name + "es" : name + "s";
    }

    /// <summary>
    /// What one item of a list is called: <c>orders</c> → <c>order</c>, <c>categories</c> → <c>category</c>, <c>orderList</c> →
    /// <c>order</c>; <c>item</c> for a name that is no plural.
    /// </summary>
    public static string Singular(string name)
    {
        if (name.Length > 4 && name.EndsWith("List", StringComparison.Ordinal))
            return name.Substring(0, name.Length - 4);
        if (name.Length > 3 && name.EndsWith("ies", StringComparison.Ordinal))
            return name.Substring(0, name.Length - 3) + "y";
        if (name.Length > 3 && PluralWithE.Any(end => name.EndsWith(end + "es", StringComparison.Ordinal)))
            return name.Substring(0, name.Length - 2);
        return name.Length > 2 && name.EndsWith("s", StringComparison.Ordinal) && !name.EndsWith("ss", StringComparison.Ordinal)
            ? name.Substring(0, name.Length - 1)
            : "item";
    }

    private bool IsFree(string name) =>
        SyntaxFacts.GetKeywordKind(name) is SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) is SyntaxKind.None
            && _taken.Add(name);

    private static IEnumerable<string> Identifiers(SyntaxNode node) =>
        node.DescendantTokens().Where(static token => token.IsKind(SyntaxKind.IdentifierToken)).Select(static token => token.ValueText);

    private static string? VariableName(SyntaxNode node) => node switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        SingleVariableDesignationSyntax designation => designation.Identifier.ValueText,
        ForEachStatementSyntax loop => loop.Identifier.ValueText,
        FromClauseSyntax from => from.Identifier.ValueText,
        ParameterSyntax { Parent: SimpleLambdaExpressionSyntax or ParameterListSyntax { Parent: LambdaExpressionSyntax } } => null,
        ParameterSyntax parameter => parameter.Identifier.ValueText,
        _ => null,
    };
}
