using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction;

/// <summary>Whether everything that may notice an extracted service still compiles.</summary>
internal static class ExtractionCheck
{
    /// <summary>A public member without documentation: new types have none.</summary>
    private const string MissingDocumentation = "CS1591";

    /// <summary>
    /// Returns an error or a warning that the changed and added files have more often than the files had before, or an error in another file that mentions the names; null where there is none.
    /// </summary>
    public static async Task<string?> FirstErrorAsync(Solution before, Solution after, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var old = new List<Diagnostic>();
        var now = new List<Diagnostic>();
        var touched = new HashSet<DocumentId>();
        foreach (var project in after.GetChanges(before).GetProjectChanges())
        {
            foreach (var id in project.GetChangedDocuments().Concat(project.GetAddedDocuments()))
            {
                touched.Add(id);
                await CountAsync(before.GetDocument(id), old.Add, cancellationToken).ConfigureAwait(false);
                await CountAsync(after.GetDocument(id), now.Add, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (var same in now.GroupBy(static diagnostic => diagnostic.Id))
        {
            // What moved is found again by its text; what cannot be is the one to name.
            var known = old.Where(diagnostic => diagnostic.Id == same.Key).Select(Text).ToList();
            if (same.Count() > known.Count)
                return Text(same.LastOrDefault(diagnostic => !known.Remove(Text(diagnostic))) ?? same.Last());
        }

        return await FirstErrorElsewhereAsync(before, after, touched, names, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string?> FirstErrorElsewhereAsync(Solution before, Solution after, HashSet<DocumentId> touched, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var own = new HashSet<ProjectId>(touched.Select(static id => id.ProjectId));
        var graph = after.GetProjectDependencyGraph();
        foreach (var id in own.Concat(own.SelectMany(graph.GetProjectsThatTransitivelyDependOnThisProject)).Distinct())
        {
            foreach (var document in after.GetProject(id)!.Documents)
            {
                if (touched.Contains(document.Id))
                    continue;
                var text = (await document.GetTextAsync(cancellationToken).ConfigureAwait(false)).ToString();
                if (!names.Any(name => text.Contains(name)))
                    continue;
                Diagnostic? error = null;
                var errors = 0;
                await CountAsync(document, diagnostic => (error, errors) = diagnostic.Severity is DiagnosticSeverity.Error ? (diagnostic, errors + 1) : (error, errors), cancellationToken).ConfigureAwait(false);
                if (error is null)
                    continue;
                await CountAsync(before.GetDocument(document.Id), diagnostic => errors -= diagnostic.Severity is DiagnosticSeverity.Error ? 1 : 0, cancellationToken).ConfigureAwait(false);
                if (errors > 0)
                    return Text(error);
            }
        }

        return null;
    }

    private static async Task CountAsync(Document? document, Action<Diagnostic> found, CancellationToken cancellationToken)
    {
        if (document is null || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics)
            return;
        foreach (var diagnostic in semantics.GetDiagnostics(cancellationToken: cancellationToken))
        {
            if (diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != MissingDocumentation)
                found(diagnostic);
        }
    }

    private static string Text(Diagnostic diagnostic) => $"{diagnostic.Id} {diagnostic.GetMessage()}";
}
