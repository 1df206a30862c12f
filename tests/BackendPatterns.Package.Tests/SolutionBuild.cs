using System.Text.Json;
using System.Text.RegularExpressions;

namespace BackendPatterns.Package.Tests;

/// <summary>One report: where, what, and which rule.</summary>
internal sealed record SolutionReport(string File, int Line, int Column, string Id, string Message);

/// <summary>Projects that have been built, as an editor opens them.</summary>
internal interface IBuiltSolution
{
    /// <summary>The folder of all projects.</summary>
    string Folder { get; }

    /// <summary>The names of the projects, each below its namesake folder, those that are referred to first.</summary>
    IReadOnlyCollection<string> Projects { get; }

    /// <summary>The command line of the compiler for one project.</summary>
    IReadOnlyList<string> CompilerArguments(string project);
}

/// <summary>A solution of several projects in a temporary folder, all with the packed package, built from the command line.</summary>
internal sealed class SolutionBuild : IBuiltSolution, IDisposable
{
    private static readonly Regex Mark = new(@"// (BP\d{4})$");

    private readonly Dictionary<string, string[]> _references;
    private readonly string _source;

    /// <param name="package">The package that every project refers to.</param>
    /// <param name="solution">The folder below <c>Solutions</c>, with one folder of sources per project.</param>
    /// <param name="references">The projects, and for each the projects that it refers to itself; the last one stands above all others.</param>
    public SolutionBuild(PackedPackage package, string solution, Dictionary<string, string[]> references)
    {
        _references = references;
        _source = Path.Combine(Repository.Root, "tests", "BackendPatterns.Package.Tests", "Solutions", solution);
        Folder = Directory.CreateDirectory(Path.Combine(package.Folder, Path.GetRandomFileName(), solution)).FullName;
        foreach (var file in Directory.EnumerateFiles(_source, "*.cs", SearchOption.AllDirectories))
            Write(Path.GetRelativePath(_source, file), File.ReadAllText(file));
        foreach (var project in Projects)
            Write($"{project}/{project}.csproj", ProjectFile(project));
        Write(".editorconfig", "root = true\n");
        Write("Directory.Packages.props", "<Project />");
        Write("Directory.Build.props", $"""
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <RestoreAdditionalProjectSources>{package.Folder}</RestoreAdditionalProjectSources>
                <ErrorLog>$(MSBuildProjectDirectory)/build.sarif,version=2.1</ErrorLog>
                <ProvideCommandLineArgs>true</ProvideCommandLineArgs>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="{PackedPackage.Id}" Version="{package.Version}" PrivateAssets="all" /></ItemGroup>
            </Project>
            """);
        Write("Directory.Build.targets", """
            <Project>
              <Target Name="WriteCompilerArguments" AfterTargets="CoreCompile">
                <WriteLinesToFile File="$(MSBuildProjectDirectory)/compiler-arguments.txt" Lines="@(CscCommandLineArgs)" Overwrite="true" />
              </Target>
            </Project>
            """);
    }

    public string Folder { get; }

    public IReadOnlyCollection<string> Projects => _references.Keys;

    /// <summary>The places in the sources that are marked with the id of a rule.</summary>
    public IReadOnlyList<(string File, int Line, string Id)> Marks =>
    [
        .. from file in Directory.EnumerateFiles(_source, "*.cs", SearchOption.AllDirectories)
           from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
           from Match mark in Mark.Matches(line.Text)
           let place = (File: Relative(_source, file), Line: line.Number, Id: mark.Groups[1].Value)
           orderby place
           select place,
    ];

    /// <summary>Builds everything, and returns what the rules of the package report.</summary>
    public async Task<IReadOnlyList<SolutionReport>> Build(params string[] arguments)
    {
        var top = Projects.Last();
        await Dotnet.Run(Folder, ["build", $"{top}/{top}.csproj", "--no-incremental", .. arguments]);
        return [.. Projects.SelectMany(Reports).Distinct().OrderBy(report => report.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>The command line of the compiler for one project, after a build.</summary>
    public IReadOnlyList<string> CompilerArguments(string project) => File.ReadAllLines(Path.Combine(Folder, project, "compiler-arguments.txt"));

    /// <summary>The assembly that dependent projects are compiled against, after a build.</summary>
    public string ReferenceAssembly(string project) => Path.Combine(Folder, project, "obj", "Debug", "net10.0", "ref", $"{project}.dll");

    /// <summary>A path as reports are compared.</summary>
    public string Relative(string path) => Relative(Folder, path);

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);

    private IEnumerable<SolutionReport> Reports(string project)
    {
        using var log = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, project, "build.sarif")));
        foreach (var result in log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray())
        {
            var id = result.GetProperty("ruleId").GetString()!;
            Assert.NotEqual("AD0001", id);
            if (!id.StartsWith("BP", StringComparison.Ordinal))
                continue;
            var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
            var region = place.GetProperty("region");
            yield return new SolutionReport(
                Relative(new Uri(place.GetProperty("artifactLocation").GetProperty("uri").GetString()!).LocalPath),
                region.GetProperty("startLine").GetInt32(), region.GetProperty("startColumn").GetInt32(), id, result.GetProperty("message").GetProperty("text").GetString()!);
        }
    }

    private string ProjectFile(string project)
    {
        var isTop = project == Projects.Last();
        return $"""
            <Project Sdk="Microsoft.NET.Sdk{(isTop ? ".Web" : "")}">
              <ItemGroup>
                {string.Concat(_references[project].Select(reference => $"<ProjectReference Include=\"../{reference}/{reference}.csproj\" />"))}
                {(UsesEfCore(project) ? $"""<PackageReference Include="Microsoft.EntityFrameworkCore.Sqlite" Version="{Repository.EfCoreVersion}" />""" : "")}
              </ItemGroup>
            </Project>
            """;
    }

    private bool UsesEfCore(string project) =>
        Directory.EnumerateFiles(Path.Combine(_source, project), "*.cs").Any(file => File.ReadAllText(file).Contains("using Microsoft.EntityFrameworkCore;", StringComparison.Ordinal));

    private void Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static string Relative(string folder, string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');

}
