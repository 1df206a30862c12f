using System.Text;
using System.Text.RegularExpressions;

namespace BackendPatterns.Package.Tests;

/// <summary>
/// An old code base: four projects with central package management, warnings as errors, an <c>.editorconfig</c> that makes a rule an error, and an error log of its own. Three have 1,000 reports in
/// all, one of them has two target frameworks; the fourth refers to the three and has none.
/// </summary>
internal sealed class BaselineSolution : IBuiltSolution, IDisposable
{
    private const int MethodsPerType = 50;

    private static readonly Regex Report = new(@"^[ \t]*(?:\d+>)?(?<file>[^(\r\n]+)\((?<line>\d+),\d+\): (?<level>error|warning) (?<id>BP\d{4}):", RegexOptions.Multiline);
    private static readonly (string Project, int Reports)[] Old = [("Billing", 300), ("Feeds", 450), ("Orders", 250)];

    public BaselineSolution(PackedPackage package)
    {
        Folder = Directory.CreateDirectory(Path.Combine(package.Folder, Path.GetRandomFileName(), "Old")).FullName;
        Write("Directory.Build.props", $"""
            <Project>
              <PropertyGroup>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <LangVersion>latest</LangVersion>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestoreAdditionalProjectSources>{package.Folder}</RestoreAdditionalProjectSources>
                <ErrorLog>$(MSBuildProjectDirectory)/own.sarif,version=2.1</ErrorLog>
                <ProvideCommandLineArgs>true</ProvideCommandLineArgs>
              </PropertyGroup>
              <ItemGroup><Using Include="System.Net.Http" /></ItemGroup>
            </Project>
            """);
        Write("Directory.Build.targets", """
            <Project>
              <Target Name="WriteCompilerArguments" AfterTargets="CoreCompile">
                <WriteLinesToFile File="$(MSBuildProjectDirectory)/compiler-arguments.txt" Lines="@(CscCommandLineArgs)" Overwrite="true" />
              </Target>
            </Project>
            """);
        Write("Directory.Packages.props", $"""
            <Project>
              <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
              <ItemGroup><GlobalPackageReference Include="{PackedPackage.Id}" Version="{package.Version}" /></ItemGroup>
            </Project>
            """);
        Write(".editorconfig", "root = true\n[Type0.cs]\ndotnet_diagnostic.BP5001.severity = error\n");
        Write("Host/Host.csproj", ProjectFile("net10.0", Old.Select(project => project.Project)));
        Write("Host/Host.cs", "namespace Old.Host;\n\npublic class Empty;\n");
        foreach (var (project, reports) in Old)
        {
            Write($"{project}/{project}.csproj", ProjectFile(project == "Feeds" ? "net10.0;netstandard2.0" : "net10.0", []));
            for (var type = 0; type < reports / MethodsPerType; type++)
                Write($"{project}/Type{type}.cs", TypeOf(project, type));
        }

        Write("Old.slnx", $"<Solution>{string.Concat(Projects.Select(project => $"<Project Path=\"{project}/{project}.csproj\" />"))}</Solution>");
    }

    public string Folder { get; }

    public IReadOnlyCollection<string> Projects { get; } = [.. Old.Select(project => project.Project), "Host"];

    /// <summary>The retry that a method consists of.</summary>
    public static string Method(string name) => $$"""
            public async Task<string> {{name}}()
            {
                while (true)
                {
                    try
                    {
                        return await http.GetStringAsync("https://rates.example/{{name}}");
                    }
                    catch (HttpRequestException)
                    {
                        await Task.Delay(1000);
                    }
                }
            }

        """;

    public IReadOnlyList<string> CompilerArguments(string project) => File.ReadAllLines(Path.Combine(Folder, project, "compiler-arguments.txt"));

    public string Baseline(string project) => Path.Combine(Folder, project, "backendpatterns.baseline");

    /// <summary>The baselines of all projects, byte for byte.</summary>
    public IReadOnlyDictionary<string, string> Baselines() =>
        Projects.Where(project => File.Exists(Baseline(project))).ToDictionary(project => project, project => Convert.ToHexString(File.ReadAllBytes(Baseline(project))));

    public Task<string> WriteBaselines(string file = "Old.slnx") => Dotnet.Run(Folder, "build", file, "-t:BackendPatternsBaseline");

    /// <summary>The reports that a build prints, once each: file, line, level and rule.</summary>
    public async Task<IReadOnlyList<(string File, int Line, string Level, string Id)>> Build(params string[] arguments)
    {
        var (_, output) = await Dotnet.Attempt(Folder, ["build", "Old.slnx", "-clp:NoSummary", .. arguments]);
        return
        [
            .. Report.Matches(output)
                .Select(match => (
                    Path.GetRelativePath(Folder, match.Groups["file"].Value.Trim()).Replace('\\', '/'), int.Parse(match.Groups["line"].ValueSpan), match.Groups["level"].Value, match.Groups["id"].Value))
                .Distinct().Order(),
        ];
    }

    public void Edit(string file, string old, string replacement)
    {
        var text = File.ReadAllText(Path.Combine(Folder, file));
        Assert.Contains(old, text, StringComparison.Ordinal);
        Write(file, text.Replace(old, replacement, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);

    private static string TypeOf(string project, int type)
    {
        var text = new StringBuilder($"namespace Old.{project};\n\npublic class Type{type}(HttpClient http)\n{{\n");
        for (var method = 0; method < MethodsPerType; method++)
        {
            // One of the reports is there for one target framework only.
            var isNew = project == "Feeds" && type == 0 && method == 0;
            text.Append(isNew ? "#if NET\n" : "").Append(Method($"Load{method}Async")).Append(isNew ? "#endif\n" : "");
        }

        return text.Append("}\n").ToString();
    }

    private static string ProjectFile(string frameworks, IEnumerable<string> references) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework{(frameworks.Contains(';', StringComparison.Ordinal) ? "s" : "")}>{frameworks}</TargetFramework{(frameworks.Contains(';', StringComparison.Ordinal) ? "s" : "")}></PropertyGroup>
          <ItemGroup>{string.Concat(references.Select(reference => $"<ProjectReference Include=\"../{reference}/{reference}.csproj\" />"))}</ItemGroup>
        </Project>
        """;

    private void Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
