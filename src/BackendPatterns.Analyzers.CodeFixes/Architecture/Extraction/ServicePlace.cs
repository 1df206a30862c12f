using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction;

/// <summary>
/// Where a project keeps its services and how it writes them: the folder with most of them that is nearest to the endpoint type, else <c>Services</c> next to
/// the folder of the endpoint type.
/// </summary>
internal sealed class ServicePlace
{
    private const string Role = "Service";
    private const string DefaultFolder = "Services";

    private static readonly HashSet<string> EndpointFolders = new(StringComparer.Ordinal) { "Controllers", "Endpoints", "Endpoint", "Pages", "Hubs", "Apis", "Api", "Routes", "Modules" };

    private ServicePlace(NewFilePlace forInterface, NewFilePlace forClass, ClassDeclarationSyntax? sibling, bool isOneFile, bool isSealed)
    {
        Interface = forInterface;
        Class = forClass;
        Sibling = sibling;
        IsOneFile = isOneFile;
        IsSealed = isSealed;
    }

    public NewFilePlace Interface { get; }

    public NewFilePlace Class { get; }

    /// <summary>A service of the folder; null where the project has none.</summary>
    public ClassDeclarationSyntax? Sibling { get; }

    /// <summary>True where the project writes a service and its interface into one file.</summary>
    public bool IsOneFile { get; }

    /// <summary>True where the project seals its services.</summary>
    public bool IsSealed { get; }

    /// <summary>Returns the place.</summary>
    public static ServicePlace Of(Document endpoint, INamedTypeSymbol? type, Compilation compilation, CancellationToken cancellationToken)
    {
        var services = ServicesOf(endpoint.Project, compilation, cancellationToken);
        var near = services.GroupBy(static service => service.Directory)
            .OrderByDescending(group => Folder.CommonDepth(group.Key, Folder.Of(endpoint))).ThenByDescending(static group => group.Count()).ThenBy(static group => group.Key, StringComparer.Ordinal)
            .Select(static group => group.ToList()).ToList();
        if (near.Count == 0)
            return Default(endpoint, type);
        var best = near[0];
        var sibling = best.GroupBy(static service => (Own: NamespaceOf(service.Declaration), Contract: service.Interface.Document.FilePath is { } path ? Folder.Above(path.Replace('\\', '/')) : ""))
            .OrderByDescending(static group => group.Count()).First().First();
        var isSealed = services.Count(static service => service.Declaration.Modifiers.Any(SyntaxKind.SealedKeyword)) * 2 > services.Count;
        if (best.Count == 1 && near.Count > 1 && ParentOf(sibling, near) is { } parent)
            return new ServicePlace(parent, parent, sibling.Declaration, sibling.Interface.Document.Id == sibling.Document.Id, isSealed);
        var forInterface = PlaceOf(sibling.Interface);
        var forClass = PlaceOf((sibling.Document, sibling.Declaration));
        // A file that says no namespace is no example for an endpoint that has one.
        if (type is { ContainingNamespace.IsGlobalNamespace: false } && (forInterface.Namespace.Length == 0 || forClass.Namespace.Length == 0))
        {
            var space = NamespaceIn(sibling.Directory, compilation, cancellationToken) ?? Default(endpoint, type).Class.Namespace;
            forInterface = forInterface.Namespace.Length == 0 ? forInterface with { Namespace = space } : forInterface;
            forClass = forClass.Namespace.Length == 0 ? forClass with { Namespace = space } : forClass;
        }

        return new ServicePlace(forInterface, forClass, sibling.Declaration, sibling.Interface.Document.Id == sibling.Document.Id, isSealed);
    }

