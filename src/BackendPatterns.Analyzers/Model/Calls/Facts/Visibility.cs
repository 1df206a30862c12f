using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls.Facts;

/// <summary>Which methods of a compilation another assembly can call.</summary>
internal sealed class Visibility
{
    private readonly bool _hasFriends;

    public Visibility(IAssemblySymbol assembly)
    {
        foreach (var attribute in assembly.GetAttributes())
        {
            if (attribute.AttributeClass?.Name is "InternalsVisibleToAttribute" && attribute.ConstructorArguments is [{ Value: string friend }, ..] && !IsForTests(friend))
                _hasFriends = true;
        }
    }

    /// <summary>True where the symbol and all types around it can be named outside of the assembly.</summary>
    public bool ReachesOutside(ISymbol symbol)
    {
        for (var current = symbol; current is not null and not INamespaceSymbol; current = current.ContainingType)
        {
            if (!IsVisible(current.DeclaredAccessibility))
                return false;
        }

        return true;
    }

    private bool IsVisible(Accessibility accessibility) => accessibility switch
    {
        Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal => true,
        Accessibility.Internal or Accessibility.ProtectedAndInternal => _hasFriends,
        _ => false,
    };

    /// <summary>Test projects are not analysed, and proxies are not source: for them alone, internals stay inside.</summary>
    private static bool IsForTests(string friend)
    {
        var end = friend.IndexOf(',');
        var name = (end < 0 ? friend : friend.Substring(0, end)).TrimEnd();
        return name.EndsWith("Tests", StringComparison.OrdinalIgnoreCase) || name.EndsWith("Test", StringComparison.OrdinalIgnoreCase)
            || name == "DynamicProxyGenAssembly2";
    }
}
