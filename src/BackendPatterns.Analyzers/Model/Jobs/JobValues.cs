using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Jobs;

/// <summary>Which values a job cannot be given: by their type, and by the types of what they are made of.</summary>
internal sealed class JobValues(BackendModel model)
{
    private const int MostDepth = 4;
    private const int MostTypes = 200;

    /// <summary>
    /// Returns why a value of this type cannot be given to a job, with the members that lead to the part which is at fault (empty where it is the value itself), or null where nothing is known
    /// against it. Looks at elements of sequences and at the public data of types of this code base.
    /// </summary>
    public (JobArgumentKind Kind, ImmutableArray<ISymbol> Path)? FaultOf(ITypeSymbol? type, JobStore store)
    {
        var seen = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        var pending = new Queue<(ITypeSymbol Type, ImmutableArray<ISymbol> Path)>();
        if (type is not null)
            pending.Enqueue((type, ImmutableArray<ISymbol>.Empty));
        while (pending.Count > 0 && seen.Count < MostTypes)
        {
            var (current, path) = pending.Dequeue();
            if (!seen.Add(current) || current is { SpecialType: SpecialType.System_String } or { IsValueType: true, SpecialType: not SpecialType.None })
                continue;
            if (KindOf(current) is { } kind)
            {
                if (EndsIn(kind, store))
                    return (kind, path);
                continue;
            }

            foreach (var part in PartsOf(current))
                pending.Enqueue((part, path));
            if (path.Length == MostDepth || !IsOwnData(current))
                continue;
            foreach (var member in DataOf((INamedTypeSymbol)current))
                pending.Enqueue((member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type, path.Add(member)));
        }

        return null;
    }

    /// <summary>Objects that only exist while the request does are lost in any store; the others are lost where they become text.</summary>
    private static bool EndsIn(JobArgumentKind kind, JobStore store) =>
        store is JobStore.Text || kind is JobArgumentKind.Context or JobArgumentKind.Request or JobArgumentKind.Form;

    private JobArgumentKind? KindOf(ITypeSymbol type)
    {
        if (type.TypeKind is TypeKind.Delegate)
            return JobArgumentKind.Delegate;
        if (model.Libraries.EntityFrameworkCore is { } entityFramework)
        {
            if (entityFramework.IsDbContext(type))
                return JobArgumentKind.Context;
            if (model.Entities.IsEntity(type))
                return JobArgumentKind.Entity;
        }

        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            switch (current.Name)
            {
                case "HttpContext" or "HttpRequest" or "HttpResponse" when current.IsIn("Microsoft.AspNetCore.Http"):
                    return JobArgumentKind.Request;
                case "IFormFile" or "IFormFileCollection" or "IFormCollection" or "FormFile" or "FormCollection" or "FormFileCollection" when current.IsIn("Microsoft.AspNetCore.Http"):
                    return JobArgumentKind.Form;
                case "ClaimsPrincipal" or "ClaimsIdentity" when current.IsIn("System.Security.Claims"):
                    return JobArgumentKind.Principal;
                case "Stream" when current.IsIn("System.IO"):
                    return JobArgumentKind.Stream;
            }

            if (current.BaseType is null)
                break;
        }

        return null;
    }

    private static IEnumerable<ITypeSymbol> PartsOf(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
            yield return array.ElementType;
        if (type is not INamedTypeSymbol { IsGenericType: true } named || named.SpecialType is SpecialType.System_Nullable_T)
            yield break;
        // The values of List<T>, Dictionary<K, V>, tuples; what Lazy<T> or Task<T> hold is not written.
        if (named.IsTupleType || named.Name is "KeyValuePair" || named.ElementTypeOfSequence() is not null)
        {
            foreach (var argument in named.TypeArguments)
                yield return argument;
        }
    }

    private bool IsOwnData(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsTupleType: false } named
        && model.Libraries.OwnCode.Contains(named.ContainingAssembly)
        && !named.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "JsonConverterAttribute" or "DataContractAttribute" or "JsonObjectAttribute");

    /// <summary>What is written: public properties and fields, inherited ones too, without those that say that they are not.</summary>
    private static IEnumerable<ISymbol> DataOf(INamedTypeSymbol type)
    {
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var member in current.MembersByPlace())
            {
                if (member is not { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsImplicitlyDeclared: false } || member.GetAttributes().Any(SaysNotWritten))
                    continue;
                if (member is IFieldSymbol || member is IPropertySymbol { IsIndexer: false, GetMethod: not null } property && (property.SetMethod is not null || property.IsAutoProperty()))
                    yield return member;
            }
        }
    }

    private static bool SaysNotWritten(AttributeData attribute) => attribute.AttributeClass?.Name is "JsonIgnoreAttribute" or "IgnoreDataMemberAttribute" or "NonSerializedAttribute" or "JsonConverterAttribute";
}
