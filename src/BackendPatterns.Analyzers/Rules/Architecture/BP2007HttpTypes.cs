using System.Collections.Concurrent;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Rules.Architecture;

/// <summary>The types that only exist while a request is answered: its context, and results that write a response.</summary>
internal sealed class BP2007HttpTypes
{
    private static readonly string[] Contexts =
    [
        "Microsoft.AspNetCore.Http.HttpContext", "Microsoft.AspNetCore.Http.IHttpContextAccessor", "Microsoft.AspNetCore.Http.HttpRequest", "Microsoft.AspNetCore.Http.HttpResponse",
    ];

    private static readonly string[] Results =
    [
        "Microsoft.AspNetCore.Mvc.IActionResult", "Microsoft.AspNetCore.Mvc.Infrastructure.IConvertToActionResult", "Microsoft.AspNetCore.Http.IResult",
    ];

    private readonly List<INamedTypeSymbol> _contexts;
    private readonly List<INamedTypeSymbol> _results;

    // The same few types are those of most members.
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    private BP2007HttpTypes(List<INamedTypeSymbol> contexts, List<INamedTypeSymbol> results)
    {
        _contexts = contexts;
        _results = results;
    }

    /// <summary>Returns the types as a compilation sees them, or null where it sees none.</summary>
    public static BP2007HttpTypes? In(Compilation compilation)
    {
        var contexts = Contexts.Select(compilation.FindType).OfType<INamedTypeSymbol>().ToList();
        var results = Results.Select(compilation.FindType).OfType<INamedTypeSymbol>().ToList();
        return contexts.Count + results.Count == 0 ? null : new BP2007HttpTypes(contexts, results);
    }

    /// <summary>True for one of the types, a task of it, and, for results, every type that is one.</summary>
    public bool Contain(ITypeSymbol type)
    {
        type = type.UnwrapTask();
        if (type is not INamedTypeSymbol { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Interface or TypeKind.Struct } named)
            return false;
        return _known.TryGetValue(named, out var known) ? known : _known.GetOrAdd(named, IsOne(named));
    }

    private bool IsOne(INamedTypeSymbol named)
    {
        foreach (var context in _contexts)
        {
            if (named.IsOrDerivesFrom(context))
                return true;
        }

        foreach (var result in _results)
        {
            if (named.IsOrImplements(result))
                return true;
        }

        return false;
    }
}
