using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Registrations;

/// <summary>
/// Which kinds of names the code of a referenced assembly may register: it or an assembly that it uses refers to the assembly of the framework in
/// which one registers them. Compilers write down only the references that code really uses.
/// </summary>
internal sealed class ForeignRegistrations
{
    private const int MostAssemblies = 400;

    private readonly ConcurrentDictionary<IAssemblySymbol, NameKinds> _kinds = new(SymbolEqualityComparer.Default);

    /// <summary>Returns the kinds of names that calling into an assembly may register.</summary>
    public NameKinds MadeBy(IAssemblySymbol assembly) => _kinds.TryGetValue(assembly, out var known) ? known : _kinds.GetOrAdd(assembly, Read(assembly));

    private static NameKinds Read(IAssemblySymbol start)
    {
        var kinds = NameKinds.None;
        var seen = new HashSet<IAssemblySymbol>(SymbolEqualityComparer.Default) { start };
        var pending = new Queue<IAssemblySymbol>();
        pending.Enqueue(start);
        while (pending.Count > 0 && kinds != NameKinds.All)
        {
            foreach (var module in pending.Dequeue().Modules)
            {
                foreach (var reference in module.ReferencedAssemblySymbols)
                {
                    if (IsFramework(reference.Name))
                        kinds |= RegisteredThrough(reference.Name);
                    else if (seen.Count < MostAssemblies && seen.Add(reference))
                        pending.Enqueue(reference);
                }
            }
        }

        return kinds;
    }

    private static bool IsFramework(string assembly) =>
        assembly.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || assembly.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
        || assembly.StartsWith("System.", StringComparison.Ordinal) || assembly is "System" or "mscorlib" or "netstandard";

    private static NameKinds RegisteredThrough(string assembly)
    {
        if (assembly.StartsWith("Microsoft.AspNetCore.Authorization", StringComparison.Ordinal))
            return NameKinds.AuthorizationPolicy;
        // The abstractions are for those who ask for schemes, as documents of an API do; they are added through the builder.
        if (assembly == "Microsoft.AspNetCore.Authentication.Abstractions")
            return NameKinds.None;
        if (assembly.StartsWith("Microsoft.AspNetCore.Authentication", StringComparison.Ordinal) || assembly.StartsWith("Microsoft.AspNetCore.Identity", StringComparison.Ordinal))
            return NameKinds.AuthenticationScheme;
        return assembly switch
        {
            "Microsoft.AspNetCore.ApiAuthorization.IdentityServer" => NameKinds.AuthorizationPolicy | NameKinds.AuthenticationScheme,
            "Microsoft.AspNetCore.RateLimiting" => NameKinds.RateLimiterPolicy,
            "Microsoft.AspNetCore.Cors" => NameKinds.CorsPolicy,
            "Microsoft.AspNetCore.OutputCaching" => NameKinds.OutputCachePolicy,
            // The assembly of everything, up to ASP.NET Core 2.
            "Microsoft.AspNetCore.All" or "Microsoft.AspNetCore.App" => NameKinds.All,
            _ => NameKinds.None,
        };
    }
}
