using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls.Facts;

/// <summary>
/// The interfaces that a project calls and does not implement: its own ones, which a project above it implements (the ports of a layered application), and
/// those of other projects that are named like data access. What a call of them runs is known further up.
/// </summary>
internal sealed class OpenInterfaces
{
    private static readonly string[] DataAccessEndings = ["Repository", "Store", "Dao", "Dal"];

    private readonly HashSet<INamedTypeSymbol> _types = new(SymbolEqualityComparer.Default);

    public OpenInterfaces(Compilation compilation, IEnumerable<INamedTypeSymbol> types)
    {
        var implemented = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var type in types)
        {
            if (type.TypeKind is TypeKind.Interface)
                _types.Add(type);
            else if (type.TypeKind is TypeKind.Class or TypeKind.Struct)
                implemented.UnionWith(type.AllInterfaces.Select(static contract => contract.OriginalDefinition));
        }

        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (!FrameworkAssemblies.Contain(assembly) && assembly.TypeNames.Any(IsNamedLikeDataAccess))
                _types.UnionWith(assembly.GlobalNamespace.Types().Where(static type => type is { TypeKind: TypeKind.Interface, DeclaredAccessibility: Accessibility.Public } && IsNamedLikeDataAccess(type.Name)));
        }

        _types.ExceptWith(implemented);
    }

    /// <summary>The simple names of their members, as code writes them.</summary>
    public IEnumerable<string> MemberNames => _types.SelectMany(static type => type.GetMembers()).Select(static member => member is IPropertySymbol { IsIndexer: true } ? TreeIndex.Indexer : member.Name);

    /// <summary>True where nothing in this project says what a call of the method runs.</summary>
    public bool Declare(IMethodSymbol method) => method.IsAbstract && _types.Contains(method.ContainingType.OriginalDefinition);

    private static bool IsNamedLikeDataAccess(string name) =>
        name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]) && Array.Exists(DataAccessEndings, ending => name.EndsWith(ending, StringComparison.Ordinal));
}
