using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>Paths of folders, with <c>/</c> between their parts.</summary>
internal static class Folder
{
    /// <summary>Returns the folder of a document: its path, or the folders of the project where it has none.</summary>
    public static string Of(Document document) => document.FilePath is { } path ? Above(path.Replace('\\', '/')) : string.Join("/", document.Folders);

    /// <summary>Returns the folder that a path stands in; empty for the outermost.</summary>
    public static string Above(string path) => path.LastIndexOf('/') is >= 0 and var end ? path.Substring(0, end) : "";

    /// <summary>Returns how many folders two paths share, from the outermost on: the more, the nearer.</summary>
    public static int CommonDepth(string one, string other)
    {
        var a = one.Split('/');
        var b = other.Split('/');
        var depth = 0;
        while (depth < a.Length && depth < b.Length && a[depth] == b[depth])
            depth++;
        return depth;
    }
}
