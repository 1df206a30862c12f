using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>Entities among what endpoints answer with.</summary>
internal static class PayloadEntities
{
    private const int MostDepth = 4;

    /// <summary>
    /// Returns the entity that a payload is, is a list of, or holds as a member of an anonymous object or of a generic wrapper (<c>Page&lt;Order&gt;</c>); null for every other type. An
    /// entity without a key is a view made for reading, and none of these.
    /// </summary>
    public static INamedTypeSymbol? In(ITypeSymbol payload, BackendModel model)
    {
        var pending = new Stack<(ITypeSymbol Type, int Depth)>();
        pending.Push((payload, 0));
        while (pending.Count > 0)
        {
            var (type, depth) = pending.Pop();
            if (type is INamedTypeSymbol named && model.Entities.IsEntity(named))
            {
                if (model.Entities.Find(named) is { Key.IsEmpty: false })
                    return named;
                continue;
            }

            if (depth >= MostDepth)
                continue;
            if (type.ElementTypeOfSequence() is { } element)
                pending.Push((element, depth + 1));
            else if (type is INamedTypeSymbol { IsAnonymousType: true } or INamedTypeSymbol { Arity: > 0 })
                PushMembers((INamedTypeSymbol)type, depth + 1, pending);
        }

        return null;
    }

    private static void PushMembers(INamedTypeSymbol type, int depth, Stack<(ITypeSymbol Type, int Depth)> pending)
    {
        // The element of a dictionary.
        if (type is { Name: "KeyValuePair", Arity: 2 })
        {
            pending.Push((type.TypeArguments[1], depth));
            return;
        }

        foreach (var member in SerializedMembers.Of(type, static member => member.ContainingType.IsAnonymousType || IsOfWrapper(member.OriginalDefinition.Type)))
            pending.Push((member.Type, depth));
    }

    private static bool IsOfWrapper(ITypeSymbol type) => type is ITypeParameterSymbol || type.ElementTypeOfSequence() is ITypeParameterSymbol;
}
