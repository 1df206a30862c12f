using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Architecture;

/// <summary>An endpoint that answers with objects; the rules on what endpoints answer with and their fixes ask the same question.</summary>
public sealed class AnsweringEndpoint
{
    private readonly Func<Endpoint> _make;
    private Endpoint? _endpoint;

    private AnsweringEndpoint(ImmutableArray<Payload> payloads, Func<Endpoint> make)
    {
        Payloads = payloads;
        _make = make;
    }

    /// <summary>What it answers with.</summary>
    public ImmutableArray<Payload> Payloads { get; }

    /// <summary>The endpoint, made when first asked for.</summary>
    public Endpoint Endpoint => _endpoint ??= _make();

    /// <summary>Returns the action that a method with this body is, or null where it is none, or its answers are not known or shaped by the client (OData).</summary>
    public static AnsweringEndpoint? Of(IMethodSymbol method, Func<IOperation?> body, BackendModel model) =>
        method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false } && model.Endpoints is { } endpoints
        && endpoints.Controllers.ContainOrServeAsBase(method.ContainingType) && endpoints.Controllers.IsAction(method) && !ClientQueries.AreServedBy(method.ContainingType) && !ClientQueries.Project(method)
        && endpoints.Payloads.Of(method, body) is { IsEmpty: false } payloads
            ? new AnsweringEndpoint(payloads, () => endpoints.ActionOf(method, method.ContainingType))
            : null;

    /// <summary>Returns the minimal API endpoint that a call maps, or null where it maps none or its answers are not known.</summary>
    public static AnsweringEndpoint? Of(IInvocationOperation call, BackendModel model)
    {
        if (!MappedEndpoints.IsMapName(call.TargetMethod.Name) || model.Endpoints is not { } endpoints || !endpoints.IsMapCall(call) || MappedEndpoints.FunctionOf(call) is not { } handler)
            return null;
        var payloads = endpoints.Payloads.Of(handler, () => MappedEndpoints.BodyOf(call, model));
        return payloads.IsEmpty ? null : new AnsweringEndpoint(payloads, () => endpoints.MappedBy(call)!);
    }
}
