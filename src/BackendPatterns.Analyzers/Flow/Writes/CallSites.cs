using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>One place on the way from a repetition to the round trip that it makes per element.</summary>
/// <param name="Call">The call, or the round trip itself.</param>
/// <param name="Region">What runs per element around it: the body of the repetition for the first place, the body of a method for the others.</param>
/// <param name="Loop">The repetition's operation for the first place, null for the others.</param>
public sealed record CallSite(IOperation Call, IOperation Region, IOperation? Loop);

/// <summary>The places on the way from a repetition to its round trip.</summary>
public static class CallSites
{
    /// <summary>
    /// Returns the call in the repetition, then the calls of its chain that this compilation can see, last the round trip. A chain that leaves the
    /// compilation ends where it leaves.
    /// </summary>
    public static ImmutableArray<CallSite> Of(PerElementTrip found, BackendModel model)
    {
        var sites = ImmutableArray.CreateBuilder<CallSite>();
        sites.Add(new CallSite(found.Call, found.Repetition.Body, found.Repetition.Operation));
        if (found.Chain is not { } chain)
            return sites.ToImmutable();
        for (var i = 1; i < chain.Links.Length; i++)
        {
            if (OperationAt(chain.Links[i], model) is not { } inner)
                return sites.ToImmutable();
            sites.Add(InMethod(inner));
        }

        if (TripOf(chain) is { } trip && model.Compilation.ContainsSyntaxTree(trip.Operation.Syntax.SyntaxTree))
            sites.Add(InMethod(trip.Operation));
        return sites.ToImmutable();
    }

    /// <summary>Returns the round trip that a finding is about, or null where only its name is known.</summary>
    public static RoundTrip? TripOf(PerElementTrip found, BackendModel model) =>
        found.Chain is { } chain ? TripOf(chain) : model.DataAccess.Classify(found.Call);

    private static RoundTrip? TripOf(CallChain chain) => chain.End.Trip;

    private static CallSite InMethod(IOperation call) => new(call, BodyAround(call), Loop: null);

    private static IOperation BodyAround(IOperation call) => call.EnclosingFunction() switch
    {
        ILocalFunctionOperation { Body: { } body } => body,
        IAnonymousFunctionOperation { Body: var body } => body,
        _ => call.Root(),
    };

    private static IOperation? OperationAt(CallLink link, BackendModel model)
    {
        if (link.CallSite.SourceTree is not { } tree || model.SemanticModelOf(tree) is not { } semantics)
            return null;
        return semantics.GetOperation(tree.GetRoot().FindNode(link.CallSite.SourceSpan, getInnermostNodeForTie: true));
    }
}
