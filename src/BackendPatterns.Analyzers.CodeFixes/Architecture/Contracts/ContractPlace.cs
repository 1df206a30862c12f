using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Contracts;

/// <summary>
/// Where a new request or response record goes: into the endpoint's own file where that declares contracts, else next to the contracts of the project that are nearest to it, else
/// into <c>Contracts</c> next to the folder of the endpoint.
/// </summary>
internal sealed class ContractPlace
{
    private const string DefaultFolder = "Contracts";

    private static readonly string[] Roles = ["Request", "Response", "Dto", "DTO", "Contract"];

    private static readonly HashSet<string> EndpointFolders = new(StringComparer.Ordinal) { "Controllers", "Endpoints", "Endpoint", "Apis", "Api", "Routes", "Modules", "Features" };

    private readonly Document _endpoint;
    private readonly CompilationUnitSyntax _root;
    private readonly NewFilePlace _place;
    private readonly bool _isOwnFile;

    private ContractPlace(Document endpoint, CompilationUnitSyntax root, NewFilePlace place, bool isOwnFile)
    {
        _endpoint = endpoint;
        _root = root;
        _place = place;
        _isOwnFile = isOwnFile;
    }

    /// <summary>Returns the place for the contracts of an endpoint in a document.</summary>
    public static ContractPlace Of(Document endpoint, SyntaxNode place, Compilation compilation, CancellationToken cancellationToken)
    {
        var root = (CompilationUnitSyntax)place.SyntaxTree.GetRoot(cancellationToken);
        var own = place.FirstAncestorOrSelf<BaseNamespaceDeclarationSyntax>()?.Name.ToString() ?? "";
        var siblings = SiblingsOf(endpoint.Project, compilation, cancellationToken);
        if (siblings.Any(sibling => sibling.Document.Id == endpoint.Id))
            return new ContractPlace(endpoint, root, NewFilePlace.Beside(endpoint, own), isOwnFile: true);
        var best = siblings.GroupBy(static sibling => (Folder.Of(sibling.Document), sibling.Namespace))
            .OrderByDescending(group => Folder.CommonDepth(group.Key.Item1, Folder.Of(endpoint))).ThenByDescending(static group => group.Count()).ThenBy(static group => group.Key.Item1, StringComparer.Ordinal)
            .FirstOrDefault();
        return new ContractPlace(endpoint, root, best is null ? Default(endpoint, own) : NewFilePlace.Beside(best.First().Document, best.Key.Namespace), isOwnFile: false);
    }

