using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Model.Calls.Facts;

/// <summary>
/// The interfaces that a project calls and does not implement: its own ones, which a project above it implements (the ports of a layered application), and
/// those of other projects that are named like data access. What a call of them runs is known further up.
/// </summary>
internal sealed class OpenInterfaces
{
    private static readonly string[] DataAccessEndings = ["Repository", "Store", "Dao", "Dal"];

    private static readonly ConditionalWeakTable<MetadataId, string[]> InAssemblies = new();

    private readonly HashSet<INamedTypeSymbol> _types = new(SymbolEqualityComparer.Default);

    public OpenInterfaces(BackendModel model, CancellationToken cancellation)
    {
        var types = model.Calls.Types(cancellation);
        foreach (var type in model.Compilation.Assembly.GlobalNamespace.Types())
        {
            if (type.TypeKind is TypeKind.Interface && !IsImplemented(type.Name, types, cancellation))
                _types.Add(type);
        }

        foreach (var assembly in model.Compilation.SourceModule.ReferencedAssemblySymbols)
        {
            foreach (var name in NamesIn(assembly))
            {
                if (assembly.GetTypeByMetadataName(name) is { } type && !IsImplemented(type.Name, types, cancellation))
                    _types.Add(type);
            }
        }
    }

    /// <summary>False where the project calls no such interface.</summary>
    public bool Any => _types.Count > 0;

    /// <summary>The simple names of their members, as code writes them.</summary>
    public IEnumerable<string> MemberNames => _types.SelectMany(static type => type.GetMembers())
        .Select(static member => member is IPropertySymbol { IsIndexer: true } ? TreeIndex.Indexer : member.Name).Distinct(StringComparer.Ordinal);

    /// <summary>True where nothing in this project says what a call of the method runs.</summary>
    public bool Declare(IMethodSymbol method) => method.IsAbstract && _types.Contains(method.ContainingType.OriginalDefinition);

    /// <summary>By name, so that no base list has to be bound: a namesake that is implemented makes the answer "implemented".</summary>
    private static bool IsImplemented(string name, TypeNames types, CancellationToken cancellation)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { name };
        var pending = new Stack<string>();
        pending.Push(name);
        while (pending.Count > 0)
        {
            foreach (var type in types.Below(pending.Pop()))
            {
                if (type.Tree.GetRoot(cancellation).FindToken(type.Position).Parent is not InterfaceDeclarationSyntax)
                    return true;
                if (seen.Add(type.Name))
                    pending.Push(type.Name);
            }
        }

        return false;
    }

    private static IEnumerable<string> NamesIn(IAssemblySymbol assembly)
    {
        if (FrameworkAssemblies.Contain(assembly))
            return [];
        return assembly.GetMetadata() is { } metadata
            ? InAssemblies.TryGetValue(metadata.Id, out var known) ? known : InAssemblies.GetValue(metadata.Id, _ => Read(metadata))
            : assembly.GlobalNamespace.Types().Where(static type => type is { TypeKind: TypeKind.Interface, DeclaredAccessibility: Accessibility.Public, ContainingType: null } && IsNamedLikeDataAccess(type.Name))
                .Select(static type => type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() + "." + type.MetadataName : type.MetadataName);
    }

    // A symbol hands out a copy of its metadata each time; the id is that of the original.
    private static string[] Read(AssemblyMetadata assembly) => assembly.GetModules().SelectMany(static module => Read(module.GetMetadataReader())).ToArray();

    private static string[] Read(MetadataReader reader)
    {
        var names = new List<string>();
        foreach (var handle in reader.TypeDefinitions)
        {
            var type = reader.GetTypeDefinition(handle);
            if ((type.Attributes & (TypeAttributes.Interface | TypeAttributes.VisibilityMask)) != (TypeAttributes.Interface | TypeAttributes.Public))
                continue;
            var name = reader.GetString(type.Name);
            var tick = name.IndexOf('`');
            if (!IsNamedLikeDataAccess(tick < 0 ? name : name.Substring(0, tick)))
                continue;
            var space = reader.GetString(type.Namespace);
            names.Add(space.Length == 0 ? name : space + "." + name);
        }

        return names.ToArray();
    }

    private static bool IsNamedLikeDataAccess(string name) =>
        name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]) && Array.Exists(DataAccessEndings, ending => name.EndsWith(ending, StringComparison.Ordinal));
}
