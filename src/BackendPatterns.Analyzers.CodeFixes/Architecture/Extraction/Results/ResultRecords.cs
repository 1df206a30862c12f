using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Results;

/// <summary>
/// Gives names to the anonymous types that queries of an endpoint type project to: a service cannot return them otherwise. The records go next to the interface of the service.
/// </summary>
internal static class ResultRecords
{
    /// <summary>
    /// Returns the endpoint's document with records in place of anonymous types, in those handlers whose data access has to stay otherwise, and the endpoint type in it; null where
    /// none can be replaced.
    /// </summary>
    public static async Task<(Document Document, SyntaxNode Type)?> InsteadOfAnonymousTypesAsync(EndpointWithData data, CancellationToken cancellationToken)
    {
        var endpoint = data.Endpoint;
        var compilation = endpoint.Semantics.Compilation;
        var language = ((CSharpParseOptions)endpoint.Container.SyntaxTree.Options).LanguageVersion;
        if (language < LanguageVersion.CSharp9 || compilation.FindType("System.Runtime.CompilerServices.IsExternalInit") is null)
            return null;
        var (records, creations) = Find(data, cancellationToken);
        var canRequire = language >= LanguageVersion.CSharp11 && compilation.FindType("System.Runtime.CompilerServices.RequiredMemberAttribute") is not null;
        var declarations = Declarations(records, endpoint.Type.DeclaredAccessibility is Accessibility.Public, canRequire);
        if (declarations.Count == 0)
            return null;
        var mark = new SyntaxAnnotation();
        var container = endpoint.Container.ReplaceNodes(
            creations.Where(pair => declarations.ContainsKey(pair.Value)).Select(static pair => pair.Key),
            (original, rewritten) => creations[original].Creation((AnonymousObjectCreationExpressionSyntax)rewritten)).WithAdditionalAnnotations(mark);
        var root = endpoint.Container.SyntaxTree.GetRoot(cancellationToken).ReplaceNode(endpoint.Container, container);
        var solution = endpoint.Document.WithSyntaxRoot(root).Project.Solution;
        var added = new List<DocumentId>();
        foreach (var record in declarations.Keys.OrderBy(static record => record.Name, StringComparer.Ordinal))
        {
            var id = DocumentId.CreateNewId(endpoint.Document.Project.Id);
            var unit = NewFile.Of(endpoint, data.Place, data.Place.Interface, ImmutableArray<ServiceMethod>.Empty, declarations[record]);
            solution = solution.AddDocument(id, record.Name + ".cs", unit, data.Place.Interface.Folders, NewFile.PathOf(data.Place.Interface, record.Name + ".cs"));
            added.Add(id);
        }

        foreach (var id in added)
            solution = await NewFile.FinishedAsync(solution, id, endpoint.Document, cancellationToken).ConfigureAwait(false);
        var document = solution.GetDocument(endpoint.Document.Id)!;
        return (document, (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!.GetAnnotatedNodes(mark).Single());
    }

    /// <summary>The anonymous types with the names of their records, and the places that make their objects.</summary>
    private static (Dictionary<ITypeSymbol, ResultRecord> Records, Dictionary<SyntaxNode, ResultRecord> Creations) Find(EndpointWithData data, CancellationToken cancellationToken)
    {
        var endpoint = data.Endpoint;
        var projected = new ProjectedTypes(endpoint.Semantics, cancellationToken);
        var names = new ResultNames(endpoint.Semantics, cancellationToken);
        var records = new Dictionary<ITypeSymbol, ResultRecord>(SymbolEqualityComparer.Default);
        var creations = new Dictionary<SyntaxNode, ResultRecord>();
        foreach (var handler in endpoint.Handlers)
        {
            var own = endpoint.Values.Any(static value => value is { Moves: true, Handler: null }) ? data.Names.Member : data.Names.Parameter;
            if (ActionSplit.Of(handler, data.Names.Dependencies, endpoint.Semantics, new ServiceDraft([]), own, out var refusal, cancellationToken) is not null || refusal != ActionSplit.DataStays)
                continue;
            foreach (var same in projected.In(handler))
            {
                if (!records.TryGetValue(same.Key, out var record))
                {
                    if (names.For(same.Key, same.First(), handler) is not { } name)
                        continue;
                    records.Add(same.Key, record = new ResultRecord(same.Key, name, data.Place.Interface.Namespace));
                }

                foreach (var creation in same)
                    creations[creation] = record;
            }
        }

        return (records, creations);
    }

    /// <summary>The declarations of those records whose members can all be written; one that holds another falls with it.</summary>
    private static Dictionary<ResultRecord, RecordDeclarationSyntax> Declarations(Dictionary<ITypeSymbol, ResultRecord> records, bool isPublic, bool canRequire)
    {
        var left = new Dictionary<ITypeSymbol, ResultRecord>(records, SymbolEqualityComparer.Default);
        while (true)
        {
            var declarations = left.Values.ToDictionary(static record => record, record => record.Declaration(left, isPublic, canRequire));
            var failed = declarations.Where(static pair => pair.Value is null).Select(static pair => pair.Key).ToList();
            if (failed.Count == 0)
                return declarations.ToDictionary(static pair => pair.Key, static pair => pair.Value!);
            foreach (var record in failed)
                left.Remove(record.Type);
        }
    }
}
