using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>One round trip that stands behind a method whose source is in another assembly.</summary>
/// <param name="Kind">Where it goes.</param>
/// <param name="Library">Who makes it, or null where that was not recorded.</param>
/// <param name="Sources">
/// What it depends on: one bit per parameter (<see cref="Flow.ValueFlow.BitOf"/>), and <see cref="Flow.ValueFlow.This"/> for the state of the instance; 0 where it
/// depends on none of them.
/// </param>
/// <param name="Chain">The chain behind the method in short names, without the method itself: <c>CustomerRepository.FindAsync → DbSet.FindAsync</c>.</param>
public sealed record RoundTripFact(RoundTripKind Kind, DataLibrary? Library, ulong Sources, string Chain);

/// <summary>What referenced assemblies say about methods whose source this build does not see.</summary>
internal interface IForeignFacts
{
    /// <summary>The simple names of all methods and properties with facts: the prefilter asks by name.</summary>
    IEnumerable<string> MemberNames { get; }

    /// <summary>
    /// Returns the facts about a method or accessor of another assembly (an original definition, an interface member included); empty where nothing is known. Round trips behind a cache guard, and
    /// those in a loop of the callee, are not among them.
    /// </summary>
    ImmutableArray<RoundTripFact> Of(IMethodSymbol method);
}

/// <summary>No facts: everything that is known is known from source.</summary>
internal sealed class NoForeignFacts : IForeignFacts
{
    public static readonly NoForeignFacts Instance = new();

    public IEnumerable<string> MemberNames => [];

    public ImmutableArray<RoundTripFact> Of(IMethodSymbol method) => ImmutableArray<RoundTripFact>.Empty;
}
