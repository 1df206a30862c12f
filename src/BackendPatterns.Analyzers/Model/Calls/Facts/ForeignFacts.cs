using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>One round trip that stands behind a method whose source is in another assembly.</summary>
/// <param name="Kind">Where it goes.</param>
/// <param name="Library">Who makes it, or null where that was not recorded.</param>
/// <param name="Sources">
/// What it depends on: one bit per parameter (<see cref="ValueFlow.BitOf"/>), and <see cref="ValueFlow.This"/> for the state of the instance; 0 where it
/// depends on none of them.
/// </param>
/// <param name="Chain">The chain behind the method in short names, without the method itself: <c>CustomerRepository.FindAsync → DbSet.FindAsync</c>.</param>
/// <param name="PageSources">What it depends on only in which page of the rows it reads, in the same bits.</param>
/// <param name="Implementation">The short name of the method that runs in place of the one that is called, <c>OrderRepository.FindAsync</c>; null where it is the same.</param>
/// <param name="IfTrue">The flags without which it is not made: a bit per parameter.</param>
/// <param name="IfFalse">The flags with which it is not made.</param>
/// <param name="IfChosen">What must hold of parameters of enumeration types for it to be made; default for nothing.</param>
public sealed record RoundTripFact(
    RoundTripKind Kind, DataLibrary? Library, ulong Sources, string Chain, ulong PageSources = 0, string? Implementation = null, ulong IfTrue = 0, ulong IfFalse = 0,
    ImmutableArray<ChoiceCondition> IfChosen = default);

/// <summary>One call in a method of another assembly whose author could not know what it runs: an interface that a third project implements.</summary>
/// <param name="Target">The method that is called, as this compilation knows it.</param>
/// <param name="Arguments">For each parameter of the target, what its argument depends on, as <see cref="RoundTripFact.Sources"/>.</param>
/// <param name="Names">The short names of what runs before the target is called: <c>OrderService.LoadAsync → Check</c>.</param>
internal sealed record ForeignCall(IMethodSymbol Target, ImmutableArray<ulong> Arguments, string Names)
{
    /// <summary>Returns what the target receives of what is carried into the method.</summary>
    public ulong Receives(ulong carried)
    {
        var received = 0UL;
        for (var i = 0; i < Arguments.Length; i++)
        {
            if ((Arguments[i] & carried) != 0)
                received |= ValueFlow.BitAt(i);
        }

        return received;
    }
}

/// <summary>What referenced assemblies say about methods whose source this build does not see.</summary>
internal interface IForeignFacts
{
    /// <summary>The simple names of all methods and properties with facts, and the kinds of round trips behind them: the prefilter asks by name.</summary>
    IEnumerable<(string Name, NameTraits Kinds)> MemberNames { get; }

    /// <summary>
    /// Returns the facts about a method or accessor of another assembly (an interface member included, with the type arguments that it is called on); empty where nothing is
    /// known. Round trips behind a cache guard, and those in a loop of the callee, are not among them.
    /// </summary>
    ImmutableArray<RoundTripFact> Of(IMethodSymbol method);

    /// <summary>Returns the calls in a method of another assembly that only the projects above it can follow; empty where nothing is known.</summary>
    ImmutableArray<ForeignCall> CallsOf(IMethodSymbol method);

    /// <summary>
    /// True where something is stated about the type that declares a method: whoever stated it has looked at the implementation, so that a member without facts has
    /// nothing to hide.
    /// </summary>
    bool HasLookedAt(IMethodSymbol method);
}
