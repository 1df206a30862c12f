using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>
/// A member of the same type that gets for many keys what a method gets for one. Nobody can see what either does, so names, types and nullability have to say
/// that a missing row is null for the one and absent from the other.
/// </summary>
/// <param name="Method">The member that takes all keys.</param>
/// <param name="Key">The argument of the single call.</param>
/// <param name="KeyType">The type of the key.</param>
/// <param name="KeyProperty">The property of a row that holds its key; null where the member returns a dictionary.</param>
/// <param name="CancellationToken">The token that the single call passes, or null.</param>
public sealed record BulkCounterpart(IMethodSymbol Method, IOperation Key, ITypeSymbol KeyType, IPropertySymbol? KeyProperty, IOperation? CancellationToken)
{
    private static readonly HashSet<string> Fillers = new(StringComparer.Ordinal) { "async", "many", "all", "list", "bulk", "batch", "multiple", "by", "id", "ids", "key", "keys" };

    /// <summary>Returns the member, or null where there is none or the answers may differ.</summary>
    public static BulkCounterpart? Of(IInvocationOperation call)
    {
        var single = call.TargetMethod;
        if (call.Instance?.Type is not { } receiver || KeyParameterOf(single) is not { } parameter || RowOf(single) is not { } row)
            return null;
        if (call.ArgumentAt(parameter.Ordinal)?.Unwrap() is not { } key || !SymbolEqualityComparer.Default.Equals(key.Type, parameter.Type))
            return null;
        var token = single.Parameters.Length > 1 ? call.ArgumentAt(1) : null;
        BulkCounterpart? found = null;
        foreach (var type in receiver.AllInterfaces.Prepend(receiver))
        {
            foreach (var member in type.GetMembers().OfType<IMethodSymbol>())
            {
                if (!GetsAll(member, single, parameter, row, out var property))
                    continue;
                if (found is not null)
                    return null;
                found = new BulkCounterpart(member, key, parameter.Type, property, token is { IsImplicit: false } ? token : null);
            }
        }

        return found;
    }

    /// <summary>The one parameter beside a cancellation token, of a type that a dictionary can be keyed by.</summary>
    private static IParameterSymbol? KeyParameterOf(IMethodSymbol method) =>
        FirstParameterOf(method) is { RefKind: RefKind.None } key && IsKey(key.Type) ? key : null;

    private static IParameterSymbol? FirstParameterOf(IMethodSymbol method) =>
        method is { IsGenericMethod: false, IsStatic: false, Parameters: [var first, .. var rest] } && rest is [] or [{ Type.Name: "CancellationToken" }] ? first : null;

    // A database may compare text without regard to case; a dictionary does not.
    private static bool IsKey(ITypeSymbol type) =>
        type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64 || type is { Name: "Guid" } || type.TypeKind is TypeKind.Enum;

    /// <summary>The row that is null where it is missing: a class, and the signature says that it may be null.</summary>
    private static ITypeSymbol? RowOf(IMethodSymbol method) =>
        method.ReturnType.UnwrapTask() is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated } row && row.ElementTypeOfSequence() is null && row.SpecialType is SpecialType.None
            ? row.WithNullableAnnotation(NullableAnnotation.NotAnnotated)
            : null;

    private static bool GetsAll(IMethodSymbol member, IMethodSymbol single, IParameterSymbol parameter, ITypeSymbol row, out IPropertySymbol? property)
    {
        property = null;
        if (FirstParameterOf(member) is not { } keys || member.ReturnType.IsTask() != single.ReturnType.IsTask()
            || !TakesAll(keys.Type, parameter.Type) || !IsNamedAlike(member.Name, single.Name))
        {
            return false;
        }

        var result = member.ReturnType.UnwrapTask();
        if (IsDictionary(result, parameter.Type, row))
            return true;
        property = KeyPropertyOf(row, parameter);
        return property is not null && result.Name is not ("IQueryable" or "IAsyncEnumerable")
            && result.ElementTypeOfSequence() is { } element && SymbolEqualityComparer.Default.Equals(element, row);
    }

    /// <summary>True for a type that a <c>List&lt;TKey&gt;</c> converts to.</summary>
    private static bool TakesAll(ITypeSymbol type, ITypeSymbol key) =>
        type is INamedTypeSymbol { Arity: 1, Name: "IEnumerable" or "ICollection" or "IReadOnlyCollection" or "IList" or "IReadOnlyList" or "List", TypeArguments: [var element] }
        && type.IsIn("System.Collections.Generic") && SymbolEqualityComparer.Default.Equals(element, key);

    private static bool IsDictionary(ITypeSymbol type, ITypeSymbol key, ITypeSymbol row) =>
        type is INamedTypeSymbol { Arity: 2, Name: "Dictionary" or "IReadOnlyDictionary", TypeArguments: [var keys, var values] } && type.IsIn("System.Collections.Generic")
        && SymbolEqualityComparer.Default.Equals(keys, key) && SymbolEqualityComparer.Default.Equals(values, row);

    /// <summary><c>id</c> is <c>Id</c> of the row, <c>customerId</c> its <c>CustomerId</c>, or its <c>Id</c> where the row is a customer.</summary>
    private static IPropertySymbol? KeyPropertyOf(ITypeSymbol row, IParameterSymbol parameter)
    {
        var name = parameter.Name;
        if (string.Equals(name, row.Name + "Id", StringComparison.OrdinalIgnoreCase) && PropertyOf(row, "Id") is null)
            return Checked(PropertyOf(row, name), parameter.Type);
        return Checked(PropertyOf(row, string.Equals(name, row.Name + "Id", StringComparison.OrdinalIgnoreCase) ? "Id" : name), parameter.Type);
    }

    private static IPropertySymbol? PropertyOf(ITypeSymbol? row, string name)
    {
        for (; row is not null; row = row.BaseType)
        {
            foreach (var member in row.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false, IsIndexer: false } property && string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
                    return property;
            }
        }

        return null;
    }

    private static IPropertySymbol? Checked(IPropertySymbol? property, ITypeSymbol key) =>
        SymbolEqualityComparer.Default.Equals(property?.Type, key) ? property : null;

    /// <summary><c>GetByIdAsync</c> and <c>GetByIdsAsync</c>, <c>FindCustomer</c> and <c>FindCustomers</c>, <c>GetAsync</c> and <c>GetManyAsync</c>; not <c>GetByOwnerIdsAsync</c>.</summary>
    private static bool IsNamedAlike(string bulk, string single) => bulk != single && Stem(bulk).SequenceEqual(Stem(single));

    private static IEnumerable<string> Stem(string name) =>
        NameWords.Of(name).Where(word => !Fillers.Contains(word)).Select(word => word.Length > 3 && word.EndsWith("ies", StringComparison.Ordinal) ? word.Substring(0, word.Length - 3) + "y"
            : word.Length > 2 && word[word.Length - 1] == 's' && word[word.Length - 2] != 's' ? word.Substring(0, word.Length - 1) : word);
}
