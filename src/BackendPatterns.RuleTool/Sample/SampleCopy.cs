using Microsoft.CodeAnalysis;

namespace BackendPatterns.RuleTool.Sample;

/// <summary>A new folder with the files of a project, of which some have another text.</summary>
public sealed class SampleCopy
{
    private static readonly string[] LeftOut = ["bin", "obj"];

    private readonly string _source;
    private readonly string _target;

    /// <exception cref="ToolFailure">The folder exists and is not empty, or lies inside the project.</exception>
    public SampleCopy(Project project, string folder)
    {
        _source = Path.GetDirectoryName(project.FilePath)!;
        _target = Path.GetFullPath(folder);
        if (File.Exists(_target) || (Directory.Exists(_target) && Directory.EnumerateFileSystemEntries(_target).Any()))
            throw new ToolFailure($"'{folder}' is not empty; name a new folder.");
        if ((_target + Path.DirectorySeparatorChar).StartsWith(_source + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new ToolFailure($"'{folder}' lies inside the sample; name a folder outside.");
    }

    public void Write(Project result)
    {
        foreach (var path in Directory.EnumerateFiles(_source, "*", SearchOption.AllDirectories))
        {
            var file = Path.GetRelativePath(_source, path);
            if (!LeftOut.Contains(file.Split(Path.DirectorySeparatorChar)[0]))
                Place(file, copy => File.Copy(path, copy, overwrite: true));
        }

        foreach (var document in result.Documents)
        {
            if (RelativePathOf(document) is { } file)
                Place(file, copy => File.WriteAllText(copy, document.GetTextAsync().GetAwaiter().GetResult().ToString()));
        }
    }

    // Null for what the build generates. A file that a fix adds has folders and a name but no path yet.
    private string? RelativePathOf(Document document)
    {
        var file = document.FilePath is { } path ? Path.GetRelativePath(_source, path) : Path.Combine([.. document.Folders, document.Name]);
        return file.Split(Path.DirectorySeparatorChar)[0] is var first && first != ".." && !LeftOut.Contains(first) ? file : null;
    }

    private void Place(string file, Action<string> write)
    {
        var path = Path.Combine(_target, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        write(path);
    }
}
