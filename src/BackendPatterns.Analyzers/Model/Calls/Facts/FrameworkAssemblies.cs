using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls.Facts;

/// <summary>The assemblies of .NET, ASP.NET Core and EF Core: most references of a project, and none of them states or receives facts.</summary>
internal static class FrameworkAssemblies
{
    private static readonly string[] Families =
    [
        "System.", "Microsoft.AspNetCore.", "Microsoft.EntityFrameworkCore.", "Microsoft.Extensions.", "Microsoft.Win32.", "Microsoft.CSharp.", "Microsoft.VisualBasic.",
        "Microsoft.JSInterop.", "Microsoft.Net.", "Microsoft.Data.", "mscorlib.", "netstandard.",
    ];

    /// <summary>True for an assembly of these; cheap.</summary>
    public static bool Contain(IAssemblySymbol? assembly)
    {
        if (assembly is null)
            return false;
        foreach (var family in Families)
        {
            if (IsInFamily(assembly.Name, family))
                return true;
        }

        return false;
    }

    /// <summary>The name itself counts too: <c>System</c>, <c>Microsoft.EntityFrameworkCore</c>.</summary>
    private static bool IsInFamily(string name, string family) =>
        name.StartsWith(family, StringComparison.Ordinal)
        || (name.Length == family.Length - 1 && string.CompareOrdinal(name, 0, family, 0, name.Length) == 0);
}
