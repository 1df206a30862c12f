using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.DataAccess;

namespace BackendPatterns.Analyzers.Model.Calls.Facts;

/// <summary>What another project has found out about one of its methods: calling it makes a round trip.</summary>
/// <param name="Member">The method that is called, also where it is declared elsewhere and only implemented there.</param>
/// <param name="Kind">Where the round trip goes.</param>
/// <param name="Library">The library that makes it.</param>
/// <param name="Parameters">The parameters of the method that the round trip depends on, one bit per ordinal; 0 where it depends on none.</param>
/// <param name="Steps">Short names of what lies behind the method: the methods on the way, then the round trip. Never empty.</param>
public sealed record MethodFact(MemberName Member, RoundTripKind Kind, DataLibrary Library, ulong Parameters, ImmutableArray<string> Steps)
{
    /// <summary>The steps as the text of a fact has them.</summary>
    public string Chain { get; } = string.Join(">", Steps);

    /// <summary>The round trip as messages name it.</summary>
    public string TripName => Steps[Steps.Length - 1];
}
