using System.Collections.Concurrent;
using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>Which code runs while a request is answered: endpoints, middleware and filters, and what they are seen to call.</summary>
public sealed class RequestCode
{
    private const int MostMethods = 20;

    // Which of many places that mention a name mean this method, only binding them tells.
    private const int MostMentions = 60;

    private readonly BackendModel _model;
    private readonly AspNetCore _aspNetCore;
    private readonly EndpointModel _endpoints;
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    internal RequestCode(BackendModel model, AspNetCore aspNetCore, EndpointModel endpoints)
    {
        _model = model;
        _aspNetCore = aspNetCore;
        _endpoints = endpoints;
    }

    /// <summary>
    /// True where an operation runs in a request: it stands in an endpoint, in middleware or a filter, in a function that is given the request, or in a method that one of these calls,
    /// directly or through others. False where no such call is visible.
    /// </summary>
    public bool Contains(IOperation operation, CancellationToken cancellation = default)
    {
        if (HandlerAround(operation) is not null)
            return true;
        if (operation.MemberAround(cancellation) is not IMethodSymbol method)
            return false;
        method = method.OriginalDefinition;
        if (_known.TryGetValue(method, out var known))
            return known;
        return _known.GetOrAdd(method, IsReachedFrom(operation, static _ => true, cancellation));
    }

    /// <summary>True for a method or lambda that the framework calls to answer a request.</summary>
    public bool Enters(IMethodSymbol method) => method switch
    {
        { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } => false,
        _ when TakesRequest(method) => true,
        { MethodKind: MethodKind.Ordinary, ContainingType: { } type } when IsEntry(method, type) => true,
        _ => _endpoints.MapCallsOf(method).Any(),
    };

    /// <summary>True where an operation runs in a request that no limiter is known to hold back.</summary>
    public bool ContainsUnlimited(IOperation operation, CancellationToken cancellation = default) =>
        !_endpoints.Limited.CoverEverything && IsReachedFrom(operation, handler => !IsLimited(handler), cancellation);

    private bool IsLimited(IMethodSymbol handler)
    {
        if (_endpoints.MapCallsOf(handler).LastOrDefault() is { } mapping)
            return _endpoints.Limited.MayCover(mapping, handler);
        return handler.ContainingType is { } type && _endpoints.Limited.MayCover(handler, type);
    }

    /// <summary>True where an operation stands in, or is reached from, a handler for which <paramref name="counts"/> is true; the search ends at the first.</summary>
    private bool IsReachedFrom(IOperation operation, Func<IMethodSymbol, bool> counts, CancellationToken cancellation)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var pending = new Queue<IOperation>();
        pending.Enqueue(operation);
        while (pending.Count > 0 && seen.Count <= MostMethods)
        {
            cancellation.ThrowIfCancellationRequested();
            var place = pending.Dequeue();
            if (HandlerAround(place) is { } handler)
            {
                if (counts(handler))
                    return true;
                continue;
            }

            if (place.MemberAround(cancellation) is not IMethodSymbol method || !seen.Add(method.OriginalDefinition))
                continue;
            if (Enters(method))
            {
                if (counts(method))
                    return true;
                continue;
            }

            if (_model.Mentions.Of(method.Name).Skip(MostMentions).Any())
                continue;
            var callers = _endpoints.CallersOf(method);
            foreach (var call in callers.IsDefault ? ImmutableArray<IInvocationOperation>.Empty : callers)
                pending.Enqueue(call);
        }

        return false;
    }

    /// <summary>The one of the lambdas and local functions around an operation that is a handler, or is given the request; null where none is.</summary>
    private IMethodSymbol? HandlerAround(IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation { Symbol: var symbol } lambda && (TakesRequest(symbol) || _endpoints.MapCallOf(lambda) is not null))
                return symbol;
            if (current is ILocalFunctionOperation { Symbol: var function } && Enters(function))
                return function;
        }

        return null;
    }

    private bool TakesRequest(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Type is { TypeKind: TypeKind.Class } type && (type.IsOrDerivesFrom(_aspNetCore.HttpContext) || type.IsOrDerivesFrom(_aspNetCore.HttpRequest)))
                return true;
        }

        return false;
    }

    private bool IsEntry(IMethodSymbol method, INamedTypeSymbol type)
    {
        if (_endpoints.Controllers.ContainOrServeAsBase(type))
            return _endpoints.Controllers.IsAction(method);
        if (type.IsOrDerivesFrom(_aspNetCore.PageModel))
            return RazorPages.IsHandler(method);
        if (method is not { DeclaredAccessibility: Accessibility.Public, IsStatic: false } || method.Name is "Dispose" or "DisposeAsync")
            return false;
        if (type.IsOrDerivesFrom(_aspNetCore.Hub))
            return true;
        return type.IsOrImplements(_aspNetCore.FilterMetadata) ? method.Name.StartsWith("On", StringComparison.Ordinal) : method.IsOverride && _endpoints.Dependencies.IsEndpointType(type);
    }
}
