using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>A folder for new files of a project, and the namespace that its files have.</summary>
/// <param name="Namespace">Empty for the global namespace.</param>
/// <param name="Folders">As the project names them.</param>
/// <param name="Directory">The path; null for documents without one.</param>
internal sealed record NewFilePlace(string Namespace, ImmutableArray<string> Folders, string? Directory)
{
    /// <summary>Returns the place of a document, whose files have a namespace.</summary>
    public static NewFilePlace Beside(Document document, string space) =>
        new(space, document.Folders.ToImmutableArray(), document.FilePath is null ? null : Folder.Of(document));
}
