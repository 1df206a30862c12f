using System.Collections.Concurrent;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>
/// Authorization one call away from a handler: in the method of another type of this project that it calls, or by an attribute on the request that it sends
/// (<c>mediator.Send(new CloseMarket(id))</c>).
/// </summary>
public sealed class CalledChecks
{
    private const int MostCalls = 64;

    private readonly BackendModel _model;
    private readonly AspNetCore _aspNetCore;
    private readonly AuthorizationAttributes _attributes;
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    internal CalledChecks(BackendModel model, AspNetCore aspNetCore, AuthorizationAttributes attributes)
    {
        _model = model;
        _aspNetCore = aspNetCore;
        _attributes = attributes;
    }

    /// <summary>True where something that the code of a method calls may authorize its caller.</summary>
    public bool MayAuthorize(IMethodSymbol handler) => _model.BodyOf(handler) is { } body && MayAuthorize(body);

    /// <summary>True where something that this code calls may authorize its caller.</summary>
    public bool MayAuthorize(IOperation code)
    {
        var calls = 0;
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is not IInvocationOperation call || AuthorizationAttributes.IsFramework(call.TargetMethod))
                continue;
            if (++calls > MostCalls)
                return false;
            if (SendsGuardedRequest(call) || MayTargetAuthorize((call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition))
                return true;
        }

        return false;
    }

    private bool SendsGuardedRequest(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.Unwrap().Type is INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false, TypeKind: TypeKind.Class or TypeKind.Struct } request
                && request.GetAttributes().Any(attribute => _attributes.Of(attribute.AttributeClass) is not AuthorizationStance.None))
            {
                return true;
            }
        }

        return false;
    }

    private bool MayTargetAuthorize(IMethodSymbol method) => _known.TryGetValue(method, out var known) ? known : _known.GetOrAdd(method, Search(method));

    private bool Search(IMethodSymbol method)
    {
        foreach (var target in _model.Calls.BodiesOf(method))
        {
            // In a build the source of other projects is not there; what a rule reports must not depend on that.
            if (target.DeclaringSyntaxReferences is [var reference, ..] && _model.Compilation.ContainsSyntaxTree(reference.SyntaxTree)
                && new SourceCheckSearch(target.ContainingType, _aspNetCore).Finds(target))
            {
                return true;
            }
        }

        return false;
    }
}
