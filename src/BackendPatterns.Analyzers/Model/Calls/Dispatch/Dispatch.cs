using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>Which bodies in source run when something is called. Few are an answer, many are none: then it is not known which one runs.</summary>
internal sealed class Dispatch(SourceModels sources)
{
    private const int MostBodies = 4;

    private readonly Implementations _implementations = new(sources);
    private readonly Handlers _handlers = new(sources);

    /// <summary>Returns the bodies that may run at a call; empty where none is in source or there are too many.</summary>
    /// <param name="callee">What is called.</param>
    /// <param name="owner">The model of the compilation that the call stands in.</param>
    /// <param name="caller">Returns the type that contains the call, or null.</param>
    /// <param name="cancellation">Stops the search.</param>
    public ImmutableArray<BodyInSource> Of(Callee callee, BackendModel owner, Func<INamedTypeSymbol?> caller, CancellationToken cancellation)
    {
        var bodies = InSource(MethodsOf(callee, owner, caller, cancellation));
        foreach (var handler in _handlers.Of(callee, cancellation))
            bodies = bodies.Add(handler);
        return bodies.Length > MostBodies ? ImmutableArray<BodyInSource>.Empty : bodies;
    }

    /// <summary>Returns the bodies that may run when a method is called on an object of which no more than its type is known.</summary>
    public ImmutableArray<BodyInSource> Of(IMethodSymbol method, CancellationToken cancellation)
    {
        method = method.ReducedFrom ?? method;
        var bodies = InSource(Callee.MayBeReplaced(method)
            ? WithoutDecorated(_implementations.Of(method, receiver: null, cancellation), method.ContainingType, static () => null)
            : ImmutableArray.Create(method.OriginalDefinition));
        return bodies.Length > MostBodies ? ImmutableArray<BodyInSource>.Empty : bodies;
    }

    private ImmutableArray<IMethodSymbol> MethodsOf(Callee callee, BackendModel owner, Func<INamedTypeSymbol?> caller, CancellationToken cancellation)
    {
        var method = callee.Method;
        if (!callee.IsVirtual)
            return ImmutableArray.Create(method.OriginalDefinition);
        if (StoredValues.ExactTypeOf(callee.Instance, owner) is { } exact && Implementations.In(exact, method) is { } known)
            return ImmutableArray.Create(known);
        return WithoutDecorated(_implementations.Of(method, callee.Instance?.Unwrap().Type, cancellation), method.ContainingType, caller);
    }

    /// <summary>
    /// A class that takes the interface it implements stands in front of the others: callers get it, and it gets them. Its own body says whether they are
    /// reached (a cache in front of a repository).
    /// </summary>
    private static ImmutableArray<IMethodSymbol> WithoutDecorated(ImmutableArray<IMethodSymbol> methods, INamedTypeSymbol contract, Func<INamedTypeSymbol?> caller)
    {
        if (methods.Length < 2 || contract.TypeKind is not TypeKind.Interface)
            return methods;
        var decorators = methods.RemoveAll(method => !Takes(method.ContainingType, contract));
        if (decorators.IsEmpty || decorators.Length == methods.Length)
            return methods;
        return caller() is { } type && decorators.Any(method => Definitions.AreSame(method.ContainingType, type)) ? methods.RemoveRange(decorators) : decorators;
    }

    private static bool Takes(INamedTypeSymbol type, INamedTypeSymbol contract)
    {
        foreach (var constructor in type.InstanceConstructors)
        {
            foreach (var parameter in constructor.Parameters)
            {
                if (parameter.Type is INamedTypeSymbol taken && Definitions.Of(contract, taken) is not null)
                    return true;
            }
        }

        return false;
    }

    private ImmutableArray<BodyInSource> InSource(ImmutableArray<IMethodSymbol> methods)
    {
        var bodies = ImmutableArray.CreateBuilder<BodyInSource>(methods.Length);
        foreach (var method in methods)
        {
            if (sources.Of(method) is { } body)
                bodies.Add(body);
        }

        return bodies.ToImmutable();
    }
}
