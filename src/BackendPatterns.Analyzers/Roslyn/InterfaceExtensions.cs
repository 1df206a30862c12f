using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Roslyn;

/// <summary>Questions about members and the interfaces that ask for them.</summary>
public static class InterfaceExtensions
{
    /// <summary>Returns the interface members of its own name that a member implements for its type; none for an explicit implementation, which has another name.</summary>
    public static IEnumerable<ISymbol> ImplementedMembers(this ISymbol member)
    {
        foreach (var contract in member.ContainingType.AllInterfaces)
        {
            foreach (var promised in contract.GetMembers(member.Name))
            {
                if (SymbolEqualityComparer.Default.Equals(member.ContainingType.FindImplementationForInterfaceMember(promised), member))
                    yield return promised;
            }
        }
    }
}