    /// <summary>Returns the namespace of most types in the files of a folder; null where none is in one.</summary>
    private static string? NamespaceIn(string directory, Compilation compilation, CancellationToken cancellationToken) =>
        compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0 && Folder.Above(tree.FilePath.Replace('\\', '/')) == directory)
            .SelectMany(tree => tree.GetRoot(cancellationToken).DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<TypeDeclarationSyntax>())
            .Select(NamespaceOf).Where(static space => space.Length > 0)
            .GroupBy(static space => space, StringComparer.Ordinal).OrderByDescending(static group => group.Count()).ThenBy(static group => group.Key, StringComparer.Ordinal)
            .FirstOrDefault()?.Key;

    /// <summary>A project with a folder for each service: the new one goes above them.</summary>
    private static NewFilePlace? ParentOf(Service one, List<List<Service>> groups)
    {
        var above = Folder.Above(one.Directory);
        if (above.Length == 0 || groups.Count(group => group.Count == 1 && Folder.Above(group[0].Directory) == above) < 2)
            return null;
        var place = PlaceOf((one.Document, one.Declaration));
        var dot = place.Namespace.LastIndexOf('.');
        return dot < 0 || place.Folders.Length == 1 ? null : new NewFilePlace(
            place.Namespace.Substring(0, dot), place.Folders.IsEmpty ? place.Folders : place.Folders.RemoveAt(place.Folders.Length - 1), place.Directory is null ? null : above);
    }

    private static ServicePlace Default(Document endpoint, INamedTypeSymbol? type)
    {
        var space = type?.ContainingNamespace is { IsGlobalNamespace: false } own ? own.ToDisplayString() : type is null ? endpoint.Project.DefaultNamespace ?? "" : "";
        var segments = space.Split('.').Where(static part => part.Length > 0).ToImmutableArray();
        var path = Folder.Of(endpoint).Split('/').ToImmutableArray();
        var depth = DepthInProject(endpoint.Project, path) ?? EndpointDepth(segments, path);
        var folders = endpoint.Folders.Take(Math.Max(0, endpoint.Folders.Count - depth)).Append(DefaultFolder).ToImmutableArray();
        var place = new NewFilePlace(
            string.Join(".", segments.Length == 0 ? segments : segments.Take(segments.Length - FoldersIn(segments, path, depth)).Append(DefaultFolder)),
            folders,
            endpoint.FilePath is null ? null : string.Join("/", path.Take(path.Length - depth).Where(static (part, index) => part.Length > 0 || index == 0).Append(DefaultFolder)));
        return new ServicePlace(place, place, sibling: null, isOneFile: false, isSealed: false);
    }

    /// <summary>Returns how many folders below the project a file stands; null where the project's folder is not known.</summary>
    private static int? DepthInProject(Project project, ImmutableArray<string> path)
    {
        if (project.FilePath is not { } file)
            return null;
        var root = Folder.Above(file.Replace('\\', '/')).Split('/');
        return root.Length <= path.Length && root.SequenceEqual(path.Take(root.Length)) ? path.Length - root.Length : null;
    }

    /// <summary>Returns how many of the last segments are folders below the project.</summary>
    private static int FoldersIn(ImmutableArray<string> segments, ImmutableArray<string> path, int depth)
    {
        var count = 0;
        while (count < depth && count < segments.Length - 1 && string.Equals(segments[segments.Length - 1 - count], path[path.Length - 1 - count], StringComparison.OrdinalIgnoreCase))
            count++;
        return count;
    }

    /// <summary>
    /// Returns how many folders up the services stand: of <c>Shop.Web.Controllers.Admin</c> in <c>Controllers/Admin</c> next to <c>Controllers</c>, two. Only parts of the
    /// namespace that are folders count: <c>Api</c> of <c>Shop.Api</c> is the project.
    /// </summary>
    private static int EndpointDepth(ImmutableArray<string> segments, ImmutableArray<string> path)
    {
        var depth = 0;
        for (var up = 1; up <= segments.Length && up <= path.Length && segments[segments.Length - up] == path[path.Length - up]; up++)
        {
            if (EndpointFolders.Contains(segments[segments.Length - up]))
                depth = up;
        }

        return depth;
    }

    private static List<Service> ServicesOf(Project project, Compilation compilation, CancellationToken cancellationToken)
    {
        var services = new List<Service>();
        foreach (var symbol in compilation.GetSymbolsWithName(static name => name.EndsWith(Role, StringComparison.Ordinal) && name.Length > Role.Length, SymbolFilter.Type, cancellationToken))
        {
            if (symbol is not INamedTypeSymbol { TypeKind: TypeKind.Class, IsStatic: false, IsAbstract: false, ContainingType: null, IsGenericType: false } type
                || type.Interfaces.FirstOrDefault(contract => contract.Name == "I" + type.Name) is not { } contract
                || DeclarationOf<ClassDeclarationSyntax>(type, project) is not var (document, declaration)
                || DeclarationOf<InterfaceDeclarationSyntax>(contract, project) is not { } contractPlace)
            {
                continue;
            }

            services.Add(new Service(Folder.Of(document), document, declaration, contractPlace));
        }

        return services.OrderBy(static service => service.Document.FilePath ?? service.Document.Name, StringComparer.Ordinal).ToList();
    }

    private static (Document Document, T Declaration)? DeclarationOf<T>(INamedTypeSymbol type, Project project)
        where T : TypeDeclarationSyntax =>
        type.DeclaringSyntaxReferences is [var reference] && reference.GetSyntax() is T declaration && project.GetDocument(reference.SyntaxTree) is { } document and not SourceGeneratedDocument
            ? (document, declaration)
            : null;

    private static NewFilePlace PlaceOf<T>((Document Document, T Declaration) at)
        where T : TypeDeclarationSyntax =>
        NewFilePlace.Beside(at.Document, NamespaceOf(at.Declaration));

    private static string NamespaceOf(TypeDeclarationSyntax declaration) =>
        string.Join(".", declaration.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Reverse().Select(static space => space.Name.ToString()));

    private sealed record Service(string Directory, Document Document, ClassDeclarationSyntax Declaration, (Document Document, InterfaceDeclarationSyntax Declaration) Interface);
}