    /// <summary>
    /// Returns the solution with the record added, and the document that has it.
    /// </summary>
    /// <param name="endpoint">The endpoint's document as it is by now.</param>
    /// <param name="record">The declaration and what it needs.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<(Solution Solution, DocumentId Id)> AddAsync(Document endpoint, ContractText record, CancellationToken cancellationToken)
    {
        var imports = record.NamespacesFor(_place.Namespace).ToList();
        if (_isOwnFile)
        {
            var changed = (CompilationUnitSyntax)(await endpoint.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
            foreach (var import in imports)
                changed = AddImport(changed, import);
            return (endpoint.WithSyntaxRoot(Append(changed, record)).Project.Solution, endpoint.Id);
        }

        var id = DocumentId.CreateNewId(endpoint.Project.Id, record.Name);
        var added = endpoint.Project.Solution.AddDocument(
            id, record.Name + ".cs", SourceText.From(FileOf(record, imports), _root.SyntaxTree.Encoding), _place.Folders, _place.Directory is null ? null : _place.Directory + "/" + record.Name + ".cs");
        var root = (CompilationUnitSyntax)(await added.GetDocument(_endpoint.Id)!.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        return (IsInScope(_place.Namespace) ? added : added.WithDocumentSyntaxRoot(_endpoint.Id, AddImport(root, _place.Namespace)), id);
    }

    /// <summary>Returns the solution with the endpoint's document importing a namespace that has a record already.</summary>
    public Solution Import(CompilationUnitSyntax changed, string space) => _endpoint.WithSyntaxRoot(IsInScope(space) ? changed : AddImport(changed, space)).Project.Solution;

    private static CompilationUnitSyntax AddImport(CompilationUnitSyntax root, string space) =>
        UsingDirectives.Add(root, space, root.Usings.Count == 0 && root.Members.FirstOrDefault() is BaseNamespaceDeclarationSyntax { Usings.Count: > 0 } ? 0 : -1);

    private bool IsInScope(string space)
    {
        var own = _root.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString() ?? "";
        return space.Length == 0 || own == space || own.StartsWith(space + ".", StringComparison.Ordinal)
            || _root.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<UsingDirectiveSyntax>().Any(directive => directive.Alias is null && directive.Name?.ToString() == space);
    }

    /// <summary>The record is the last type of the file, or of its namespace.</summary>
    private CompilationUnitSyntax Append(CompilationUnitSyntax root, ContractText record)
    {
        var endOfLine = LineBreaks.In(_root).ToString();
        var space = root.Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault();
        var indentation = space is NamespaceDeclarationSyntax ? "    " : "";
        var text = string.Concat(record.Lines.Select(line => (line.Length == 0 ? "" : indentation + line) + endOfLine));
        var declaration = SyntaxFactory.ParseMemberDeclaration(endOfLine + text.TrimEnd() + endOfLine)!;
        return space is null
            ? root.WithMembers(root.Members.Replace(root.Members.Last(), EndingLine(root.Members.Last(), endOfLine)).Add(declaration))
            : root.ReplaceNode(space, space.WithMembers(space.Members.Replace(space.Members.Last(), EndingLine(space.Members.Last(), endOfLine)).Add(declaration)));
    }

    private static MemberDeclarationSyntax EndingLine(MemberDeclarationSyntax last, string endOfLine) =>
        last.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia) ? last : last.WithTrailingTrivia(last.GetTrailingTrivia().Add(SyntaxFactory.EndOfLine(endOfLine)));

    private string FileOf(ContractText record, List<string> imports)
    {
        var isBlock = _root.Members.OfType<NamespaceDeclarationSyntax>().Any();
        var lines = new List<string>();
        foreach (var import in imports)
            lines.Add("using " + import + ";");
        if (imports.Count > 0)
            lines.Add("");
        if (_place.Namespace.Length > 0)
            lines.AddRange(isBlock ? ["namespace " + _place.Namespace, "{"] : ["namespace " + _place.Namespace + ";", ""]);
        foreach (var line in record.Lines)
            lines.Add(isBlock && line.Length > 0 && _place.Namespace.Length > 0 ? "    " + line : line);
        if (isBlock && _place.Namespace.Length > 0)
            lines.Add("}");
        var endOfLine = LineBreaks.In(_root).ToString();
        return string.Concat(lines.Select(line => line + endOfLine));
    }

    private static NewFilePlace Default(Document endpoint, string own)
    {
        var segments = own.Split('.').Where(static part => part.Length > 0).ToList();
        if (segments.Count == 0 && endpoint.Project.DefaultNamespace is { Length: > 0 } named)
            segments = named.Split('.').ToList();
        var folders = endpoint.Folders.ToList();
        var path = Folder.Of(endpoint).Split('/').ToList();
        while (segments.Count > 0 && EndpointFolders.Contains(segments[segments.Count - 1]) && path.Count > 0 && path[path.Count - 1] == segments[segments.Count - 1])
        {
            segments.RemoveAt(segments.Count - 1);
            path.RemoveAt(path.Count - 1);
            if (folders.Count > 0)
                folders.RemoveAt(folders.Count - 1);
        }

        // Code in the global namespace names its contracts without one.
        if (segments.Count > 0)
            segments.Add(DefaultFolder);
        return new NewFilePlace(
            string.Join(".", segments), folders.Append(DefaultFolder).ToImmutableArray(), endpoint.FilePath is null ? null : string.Join("/", path.Append(DefaultFolder)));
    }

    private static List<(Document Document, string Namespace)> SiblingsOf(Project project, Compilation compilation, CancellationToken cancellationToken)
    {
        var siblings = new List<(Document, string)>();
        foreach (var symbol in compilation.GetSymbolsWithName(static name => Array.Exists(Roles, role => name.Length > role.Length && name.EndsWith(role, StringComparison.Ordinal)), SymbolFilter.Type, cancellationToken))
        {
            if (symbol is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsStatic: false, ContainingType: null, DeclaringSyntaxReferences: [var only] } type
                && type.BaseType is not { Name: "Attribute" or "Exception" } && project.GetDocument(only.SyntaxTree) is { } document and not SourceGeneratedDocument)
            {
                siblings.Add((document, type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() : ""));
            }
        }

        return siblings;
    }
}
