using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>
/// The handlers behind <c>sender.Send(request)</c>, of MediatR or home-made, by their shape: the request implements an interface named like a request, and a class in source
/// implements a handler interface whose first type argument is that request.
/// </summary>
internal sealed class Handlers(SourceModels sources)
{
    private static readonly string[] RequestNames = ["Request", "Command", "Query", "Notification", "Event", "Message"];

    /// <summary>Returns the handler methods for the request that a call hands over; empty where it hands over none or no handler is in source.</summary>
    public IEnumerable<BodyInSource> Of(Callee callee, CancellationToken cancellation)
    {
        if (!RoundTripNames.Dispatches(callee.Method.Name))
            yield break;
        foreach (var argument in callee.Arguments)
        {
            if (argument.Parameter is not { } parameter || argument.Value.Unwrap().Type is not INamedTypeSymbol { SpecialType: SpecialType.None } request || !IsRequest(request))
                continue;
            foreach (var method in MethodsFor(request, cancellation))
            {
                if (sources.Of(method) is { } body)
                    yield return body with { Request = parameter.Ordinal };
            }
        }
    }

    private static bool IsRequest(INamedTypeSymbol type)
    {
        foreach (var contract in type.AllInterfaces)
        {
            if (contract.Arity > 1 || contract.Name.Length < 2 || contract.Name[0] != 'I')
                continue;
            foreach (var name in RequestNames)
            {
                if (contract.Name.IndexOf(name, StringComparison.Ordinal) >= 0)
                    return true;
            }
        }

        return false;
    }

    private IEnumerable<IMethodSymbol> MethodsFor(INamedTypeSymbol request, CancellationToken cancellation)
    {
        var found = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var model in sources.All)
        {
            foreach (var candidate in model.Calls.Types(cancellation).HandlersOf(request.Name))
            {
                if (candidate.Bind(cancellation) is not { TypeKind: TypeKind.Class, IsAbstract: false } type)
                    continue;
                foreach (var contract in type.AllInterfaces)
                {
                    if (!IsHandlerOf(contract, request))
                        continue;
                    foreach (var member in contract.GetMembers())
                    {
                        if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary, Parameters: [var first, ..] } declared && IsSame(first.Type, request)
                            && type.FindImplementationForInterfaceMember(declared) is IMethodSymbol { IsAbstract: false } method && found.Add(method.OriginalDefinition))
                        {
                            yield return method.OriginalDefinition;
                        }
                    }
                }
            }
        }
    }

    private static bool IsHandlerOf(INamedTypeSymbol contract, INamedTypeSymbol request) =>
        contract.Arity is 1 or 2 && contract.Name.IndexOf("Handler", StringComparison.Ordinal) >= 0 && IsSame(contract.TypeArguments[0], request);

    private static bool IsSame(ITypeSymbol type, INamedTypeSymbol request) =>
        type is INamedTypeSymbol named && Definitions.AreSame(named, request) && Definitions.MayBeSame(named, request);
}
