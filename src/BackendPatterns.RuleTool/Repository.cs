using System.Text;

namespace BackendPatterns.RuleTool;

/// <summary>The files of this repository, named by paths relative to its root, with forward slashes.</summary>
public sealed class Repository(string root)
{
    private const string Marker = "BackendPatterns.Analyzers.sln";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>The repository around a folder.</summary>
    /// <exception cref="ToolFailure">There is none.</exception>
    public static Repository Around(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, Marker)))
                return new Repository(at.FullName);
        }

        throw new ToolFailure($"No {Marker} in '{folder}' or above it; run the tool inside the repository or pass --root <folder>.");
    }

    public string PathOf(string file) => Path.Combine(Root, file.Replace('/', Path.DirectorySeparatorChar));

    public bool Has(string file) => File.Exists(PathOf(file));

    /// <summary>True where a folder has a file whose name matches a pattern with <c>*</c>.</summary>
    public bool HasAny(string folder, string pattern) => Directory.Exists(PathOf(folder)) && Directory.EnumerateFiles(PathOf(folder), pattern).Any();

    /// <summary>The files of a folder whose names match a pattern with <c>*</c>, in ordinal order; none where there is no such folder.</summary>
    public IEnumerable<string> Files(string folder, string pattern) =>
        Directory.Exists(PathOf(folder)) ? Directory.EnumerateFiles(PathOf(folder), pattern).Select(path => $"{folder}/{Path.GetFileName(path)}").Order(StringComparer.Ordinal) : [];

    /// <summary>The text of a file with line feeds only, or null where it does not exist.</summary>
    public string? TryRead(string file) => Has(file) ? File.ReadAllText(PathOf(file)).ReplaceLineEndings("\n") : null;

    /// <exception cref="ToolFailure">The file does not exist.</exception>
    public string Read(string file) => TryRead(file) ?? throw new ToolFailure($"'{file}' does not exist.");

    /// <summary>Writes a whole file: beside it first, so that an interrupted run leaves the old text.</summary>
    public void Write(string file, string text)
    {
        var path = PathOf(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var beside = path + ".new";
        File.WriteAllText(beside, text, Utf8);
        File.Move(beside, path, overwrite: true);
    }
}
