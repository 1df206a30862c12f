using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>
/// An endpoint, a group, or a folder of Razor pages that authorization is required for and that anyone may call all the same: ASP.NET Core lets
/// <c>AllowAnonymous</c> win over every requirement, wherever the two stand (https://learn.microsoft.com/aspnet/core/security/authorization/simple).
/// </summary>
/// <param name="Place">The call that maps the endpoint or the group, or that names the pages.</param>
/// <param name="Requiring">The requirements without effect.</param>
/// <param name="Opening">What lets anyone in; empty where an attribute of the handler does.</param>
public sealed record Contradiction(IInvocationOperation Place, ImmutableArray<IInvocationOperation> Requiring, ImmutableArray<IInvocationOperation> Opening)
{
    private const int MostGroups = 16;

    /// <summary>Where the report stands: the name of the call.</summary>
    public Location Location => MappedEndpoints.NameLocationOf(Place);

    /// <summary>Returns the contradiction in what applies to one <c>Map…</c> call, or null.</summary>
    internal static Contradiction? Of(StanceCalls calls, AuthorizationAttributes attributes)
    {
        var handler = MappedEndpoints.HandlerOf(calls.Mapping) is IAnonymousFunctionOperation lambda ? attributes.On(lambda.Symbol) : AuthorizationStance.None;
        var requires = !calls.Requiring.IsEmpty || handler is AuthorizationStance.Authorized;
        var opens = !calls.Opening.IsEmpty || handler is AuthorizationStance.Anonymous;
        if (requires && opens)
            return new Contradiction(calls.Mapping, calls.Requiring, calls.Opening);
        return requires && !calls.Requiring.IsEmpty && OpenGroupAround(calls) is { } group ? new Contradiction(calls.Mapping, calls.Requiring, group.Opening) : null;
    }

    // An endpoint of a closed group may be open: that is what AllowAnonymous is for. The other way round nothing is closed.
    private static StanceCalls? OpenGroupAround(StanceCalls calls)
    {
        var group = calls.OfGroup();
        for (var depth = 0; group is not null && depth < MostGroups; depth++)
        {
            if (!group.Opening.IsEmpty)
                return group;
            group = group.OfGroup();
        }

        return null;
    }
}
