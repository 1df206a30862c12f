using System.Text.Json;

namespace BackendPatterns.Package.Tests;

/// <summary>All tests that use the package share one packing.</summary>
[CollectionDefinition(Collection)]
public sealed class InstalledPackage : ICollectionFixture<PackedPackage>
{
    public const string Collection = "installed package";
}

/// <summary>A fresh project in a temporary folder that can restore the packed package.</summary>
internal sealed class FreshProject : IDisposable
{
    private const string Name = "Fresh";

    private readonly PackedPackage _package;
    private readonly string _folder;

    public FreshProject(PackedPackage package)
    {
        _package = package;
        _folder = Directory.CreateDirectory(Path.Combine(package.Folder, Path.GetRandomFileName(), Name)).FullName;
        // The folder of the package is one more source beside those of the machine; nothing is inherited from a folder above.
        Write("Directory.Build.props", $"<Project><PropertyGroup><RestoreAdditionalProjectSources>{package.Folder}</RestoreAdditionalProjectSources></PropertyGroup></Project>");
        Write("Directory.Build.targets", "<Project />");
        Write("Directory.Packages.props", "<Project />");
        Write(".editorconfig", "root = true\n");
    }

    /// <summary>Creates a project from one of the SDK's templates.</summary>
    public Task New(string template) => Dotnet.Run(_folder, "new", template, "--no-restore", "--force");

    /// <summary>Installs the package as the README says.</summary>
    public Task Install() => Add(PackedPackage.Id, _package.Version);

    public Task Add(string id, string version) => Dotnet.Run(_folder, "add", "package", id, "--version", version);

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);

    public string Read(string file) => File.ReadAllText(Path.Combine(_folder, file));

    public string ProjectFile => $"{Name}.csproj";

    /// <summary>The warnings and notes of a build, and what it printed. The build has to succeed.</summary>
    public async Task<(IReadOnlyList<Report> Reports, string Output)> Build()
    {
        var output = await Dotnet.Run(_folder, "build", "--no-incremental", "-p:ErrorLog=build.sarif%2Cversion=2.1");
        using var log = JsonDocument.Parse(Read("build.sarif"));
        var run = log.RootElement.GetProperty("runs")[0];
        var links = run.GetProperty("tool").GetProperty("driver").TryGetProperty("rules", out var rules)
            ? rules.EnumerateArray().ToDictionary(rule => rule.GetProperty("id").GetString()!, rule => rule.TryGetProperty("helpUri", out var link) ? link.GetString() : null)
            : [];
        return
        (
            [
                .. run.GetProperty("results").EnumerateArray()
                    .Select(result => (Id: result.GetProperty("ruleId").GetString()!, Level: result.GetProperty("level").GetString()!))
                    .Select(result => new Report(result.Id, result.Level, links.GetValueOrDefault(result.Id))),
            ],
            output
        );
    }

    /// <summary>Applies the fixes of these rules.</summary>
    public Task Format(params string[] ids) => Dotnet.Run(_folder, ["format", "analyzers", "--no-restore", "--severity", "info", "--diagnostics", .. ids]);

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    internal sealed record Report(string Id, string Level, string? HelpLink);
}
