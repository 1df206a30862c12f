namespace BackendPatterns.Package.Tests;

/// <summary>The package in the hands of a user: added to a fresh project, built, and its fixes applied, all from the command line.</summary>
[Collection(InstalledPackage.Collection)]
public class FreshProjectTests(PackedPackage package)
{
    private static readonly string[] Reported = ["BP1001", "BP1010", "BP2001", "BP2002", "BP4001", "BP5001"];
    private static readonly string[] Fixed = ["BP1001", "BP1010", "BP4001", "BP5001"];

    [Fact]
    public async Task WebProject_IsReportedWithHelpLinks_AndFixed()
    {
        using var project = new FreshProject(package);
        await project.New("web");
        await project.Add("Microsoft.EntityFrameworkCore.Sqlite", Repository.EfCoreVersion);
        await project.Install();
        Assert.Contains("<PrivateAssets>all</PrivateAssets>", project.Read(project.ProjectFile), StringComparison.Ordinal);
        project.Write("Shop.cs", Sources.Shop);
        project.Write("Program.cs", Sources.Program);

        var (reports, output) = await project.Build();
        Assert.DoesNotContain(reports, report => report.Id == "AD0001");
        foreach (var id in Reported)
        {
            var report = reports.FirstOrDefault(candidate => candidate.Id == id);
            Assert.True(report is not null, $"{id} is not reported:\n{output}");
            Assert.Equal("warning", report.Level);
            Assert.Equal($"{Repository.Url}/blob/main/docs/rules/{id}.md", report.HelpLink);
            Assert.Contains($"({report.HelpLink})", output, StringComparison.Ordinal);
        }

        await project.Format(Fixed);
        (reports, output) = await project.Build();
        foreach (var id in Fixed)
            Assert.True(reports.All(report => report.Id != id), $"{id} is still reported:\n{output}");
    }

    [Fact]
    public async Task CentralPackageManagement_IsReported()
    {
        using var project = new FreshProject(package);
        project.Write("Directory.Packages.props", $"""
            <Project>
              <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
              <ItemGroup><PackageVersion Include="{PackedPackage.Id}" Version="{package.Version}" /></ItemGroup>
            </Project>
            """);
        project.Write(project.ProjectFile, Sources.Library($"""<PackageReference Include="{PackedPackage.Id}" PrivateAssets="all" />"""));
        project.Write("Feed.cs", Sources.Retry);
        Assert.Contains("BP5001", (await project.Build()).Reports.Select(report => report.Id));
    }

    [Fact]
    public async Task TestProject_IsSilent()
    {
        using var project = new FreshProject(package);
        project.Write(project.ProjectFile, Sources.Library(
            $"""<PackageReference Include="{PackedPackage.Id}" Version="{package.Version}" PrivateAssets="all" />""", "<IsTestProject>true</IsTestProject>"));
        project.Write("Feed.cs", Sources.Retry);
        Assert.DoesNotContain((await project.Build()).Reports, report => report.Id.StartsWith("BP", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ConsoleProjectWithoutBackendLibraries_BuildsWithoutAWarning()
    {
        using var project = new FreshProject(package);
        await project.New("console");
        await project.Install();
        var (reports, output) = await project.Build();
        Assert.Empty(reports);
        Assert.Contains("0 Warning(s)", output, StringComparison.Ordinal);
    }
}
