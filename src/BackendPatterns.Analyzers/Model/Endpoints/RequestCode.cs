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
    private const int MostMethods = 64;

    private readonly AspNetCore _aspNetCore;
    private readonly EndpointModel _endpoints;
    private readonly Lazy<HashSet<ISymbol>> _mapped;
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    internal RequestCode(AspNetCore aspNetCore, EndpointModel endpoints)
    {
        _aspNetCore = aspNetCore;
        _endpoints = endpoints;
        _mapped = BackendModel.Once(() => new HashSet<ISymbol>(
            endpoints.MapCallsInSource.Select(MappedEndpoints.FunctionOf).OfType<IMethodSymbol>().Select(static handler => handler.OriginalDefinition), SymbolEqualityComparer.Default));
    }

    /// <summary>
    /// True where an operation runs in a request: it stands in an endpoint, in middleware or a filter, in a function that is given the request, or in a method that one of these calls,
    /// directly or through others. False where no such call is visible.
    /// </summary>
    public bool Contains(IOperation operation, CancellationToken cancellation = default)
    {
        if (IsInHandler(operation))
            return true;
        return operation.MemberAround(cancellation) is IMethodSymbol method
            && (_known.TryGetValue(method.OriginalDefinition, out var known) ? known : _known.GetOrAdd(method.OriginalDefinition, IsReached(method.OriginalDefinition, cancellation)));
    }

    /// <summary>True for a method or lambda that the framework calls to answer a request.</summary>
    public bool Enters(IMethodSymbol method) => method switch
    {
        { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } => false,
        _ when TakesRequest(method) => true,
        { MethodKind: MethodKind.Ordinary, ContainingType: { } type } when IsEntry(method, type) => true,
        _ => _mapped.Value.Contains(method.OriginalDefinition),
    };

    private bool IsReached(IMethodSymbol first, CancellationToken cancellation)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { first };
        var pending = new Queue<IMethodSymbol>();
        pending.Enqueue(first);
        while (pending.Count > 0 && seen.Count <= MostMethods)
        {
            cancellation.ThrowIfCancellationRequested();
            var method = pending.Dequeue();
            if (Enters(method))
                return true;
            var callers = _endpoints.CallersOf(method);
            foreach (var call in callers.IsDefault ? ImmutableArray<IInvocationOperation>.Empty : callers)
            {
                if (IsInHandler(call))
                    return true;
                if (call.MemberAround(cancellation) is IMethodSymbol caller && seen.Add(caller.OriginalDefinition))
                    pending.Enqueue(caller.OriginalDefinition);
            }
        }

        return false;
    }

    /// <summary>True where one of the lambdas around an operation is a handler, or is given the request.</summary>
    private bool IsInHandler(IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation lambda && (TakesRequest(lambda.Symbol) || _endpoints.MapCallOf(lambda) is not null))
                return true;
            if (current is ILocalFunctionOperation { Symbol: var function } && Enters(function))
                return true;
        }

        return false;
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
