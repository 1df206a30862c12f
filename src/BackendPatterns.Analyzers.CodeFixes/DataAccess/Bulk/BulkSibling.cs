using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>A method next to a single-row method that asks the same query for many keys.</summary>
/// <param name="Method">The method, as it is called: of the interface where there is one.</param>
/// <param name="Keys">Its parameter with the keys.</param>
/// <param name="ReturnsRows">True where it returns the rows as a list; false for a dictionary or lookup by key.</param>
public sealed record BulkSibling(IMethodSymbol Method, IParameterSymbol Keys, bool ReturnsRows)
{
    /// <summary>
    /// Returns the first such method of the type, or null where there is none whose implementations all have the query of the single-row
    /// method that they stand next to.
    /// </summary>
    public static async Task<BulkSibling?> FindAsync(BulkMember called, IReadOnlyList<BulkMethod> methods, CancellationToken cancellationToken)
    {
        foreach (var candidate in called.Method.ContainingType.GetMembers().OfType<IMethodSymbol>())
        {
            if (KeysOf(candidate, called.Method, methods[0]) is not { } keys
                || await BulkMember.OfAsync(candidate, called.Document.Project.Solution, cancellationToken).ConfigureAwait(false) is not { } member
                || await BulkMember.BodiesOfAsync(member, cancellationToken).ConfigureAwait(false) is not { } bodies || bodies.Count != methods.Count)
            {
                continue;
            }

            var results = bodies.Select(body => ResultOf(body, keys.Ordinal, methods)).Distinct().ToList();
            if (results is [{ } returnsRows])
                return new BulkSibling(candidate, keys, returnsRows);
        }

        return null;
    }

    /// <summary>
    /// Returns the parameter with the keys where the candidate has one that takes a list of keys, and otherwise no more parameters than the
    /// single-row method.
    /// </summary>
    private static IParameterSymbol? KeysOf(IMethodSymbol candidate, IMethodSymbol single, BulkMethod method)
    {
        if (candidate is not { MethodKind: MethodKind.Ordinary, IsGenericMethod: false, IsVirtual: false, IsOverride: false } || candidate.IsStatic != single.IsStatic
            || candidate.ReturnType.IsTask() != single.ReturnType.IsTask())
        {
            return null;
        }

        var key = single.Parameters[method.Key.Ordinal].Type.WithoutNullable();
        IParameterSymbol? keys = null;
        foreach (var parameter in candidate.Parameters)
        {
            if (parameter.RefKind is not RefKind.None)
                return null;
            if (keys is null && TakesList(parameter.Type) && SymbolEqualityComparer.Default.Equals(parameter.Type.ElementTypeOfSequence(), key))
                keys = parameter;
            else if (!single.Parameters.Any(other => other.Ordinal != method.Key.Ordinal && other.Name == parameter.Name && SymbolEqualityComparer.Default.Equals(other.Type, parameter.Type)))
                return null;
        }

        return keys;
    }

    private static bool TakesList(ITypeSymbol type) =>
        type is IArrayTypeSymbol or INamedTypeSymbol { Arity: 1, Name: "IEnumerable" or "IReadOnlyCollection" or "IReadOnlyList" or "ICollection" or "IList" or "List" };

    /// <summary>Returns whether the body gives back rows or rows by key; null where its query is another one.</summary>
    private static bool? ResultOf(BulkMember body, int keysOrdinal, IReadOnlyList<BulkMethod> methods)
    {
        var single = methods.FirstOrDefault(method => SymbolEqualityComparer.Default.Equals(method.Method.ContainingType, body.Method.ContainingType));
        if (single is null || body.Declaration is not { AttributeLists.Count: 0, ContainsDirectives: false } || HasOtherParameters(body.Method, keysOrdinal, single.Method))
            return null;
        var isOrdered = !single.Query.IsSingleRow;
        var writer = new BulkText(single.Member, single, body.Method.Name);
        var wanted = BulkShape.Of(writer.Write(), writer.KeysName, isOrdered);
        var found = BulkShape.Of(body.Declaration, body.Method.Parameters[keysOrdinal].Name, isOrdered);
        if (wanted is null || found is null || found.Query != wanted.Query)
            return null;
        if (found.Result == wanted.Result)
            return HasLookup(body.Method) ? false : null;
        return found.Result is "ToList()" or "ToArray()" && single.Query is { Projection: null, IsCounted: false } && IsListOf(body.Method.ReturnType.UnwrapTask(), single.Query.Row) ? true : null;
    }

    /// <summary>Names of other parameters that the query of the single-row method gives another meaning to.</summary>
    private static bool HasOtherParameters(IMethodSymbol method, int keysOrdinal, IMethodSymbol single) =>
        method.Parameters.Any(parameter => parameter.Ordinal != keysOrdinal && !single.Parameters.Any(other => other.Name == parameter.Name && SymbolEqualityComparer.Default.Equals(other.Type, parameter.Type)));

    private static bool HasLookup(IMethodSymbol method) =>
        method.ReturnType.UnwrapTask() is INamedTypeSymbol { Arity: 2, Name: "Dictionary" or "IReadOnlyDictionary" or "ILookup" or "Lookup" } or INamedTypeSymbol { Arity: 1, Name: "HashSet" or "IReadOnlySet" or "ISet" };

    private static bool IsListOf(ITypeSymbol type, INamedTypeSymbol row) => SymbolEqualityComparer.Default.Equals(type.ElementTypeOfSequence(), row);
}
