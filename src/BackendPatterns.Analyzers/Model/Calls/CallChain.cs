using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>One step of a chain: a method that is called, and the place in its caller.</summary>
/// <param name="Method">The method that is called.</param>
/// <param name="CallSite">Where it is called.</param>
public sealed record CallLink(IMethodSymbol Method, Location CallSite);

/// <summary>How a call reaches a round trip that it does not make itself.</summary>
/// <param name="Links">The methods on the way, outermost first; the first one is what the call itself names.</param>
/// <param name="Trip">The round trip at the end.</param>
public sealed record CallChain(ImmutableArray<CallLink> Links, RoundTrip Trip)
{
    /// <summary>The chain in short names: <c>LoadCustomerAsync → DbSet.FindAsync</c>.</summary>
    public string Text
    {
        get
        {
            var names = new List<string>(Links.Length + 1);
            foreach (var link in Links)
                names.Add(link.Method.Name);
            names.Add(Trip.Name);
            return string.Join(" → ", names);
        }
    }

    /// <summary>The places on the way, beyond the outermost call: each inner call, then the round trip.</summary>
    public IEnumerable<Location> Locations
    {
        get
        {
            for (var i = 1; i < Links.Length; i++)
                yield return Links[i].CallSite;
            yield return Trip.Operation.Syntax.GetLocation();
        }
    }
}
