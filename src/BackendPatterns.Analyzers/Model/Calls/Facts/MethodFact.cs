using System.Collections.Immutable;

namespace BackendPatterns.Analyzers.Model.Calls.Facts;

/// <summary>What a project has found out about a method: calling it makes a round trip.</summary>
/// <param name="Member">The method that is called, also where it is declared elsewhere and only implemented in the project.</param>
/// <param name="Trip">The round trip.</param>
internal sealed record MethodFact(MemberName Member, RoundTripFact Trip);

/// <summary>What a project has found out about a method: calling it calls another one, of an interface that the project does not implement.</summary>
/// <param name="Member">As for <see cref="MethodFact"/>.</param>
/// <param name="Target">The method of the interface.</param>
/// <param name="Arguments">As for <see cref="ForeignCall"/>.</param>
/// <param name="Names">As for <see cref="ForeignCall"/>.</param>
internal sealed record CallFact(MemberName Member, MemberName Target, ImmutableArray<ulong> Arguments, string Names);
