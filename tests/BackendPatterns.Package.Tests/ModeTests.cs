using Microsoft.CodeAnalysis;

namespace BackendPatterns.Package.Tests;

/// <summary>
/// The properties <c>BackendPatternsMode</c> get through to a build and to an editor, wherever they are set and however the package is installed. The rules of the code are BP5001, a
/// warning, BP5003, information, and BP3006, which is off by default. What wins over what is tested with the rule tool, which writes the files of the modes.
/// </summary>
[Collection(InstalledPackage.Collection)]
public class ModeTests(PackedPackage package)
{
    private const string Default = "BP5001 warning, BP5003 note";
    private const string Both = "BP5001 warning, BP5003 warning";
    private const string Nothing = "";
    private const string None = "<BackendPatternsMode>None</BackendPatternsMode>";
    private const string Strict = "<BackendPatternsMode>Strict</BackendPatternsMode>";

    private static readonly ModeCase[] Cases =
    [
        new("NoneButOne", "BP5003 warning") { Properties = None, EditorConfig = "dotnet_diagnostic.BP5003.severity = warning" },
        new("LowerCaseAll", "BP3006 warning, " + Both) { Properties = "<BackendPatternsMode> all </BackendPatternsMode>" },
        new("CategoryOfStrict", Nothing) { Properties = Strict + "<BackendPatternsModeResilience>None</BackendPatternsModeResilience>" },
        new("Errors", "BP5001 error, BP5003 warning")
        {
            Properties = Strict + "<TreatWarningsAsErrors>true</TreatWarningsAsErrors><WarningsNotAsErrors>BP5003</WarningsNotAsErrors><AnalysisMode>None</AnalysisMode>",
        },
        new("TargetsFile", Both)
        {
            Files =
            {
                ["Directory.Build.targets"] = $"<Project><Import Project=\"../Directory.Build.targets\" /><PropertyGroup>{Strict}</PropertyGroup></Project>",
            },
        },
        new("CentralVersions", Both)
        {
            Properties = Strict,
            Items = $"<PackageReference Include=\"{PackedPackage.Id}\" PrivateAssets=\"none\" />",
            Files =
            {
                ["Directory.Packages.props"] = $"""
                    <Project>
                      <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
                      <ItemGroup><PackageVersion Include="{PackedPackage.Id}" Version="$(PackageVersionOfRules)" /></ItemGroup>
                    </Project>
                    """,
            },
        },
        new("ThroughReference", Nothing) { Properties = None, Items = "<ProjectReference Include=\"../CentralVersions/CentralVersions.csproj\" />" },
        new("TwoFrameworks", Both)
        {
            Properties = "<TargetFramework /><TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks><BackendPatternsMode Condition=\"'$(TargetFramework)' == 'net10.0'\">Strict</BackendPatternsMode>",
        },
        new("WrongSettings", Default)
        {
            Properties = "<BackendPatternsMode>Stict</BackendPatternsMode><BackendPatternsModeSecurity>Al</BackendPatternsModeSecurity><BackendPatternsFacts>maybe</BackendPatternsFacts>",
            EditorConfig = "backend_patterns.layering = strickt",
            GlobalConfig = "backend_patterns.layring = off",
        },
    ];

    [Fact]
    public async Task BuildAndWorkspace_GiveTheSameSeverities()
    {
        using var solution = new ModeSolution(package, Cases);
        var output = await solution.Build();
        foreach (var @case in Cases)
            Assert.True(@case.Expected == Describe(solution, @case.Name), $"{@case.Name}: {Describe(solution, @case.Name)}\n{output}");
        Assert.Equal(Default, Describe(solution, "TwoFrameworks", "netstandard2.0"));
        AssertWrongModesAreTold(output);
        Assert.Equal(
            [
                "'maybe' is not a value of 'BackendPatternsFacts': it accepts true or false; 'true' is used instead",
                "'strickt' is not a value of 'backend_patterns.layering': it accepts strict, convention or off; 'strict' is used instead",
                "There is no option 'backend_patterns.layring', so that it does nothing; 'backend_patterns.layering' is probably meant",
            ],
            MessagesOfWrongSettings(solution));

        // The workspace has one framework per project, the last that was compiled.
        Assert.Equal(["Errors"], Cases.Select(@case => @case.Name).Except(solution.Projects));
        var opened = (await SolutionWorkspace.Diagnostics(solution)).ToLookup(found => found.Project, found => found.Diagnostic);
        foreach (var @case in Cases.Where(@case => @case.Name != "TwoFrameworks" && solution.Projects.Contains(@case.Name)))
            Assert.Equal((@case.Name, @case.Expected), (@case.Name, string.Join(", ", opened[@case.Name].Where(report => report.Id != "BP0001").Select(Describe).Distinct().Order(StringComparer.Ordinal))));
        Assert.Equal(MessagesOfWrongSettings(solution), opened["WrongSettings"].Where(report => report.Id == "BP0001").Select(report => report.GetMessage()).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> MessagesOfWrongSettings(ModeSolution solution) =>
        solution.Reports("WrongSettings").Where(report => report.Id == "BP0001").Select(report => report.Message).Order(StringComparer.Ordinal);

    /// <summary>Each is told once, by the build of its project; the summary at the end of a build repeats it.</summary>
    private static void AssertWrongModesAreTold(string output)
    {
        var told = output.Split('\n').Where(line => line.Contains("warning BP0001: ", StringComparison.Ordinal) && line.Contains("MSBuild property", StringComparison.Ordinal))
            .Select(line => line[line.IndexOf("BP0001: ", StringComparison.Ordinal)..line.LastIndexOf('[')].Trim()).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "BP0001: 'Al' is not a value of the MSBuild property 'BackendPatternsModeSecurity'; it accepts None, Recommended, Strict or All, and Recommended is used instead",
                "BP0001: 'Stict' is not a value of the MSBuild property 'BackendPatternsMode'; it accepts None, Recommended, Strict or All, and Recommended is used instead",
            ],
            told);
    }

    private static string Describe(ModeSolution solution, string project, string framework = "net10.0") =>
        string.Join(", ", solution.Reports(project, framework).Where(report => report.Id != "BP0001").Select(report => $"{report.Id} {report.Level}"));

    private static string Describe(Diagnostic report) => $"{report.Id} {(report.Severity is DiagnosticSeverity.Info ? "note" : report.Severity.ToString().ToLowerInvariant())}";
}
