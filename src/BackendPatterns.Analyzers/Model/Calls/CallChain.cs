using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>One step of a chain: a method that runs, and the place in its caller.</summary>
/// <param name="Method">The method that runs: for a call through an interface the implementation, for a property its accessor, for a delegate the lambda.</param>
/// <param name="CallSite">Where it is called; in the tree of another compilation where the caller is code of a referenced project.</param>
/// <param name="Names">What a fact says runs there in place of the method, in short names; else null.</param>
public sealed record CallLink(IMethodSymbol Method, Location CallSite, string? Names = null);

/// <summary>The round trip at the end of a chain.</summary>
/// <param name="Name">How messages name it: <c>DbSet.FindAsync</c>; for a fact about a method without source, the rest of the chain.</param>
/// <param name="Kind">Where it goes.</param>
/// <param name="Library">Who makes it, or null where a fact does not say.</param>
/// <param name="Trip">The operation, or null where only a fact about a method without source is known.</param>
/// <param name="IsNextPage">True where what the caller passes only chooses the page of a query: a caller that repeats it walks through the pages.</param>
public sealed record ChainEnd(string Name, RoundTripKind Kind, DataLibrary? Library, RoundTrip? Trip, bool IsNextPage = false)
{
    /// <summary>Returns the end that an operation is.</summary>
    public static ChainEnd At(RoundTrip trip, bool isNextPage = false) => new(trip.Name, trip.Kind, trip.Library, trip, isNextPage);

    /// <summary>Returns the end that a fact stands for.</summary>
    public static ChainEnd At(RoundTripFact fact, bool isNextPage = false) => new(fact.Chain, fact.Kind, fact.Library, Trip: null, isNextPage);
}

/// <summary>How a call reaches a round trip that it does not make itself.</summary>
/// <param name="Links">The methods on the way, outermost first; the first one is what the call itself names.</param>
/// <param name="End">The round trip at the end.</param>
/// <param name="Caller">The type that contains the outermost call, or null where that is not known.</param>
/// <param name="Locations">The places on the way that belong to the compilation of the question, beyond the outermost call: each inner call, then the round trip.</param>
public sealed record CallChain(ImmutableArray<CallLink> Links, ChainEnd End, INamedTypeSymbol? Caller, ImmutableArray<Location> Locations)
{
    /// <summary>
    /// The chain in short names: <c>LoadCustomerAsync → CustomerRepository.FindAsync → DbSet.FindAsync</c>. A method of the caller's own class and a local
    /// function go by their plain name.
    /// </summary>
    public string Text => TextFrom(0, Caller);

    /// <summary>The same without the outermost call.</summary>
    internal string TextBehind => TextFrom(1, Links[0].Method.ContainingType);

    private string TextFrom(int first, INamedTypeSymbol? caller)
    {
        var names = new List<string>(Links.Length + 1);
        for (var i = first; i < Links.Length; i++)
        {
            names.Add(Links[i].Names ?? ShortNames.Of(Links[i].Method, caller));
            caller = Links[i].Method.ContainingType;
        }

        names.Add(End.Name);
        return string.Join(" → ", names);
    }
}
