using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>Which code only runs to answer GET requests, and saves nothing on the way.</summary>
internal sealed class BP1020ReadRequests
{
    private const int MaximumDepth = 3;
    private const HttpVerbs Reading = HttpVerbs.Get | HttpVerbs.Head | HttpVerbs.Options;

    private static readonly ConditionalWeakTable<EndpointModel, BP1020ReadRequests> Known = new();

    private readonly EndpointModel _endpoints;
    private readonly AspNetCore? _aspNetCore;
    private readonly ConcurrentDictionary<(ISymbol Method, int Depth), bool> _methods = new(BySymbolAndDepth.Instance);

    private BP1020ReadRequests(EndpointModel endpoints, BackendModel model)
    {
        _endpoints = endpoints;
        _aspNetCore = model.Libraries.AspNetCore;
    }

    /// <summary>
    /// True where an operation stands in a GET endpoint, or in a method that is only called from such: all calls are in this compilation, few, and none of the members on the way saves a context.
    /// False also where that is not known.
    /// </summary>
    public static bool AreAllThatRun(IOperation operation, BackendModel model) =>
        model.Endpoints is { } endpoints && Known.GetValue(endpoints, key => new BP1020ReadRequests(key, model)).Reach(operation, depth: 0);

    /// <summary>True where an operation stands in the endpoint itself, whatever it answers: the lambda that is mapped, or a method of a controller or page.</summary>
    public static bool IsInHandler(IOperation operation, BackendModel model) =>
        model.Endpoints is { } endpoints && Known.GetValue(endpoints, key => new BP1020ReadRequests(key, model)).HandlerAt(operation) is not null;

    private bool Reach(IOperation operation, int depth)
    {
        if (HandlerAt(operation) is { } isRead)
            return isRead;
        if ((operation.MemberAround() as IMethodSymbol)?.OriginalDefinition is not { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method || depth >= MaximumDepth)
            return false;
        return _methods.TryGetValue((method, depth), out var known) ? known : _methods.GetOrAdd((method, depth), IsOnlyCalledByReads(method, depth));
    }

    private bool IsOnlyCalledByReads(IMethodSymbol method, int depth)
    {
        // The text of every file is looked through: asked last, and known from then on.
        var calls = _endpoints.CallersOf(method);
        if (calls.IsDefaultOrEmpty)
            return false;
        foreach (var call in calls)
        {
            if (ContextSaves.AnyAround(call) || !Reach(call, depth + 1))
                return false;
        }

        return true;
    }

    /// <summary>Returns whether the endpoint that an operation stands in only answers reads; null where it stands in none.</summary>
    private bool? HandlerAt(IOperation operation)
    {
        for (var current = operation.Parent; current is not null and not ILocalFunctionOperation; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation lambda && _endpoints.MapCallOf(lambda) is { } call)
                return IsRead(MappedEndpoints.VerbsOf(call));
        }

        if ((operation.MemberAround() as IMethodSymbol)?.OriginalDefinition is not { } member)
            return null;
        if (_endpoints.MapCallsOf(member).ToList() is { Count: > 0 } mappings)
            return mappings.TrueForAll(static mapping => IsRead(MappedEndpoints.VerbsOf(mapping)));
        if (member is not { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false, ContainingType: { } type })
            return null;
        if (_endpoints.Controllers.ContainOrServeAsBase(type))
            return IsRead(_endpoints.Controllers.VerbsOf(member));
        return type.IsOrDerivesFrom(_aspNetCore?.PageModel) && member.Name.StartsWith("On", StringComparison.Ordinal) ? member.Name is "OnGet" or "OnGetAsync" : null;
    }

    private static bool IsRead(HttpVerbs verbs) => (verbs & HttpVerbs.Get) != 0 && (verbs & ~Reading) == 0;
}
