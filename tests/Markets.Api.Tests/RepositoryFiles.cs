namespace Markets.Api.Tests;

/// <summary>Files of the repository that the tests read.</summary>
public static class RepositoryFiles
{
    public static readonly string Samples = Path.Combine(Root(), "samples");

    /// <summary>The source files of one sample application, by path below its folder, written with <c>/</c>.</summary>
    public static Dictionary<string, string> SourcesOf(string application, params string[] extensions)
    {
        var root = Path.Combine(Samples, application);
        return Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(path => path.Split('/')[0] is not ("bin" or "obj") && extensions.Contains(Path.GetExtension(path)))
            .ToDictionary(path => path, path => File.ReadAllText(Path.Combine(root, path)));
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "global.json")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
    }
}
