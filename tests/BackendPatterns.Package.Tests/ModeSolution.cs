using System.Text.Json;

namespace BackendPatterns.Package.Tests;

/// <summary>One project of a <see cref="ModeSolution"/>.</summary>
/// <param name="Name">The name of the project and its folder.</param>
/// <param name="Expected">The reports of its build, <c>BP5001 warning, BP5003 note</c>, without those of BP0001.</param>
internal sealed record ModeCase(string Name, string Expected)
{
    /// <summary>Elements of a property group of the project file.</summary>
    public string Properties { get; init; } = "";

    /// <summary>Lines of an <c>.editorconfig</c> for all files of the project.</summary>
    public string EditorConfig { get; init; } = "";

    /// <summary>Lines of a <c>.globalconfig</c>.</summary>
    public string GlobalConfig { get; init; } = "";

    /// <summary>The items of the project file; the package where nothing else is said.</summary>
    public string? Items { get; init; }

    /// <summary>Further files in the folder of the project.</summary>
    public Dictionary<string, string> Files { get; init; } = [];
}

/// <summary>Projects with the same code and different settings, built by one command: to start one takes longer than to build a project.</summary>
internal sealed class ModeSolution : IBuiltSolution, IDisposable
{
    private const string Feed = """
        namespace Modes;

        public class Feed(HttpClient http)
        {
            public async Task<string> RateAsync()
            {
                while (true)
                {
                    try
                    {
                        return await http.GetStringAsync("https://rates.example/eur");
                    }
                    catch (HttpRequestException)
                    {
                        await Task.Delay(1000);
                    }
                }
            }

            public async Task<string?> RateOrNothingAsync()
            {
                for (var attempt = 0; attempt < 5; attempt++)
                {
                    try
                    {
                        return await http.GetStringAsync("https://rates.example/eur");
                    }
                    catch (HttpRequestException)
                    {
                        await Task.Delay(1000);
                    }
                }

                return null;
            }
        }
        """;

    private const string Controller = """
        using Microsoft.AspNetCore.Mvc;

        namespace Modes;

        [ApiController]
        [Route("rates")]
        public class RatesController(Feed feed) : ControllerBase
        {
            [HttpGet("list")]
            public Task<string> List() => feed.RateAsync();
        }
        """;

    private readonly IReadOnlyList<ModeCase> _cases;

    public ModeSolution(PackedPackage package, IReadOnlyList<ModeCase> cases)
    {
        _cases = cases;
        Folder = Directory.CreateDirectory(Path.Combine(package.Folder, Path.GetRandomFileName(), "Modes")).FullName;
        Write(".editorconfig", "root = true\n");
        Write("Directory.Packages.props", "<Project />");
        Write("Directory.Build.props", $"""
            <Project>
              <PropertyGroup>
                <RestoreAdditionalProjectSources>{package.Folder}</RestoreAdditionalProjectSources>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <LangVersion>latest</LangVersion>
                <ProvideCommandLineArgs>true</ProvideCommandLineArgs>
                <PackageVersionOfRules>{package.Version}</PackageVersionOfRules>
              </PropertyGroup>
            </Project>
            """);
        Write("Directory.Build.targets", """
            <Project>
              <PropertyGroup><ErrorLog>$(MSBuildProjectDirectory)/build.$(TargetFramework).sarif,version=2.1</ErrorLog></PropertyGroup>
              <Target Name="WriteCompilerArguments" AfterTargets="CoreCompile">
                <WriteLinesToFile File="$(MSBuildProjectDirectory)/compiler-arguments.txt" Lines="@(CscCommandLineArgs)" Overwrite="true" />
              </Target>
            </Project>
            """);
        Write("Modes.slnx", $"<Solution>{string.Concat(cases.Select(@case => $"<Project Path=\"{@case.Name}/{@case.Name}.csproj\" />"))}</Solution>");
        foreach (var @case in cases)
            Write(@case);
    }

    public string Folder { get; }

    /// <summary>The projects whose build has succeeded: a build that fails does not say what it gave to the compiler.</summary>
    public IReadOnlyCollection<string> Projects => [.. _cases.Select(@case => @case.Name).Where(name => File.Exists(ArgumentsOf(name)))];

    /// <summary>Builds all projects, of which some may fail; returns the output.</summary>
    public async Task<string> Build() => (await Dotnet.Attempt(Folder, "build", "Modes.slnx")).Text;

    public IReadOnlyList<string> CompilerArguments(string project) => File.ReadAllLines(ArgumentsOf(project));

    /// <summary>The reports of a build for one target framework, sorted.</summary>
    public IReadOnlyList<(string Id, string Level, string Message)> Reports(string project, string framework = "net10.0")
    {
        using var log = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, project, $"build.{framework}.sarif")));
        return
        [
            .. log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()
                .Select(result => (
                    Id: result.GetProperty("ruleId").GetString()!, Level: result.GetProperty("level").GetString()!, Message: result.GetProperty("message").GetProperty("text").GetString()!))
                .Where(report => report.Id.StartsWith("BP", StringComparison.Ordinal) || report.Id == "AD0001")
                .Order(),
        ];
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);

    private string ArgumentsOf(string project) => Path.Combine(Folder, project, "compiler-arguments.txt");

    private void Write(ModeCase @case)
    {
        Write($"{@case.Name}/{@case.Name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                {@case.Properties}
              </PropertyGroup>
              <ItemGroup>
                <Using Include="System.Net.Http" />
                <FrameworkReference Include="Microsoft.AspNetCore.App" Condition="'$(TargetFramework)' == 'net10.0'" />
                <Compile Remove="Controller.cs" Condition="'$(TargetFramework)' != 'net10.0'" />
                {@case.Items ?? $"<PackageReference Include=\"{PackedPackage.Id}\" Version=\"$(PackageVersionOfRules)\" PrivateAssets=\"all\" />"}
              </ItemGroup>
            </Project>
            """);
        Write($"{@case.Name}/Feed.cs", Feed);
        Write($"{@case.Name}/Controller.cs", Controller);
        if (@case.EditorConfig.Length > 0)
            Write($"{@case.Name}/.editorconfig", $"[*.cs]\n{@case.EditorConfig}\n");
        if (@case.GlobalConfig.Length > 0)
            Write($"{@case.Name}/.globalconfig", $"is_global = true\n{@case.GlobalConfig}\n");
        foreach (var (file, text) in @case.Files)
            Write($"{@case.Name}/{file}", text);
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
