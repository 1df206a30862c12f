using System.Reflection;
using BackendPatterns.RuleTool.Documents;

namespace BackendPatterns.RuleTool.Tests;

/// <summary>The repository that these tests belong to, and temporary ones with as many of its files as a test needs.</summary>
internal static class Paths
{
    public static string Root { get; } =
        typeof(Paths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static Repository Repository { get; } = new(Root);
}

/// <summary>A copy of the files that the tool reads, in a temporary folder that goes with the test.</summary>
internal sealed class TemporaryRepository : IDisposable
{
    private static readonly string[] Copied =
    [
        "BackendPatterns.Analyzers.sln", "Directory.Build.props", "README.md", "docs/configuration.md", "docs/how-it-works.md",
        "src/BackendPatterns.Analyzers/AnalyzerReleases.Shipped.md", "src/BackendPatterns.Analyzers/AnalyzerReleases.Unshipped.md",
    ];

    private static readonly string[] CopiedFolders = ["docs/rules", Presets.Folder];

    public TemporaryRepository()
    {
        Repository = new Repository(Directory.CreateTempSubdirectory("rule-tool-").FullName);
        foreach (var file in Copied.Concat(CopiedFolders.SelectMany(folder => Paths.Repository.Files(folder, "*"))))
            Repository.Write(file, Paths.Repository.Read(file));
    }

    public Repository Repository { get; }

    public void Dispose() => Directory.Delete(Repository.Root, recursive: true);
}
