using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>The name of the bulk form of a method.</summary>
public static class BulkNames
{
    private const string Async = "Async";

    /// <summary>
    /// Names that say what the method does, best first: <c>FindAsync</c> → <c>FindManyAsync</c>, <c>GetByIdAsync</c> →
    /// <c>GetByIdsAsync</c>, <c>GetCustomer</c> → <c>GetCustomersByIds</c>, <c>GetLines(orderId)</c> → <c>GetLinesByOrderIds</c>.
    /// </summary>
    public static IEnumerable<string> For(BulkMethod method)
    {
        var name = method.Method.Name;
        var dot = name.LastIndexOf('.');
        name = name.Substring(dot + 1);
        var end = name.Length > Async.Length && name.EndsWith(Async, StringComparison.Ordinal) ? Async : "";
        name = name.Substring(0, name.Length - end.Length);
        var keys = FreshNames.Plural(FreshNames.Pascal(method.Key.Name));
        var by = name.LastIndexOf("By", StringComparison.Ordinal);
        if (by > 0 && by + 2 < name.Length && char.IsUpper(name[by + 2]))
        {
            var plural = FreshNames.Plural(name.Substring(by));
            var subject = name.Substring(0, by);
            yield return (method.Query.IsSingleRow && HasNoun(subject) ? Plural(subject) : subject) + plural + end;
        }
        else if (method.Query.Result is BatchResult.Any && !HasNoun(name))
        {
            yield return "GetExisting" + keys + end;
        }
        else if (HasNoun(name) || method.Query.IsCounted)
        {
            yield return (method.Query.IsSingleRow ? Plural(name) : name) + "By" + keys + end;
        }
        else
        {
            yield return name + "Many" + end;
        }

        yield return name + "ForMany" + keys + end;
        yield return name + "ForAll" + keys + end;
    }

    /// <summary>
    /// Returns the first of the names that means nothing yet in the types that get the member, in types derived from them, or as an
    /// extension method; null where all are in use.
    /// </summary>
    public static async Task<string?> FreeAsync(IEnumerable<string> names, IReadOnlyCollection<BulkMember> members, CancellationToken cancellationToken)
    {
        foreach (var name in names)
        {
            if (!await IsTakenAsync(name, members, cancellationToken).ConfigureAwait(false))
                return name;
        }

        return null;
    }

    private static async Task<bool> IsTakenAsync(string name, IReadOnlyCollection<BulkMember> members, CancellationToken cancellationToken)
    {
        foreach (var member in members)
        {
            var type = (TypeDeclarationSyntax)member.Declaration.Parent!;
            if (FreshNames.InType(type).Take(name) != name || Inherited(member.Method.ContainingType).Any(inherited => !inherited.GetMembers(name).IsEmpty))
                return true;
        }

        var solution = members.First().Document.Project.Solution;
        var types = new HashSet<string>(members.Select(static member => member.Method.ContainingType.ToDisplayString()), StringComparer.Ordinal);
        foreach (var declared in await SymbolFinder.FindSourceDeclarationsAsync(solution, name, ignoreCase: false, SymbolFilter.Member, cancellationToken).ConfigureAwait(false))
        {
            if (declared is IMethodSymbol { IsExtensionMethod: true }
                || (declared.ContainingType is { } type && Inherited(type).Any(inherited => types.Contains(inherited.ToDisplayString()))))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<INamedTypeSymbol> Inherited(INamedTypeSymbol type)
    {
        foreach (var contract in type.AllInterfaces)
            yield return contract;
        for (var current = type; current is not null; current = current.BaseType)
            yield return current;
    }

    /// <summary><c>GetDetails</c> has a plural in it already.</summary>
    private static string Plural(string name) => name.EndsWith("s", StringComparison.Ordinal) ? name : FreshNames.Plural(name);

    /// <summary>More than a verb.</summary>
    private static bool HasNoun(string name) => name.Skip(1).Any(char.IsUpper);
}
