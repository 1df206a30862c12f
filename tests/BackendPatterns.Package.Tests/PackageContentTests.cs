using System.Xml.Linq;

namespace BackendPatterns.Package.Tests;

/// <summary>What is in the package, file by file, and what its manifest says.</summary>
[Collection(InstalledPackage.Collection)]
public class PackageContentTests(PackedPackage package)
{
    [Fact]
    public async Task Files_AreExactlyThese() => Assert.Equal(
        (string[])[
            "BackendPatterns.Analyzers.nuspec",
            "README.md",
            "analyzers/dotnet/cs/BackendPatterns.Analyzers.CodeFixes.dll",
            "analyzers/dotnet/cs/BackendPatterns.Analyzers.dll",
            "buildMultiTargeting/BackendPatterns.Analyzers.targets",
            "buildTransitive/BackendPatterns.Analyzers.props",
            "buildTransitive/BackendPatterns.Analyzers.targets",
            "buildTransitive/baseline/BackendPatterns.Analyzers.Baseline.dll",
            "buildTransitive/baseline/BackendPatterns.Analyzers.Build.dll",
            "buildTransitive/baseline/Baseline.targets",
            "buildTransitive/baseline/Build.globalconfig",
            "buildTransitive/presets/Presets.targets",
            .. from mode in new[] { "all", "none", "strict" }
               from category in new[] { "ApiDesign", "Architecture", "Caching", "DataAccess", "Resilience", "Security" }
               select $"buildTransitive/presets/{mode}.{category}.globalconfig",
            "icon.png",
        ],
        await package.Files());

    [Fact]
    public async Task Files_DoNotNameTheBuildMachine()
    {
        foreach (var file in (await package.Files()).Where(file => file.StartsWith("buildTransitive/", StringComparison.Ordinal)))
            Assert.DoesNotContain(Repository.Root, await package.Text(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id", "BackendPatterns.Analyzers")]
    [InlineData("license", "MIT")]
    [InlineData("developmentDependency", "true")]
    [InlineData("readme", "README.md")]
    [InlineData("icon", "icon.png")]
    public async Task Manifest_Says(string name, string value) => Assert.Equal(value, (await Element(name))!.Value);

    [Fact]
    public async Task Manifest_NamesTheRepository() => Assert.Equal(Repository.Url, (string?)(await Element("repository"))!.Attribute("url"));

    [Fact]
    public async Task Manifest_HasNoDependencies()
    {
        Assert.Null(await Element("dependencies"));
        Assert.Null(await Element("frameworkReferences"));
    }

    [Fact]
    public async Task ReadMe_HasNoRelativeLinks()
    {
        var text = await package.Text("README.md");
        Assert.DoesNotContain("](docs/", text, StringComparison.Ordinal);
        Assert.Contains($"]({Repository.Url}/blob/main/docs/", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assemblies_NameNoFolderOfTheBuildMachine()
    {
        foreach (var assembly in (await package.Files()).Where(file => file.EndsWith(".dll", StringComparison.Ordinal)))
        {
            var text = await package.Text(assembly);
            Assert.DoesNotContain(Repository.Root, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task PackingTwice_GivesTheSameBytes()
    {
        var folder = Directory.CreateDirectory(Path.Combine(package.Folder, "again")).FullName;
        Assert.Equal(package.Bytes(), await File.ReadAllBytesAsync(await package.Pack(folder)));
    }

    private async Task<XElement?> Element(string name) => (await package.Metadata()).Elements().SingleOrDefault(element => element.Name.LocalName == name);
}
