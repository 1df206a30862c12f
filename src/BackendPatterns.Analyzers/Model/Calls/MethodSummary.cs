using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>What the body of one method does that callers care about; computed from that body alone.</summary>
/// <param name="Trips">Its own round trips, in source order.</param>
/// <param name="Calls">Its calls of methods that may have a summary of their own.</param>
public sealed record MethodSummary(ImmutableArray<OwnTrip> Trips, ImmutableArray<OwnCall> Calls)
{
    /// <summary>A method without a body to look at, or one that does nothing of interest.</summary>
    public static readonly MethodSummary Nothing = new(ImmutableArray<OwnTrip>.Empty, ImmutableArray<OwnCall>.Empty);
}

/// <summary>A round trip in a method's body.</summary>
/// <param name="Trip">The round trip.</param>
/// <param name="Parameters">The parameters it depends on, one bit per ordinal.</param>
/// <param name="IsExpected">True where it is cached, or stands in a loop of the method itself: there it is a finding or meant to be.</param>
public sealed record OwnTrip(RoundTrip Trip, ulong Parameters, bool IsExpected);

/// <summary>A call in a method's body.</summary>
/// <param name="Link">What is called, and where.</param>
/// <param name="Arguments">For each parameter of the callee, the parameters of the caller that its argument depends on.</param>
/// <param name="IsExpected">As for <see cref="OwnTrip"/>.</param>
public sealed record OwnCall(CallLink Link, ImmutableArray<ulong> Arguments, bool IsExpected);
