using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.Calls.Facts;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Libraries;

/// <summary>Which assemblies hold code of the application: this project and the projects it references, not packages and not the framework.</summary>
public sealed class OwnCode
{
    private static readonly char[] Separators = ['/', '\\'];

    private readonly Lazy<ImmutableHashSet<IAssemblySymbol>> _assemblies;

    public OwnCode(Compilation compilation) => _assemblies = BackendModel.Once(() => Find(compilation));

    /// <summary>This project's assembly and those of the projects it references, in no order.</summary>
    public IEnumerable<IAssemblySymbol> Assemblies => _assemblies.Value;

    /// <summary>True for code of the application. False for null, and where that cannot be told from the place of the assembly.</summary>
    public bool Contains(IAssemblySymbol? assembly) => assembly is not null && _assemblies.Value.Contains(assembly);

    private static ImmutableHashSet<IAssemblySymbol> Find(Compilation compilation)
    {
        var own = ImmutableHashSet.CreateBuilder<IAssemblySymbol>(SymbolEqualityComparer.Default);
        own.Add(compilation.Assembly);
        foreach (var reference in compilation.References)
        {
            if (compilation.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol assembly && !FrameworkAssemblies.Contain(assembly) && IsOfProject(reference))
                own.Add(assembly);
        }

        return own.ToImmutable();
    }

    /// <summary>
    /// In editors a project is referenced as a compilation. A build references what it wrote for the project, below its <c>obj</c> or <c>bin</c> folder; packages lie elsewhere.
    /// </summary>
    private static bool IsOfProject(MetadataReference reference) => reference switch
    {
        CompilationReference => true,
        // An image that a tool compiled itself has no file, at most a name.
        PortableExecutableReference { FilePath: { } path } when path.IndexOfAny(Separators) >= 0 => IsBuildOutput(path.Replace('\\', '/')),
        PortableExecutableReference => true,
        _ => false,
    };

    private static bool IsBuildOutput(string path)
    {
        var at = Math.Max(path.LastIndexOf("/obj/", StringComparison.OrdinalIgnoreCase), path.LastIndexOf("/bin/", StringComparison.OrdinalIgnoreCase));
        return at >= 0
            && path.IndexOf("/packs/", at, StringComparison.OrdinalIgnoreCase) < 0
            && path.IndexOf("/packages/", at, StringComparison.OrdinalIgnoreCase) < 0
            && path.IndexOf("/shared/", at, StringComparison.OrdinalIgnoreCase) < 0;
    }
}
