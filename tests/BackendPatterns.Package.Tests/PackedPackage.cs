using System.IO.Compression;
using System.Xml.Linq;

namespace BackendPatterns.Package.Tests;

/// <summary>The package, packed once for all tests under a version that no other run uses, so that no cache can answer for it.</summary>
public sealed class PackedPackage : IAsyncLifetime
{
    public const string Id = "BackendPatterns.Analyzers";

    public string Folder { get; } = Directory.CreateTempSubdirectory("backend-patterns-").FullName;

    public string Version { get; } = $"{Repository.Version}-test.{DateTime.UtcNow:yyyyMMddHHmmss}.{Environment.ProcessId}";

    private string File => Path.Combine(Folder, $"{Id}.{Version}.nupkg");

    public async Task InitializeAsync() => await Pack(Folder);

    /// <summary>Packs once more, into another folder; returns the file.</summary>
    public async Task<string> Pack(string folder)
    {
        await Dotnet.Run(
            Repository.Root, "pack", "src/BackendPatterns.Analyzers.Package", "--no-build", "--no-restore", "-c", Repository.Configuration,
            "-o", folder, $"-p:PackageVersion={Version}", "-v", "q");
        return Path.Combine(folder, Path.GetFileName(File));
    }

    public byte[] Bytes() => System.IO.File.ReadAllBytes(File);

    /// <summary>The files that we put in: without the parts that the package format itself adds.</summary>
    public async Task<string[]> Files()
    {
        await using var archive = await ZipFile.OpenReadAsync(File);
        return
        [
            .. archive.Entries.Select(entry => entry.FullName)
                .Where(name => name != "[Content_Types].xml" && !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
    }

    public async Task<XElement> Metadata() => XDocument.Parse(await Text($"{Id}.nuspec")).Root!.Elements().Single(element => element.Name.LocalName == "metadata");

    public async Task<string> Text(string entry)
    {
        await using var archive = await ZipFile.OpenReadAsync(File);
        using var reader = new StreamReader(await archive.GetEntry(entry)!.OpenAsync());
        return await reader.ReadToEndAsync();
    }

    public async Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        var cached = Path.Combine(await PackagesFolder(), Id.ToLowerInvariant(), Version);
        if (Directory.Exists(cached))
            Directory.Delete(cached, recursive: true);
    }

    private static async Task<string> PackagesFolder()
    {
        var text = await Dotnet.Run(Path.GetTempPath(), "nuget", "locals", "global-packages", "--list");
        return text[(text.IndexOf(": ", StringComparison.Ordinal) + 2)..].Trim();
    }
}
