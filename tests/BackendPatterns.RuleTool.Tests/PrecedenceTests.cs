using System.Collections.Immutable;
using BackendPatterns.RuleTool.Catalogue;
using BackendPatterns.RuleTool.Documents;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.RuleTool.Tests;

/// <summary>
/// Which setting wins, with the files of the modes as a compiler and a workspace read them: the table of docs/configuration.md. The rules of the code are BP5001, a warning, and BP5003,
/// information, both of the category Resilience.
/// </summary>
public class PrecedenceTests
{
    private const string Category = "dotnet_analyzer_diagnostic.category-Resilience.severity = ";
    private const string Id = "dotnet_diagnostic.BP5003.severity = ";
    private const string Code = """
        using System.Net.Http;
        using System.Threading.Tasks;

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

            public async Task<string> RateOrNothingAsync()
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

                return "";
            }
        }
        """;

    private static readonly ImmutableArray<RuleFacts> Rules = RuleCatalogue.Rules();
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [.. Rules.Where(rule => rule.Category == "Resilience").Select(rule => (DiagnosticAnalyzer)rule.Analyzer)];

    [Theory]
    // The modes alone.
    [InlineData("Recommended", "", "BP5001 Warning, BP5003 Info")]
    [InlineData("None", "", "")]
    [InlineData("Strict", "", "BP5001 Warning, BP5003 Warning")]
    [InlineData("All", "", "BP5001 Warning, BP5003 Warning")]
    // An id in an .editorconfig, or in a global config of the user, wins over every mode.
    [InlineData("None", Id + "warning", "BP5003 Warning")]
    [InlineData("Recommended", Id + "error", "BP5001 Warning, BP5003 Error")]
    [InlineData("Strict", Id + "none", "BP5001 Warning")]
    [InlineData("All", Id + "suggestion", "BP5001 Warning, BP5003 Info")]
    [InlineData("None", "global: " + Id + "warning", "BP5003 Warning")]
    [InlineData("Strict", "global: " + Id + "none", "BP5001 Warning")]
    [InlineData("Strict", "own: " + Id + "none", "BP5001 Warning")]
    // A category, wherever it stands, is for the rules that no id names: with a mode, those whose severity it leaves as it is.
    [InlineData("Recommended", Category + "error", "BP5001 Error, BP5003 Error")]
    [InlineData("Recommended", Category + "none", "")]
    [InlineData("Recommended", "global: " + Category + "none", "")]
    [InlineData("None", Category + "error", "")]
    [InlineData("Strict", Category + "error", "BP5001 Error, BP5003 Warning")]
    [InlineData("Strict", Category + "none", "BP5003 Warning")]
    [InlineData("Recommended", "dotnet_analyzer_diagnostic.severity = none", "")]
    [InlineData("Strict", "dotnet_analyzer_diagnostic.severity = none", "BP5003 Warning")]
    // What the compiler is told by TreatWarningsAsErrors, WarningsAsErrors, WarningsNotAsErrors and NoWarn.
    [InlineData("Recommended", "", "BP5001 Error, BP5003 Info", "/warnaserror+")]
    [InlineData("Strict", "", "BP5001 Error, BP5003 Error", "/warnaserror+")]
    [InlineData("Strict", "", "BP5001 Error, BP5003 Warning", "/warnaserror+", "/warnaserror-:BP5003")]
    [InlineData("None", "", "", "/warnaserror+")]
    [InlineData("None", "", "", "/warnaserror:BP5001,BP5003")]
    [InlineData("Recommended", "", "BP5001 Warning, BP5003 Error", "/warnaserror:BP5003")]
    [InlineData("Strict", "", "BP5001 Warning", "/nowarn:BP5003")]
    [InlineData("None", Id + "warning", "BP5003 Error", "/warnaserror+")]
    public async Task Setting_Wins(string mode, string setting, string expected, params string[] arguments)
    {
        using var workspace = new AdhocWorkspace();
        var compiler = CSharpCommandLineParser.Default.Parse([.. arguments, "/target:library"], "/src", sdkDirectory: null);
        var id = ProjectId.CreateNewId();
        var solution = workspace.CurrentSolution
            .AddProject(ProjectInfo.Create(
                id, VersionStamp.Default, "Shop", "Shop", LanguageNames.CSharp, compilationOptions: compiler.CompilationOptions, parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
                metadataReferences: References()))
            .AddDocument(DocumentId.CreateNewId(id), "Feed.cs", Code, filePath: "/src/Feed.cs");
        foreach (var (path, text) in Configurations(mode, setting))
            solution = solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(id), Path.GetFileName(path), SourceText.From(text), filePath: path);
        var project = solution.GetProject(id)!;
        var compilation = (await project.GetCompilationAsync())!;
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity is DiagnosticSeverity.Error);
        var reports = await compilation.WithAnalyzers(Analyzers, project.AnalyzerOptions).GetAnalyzerDiagnosticsAsync();
        Assert.Equal(expected, string.Join(", ", reports.Select(report => $"{report.Id} {report.Severity}").Order(StringComparer.Ordinal)));
    }

    /// <summary>The files of a mode, and a setting in an <c>.editorconfig</c>, a <c>.globalconfig</c>, or a global config that the project names itself.</summary>
    private static IEnumerable<(string Path, string Text)> Configurations(string mode, string setting)
    {
        foreach (var (file, text) in new Presets(Rules).Files().Where(file => Path.GetFileName(file.File).StartsWith(mode.ToLowerInvariant() + ".", StringComparison.Ordinal)))
            yield return ("/package/" + Path.GetFileName(file), text);
        yield return setting.Split(": ") switch
        {
            ["global", var line] => ("/src/.globalconfig", $"is_global = true\n{line}\n"),
            ["own", var line] => ("/src/rules.txt", $"is_global = true\n{line}\n"),
            _ => ("/src/.editorconfig", $"root = true\n[*.cs]\n{setting}\n"),
        };
    }

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(file) is "netstandard.dll")
            .Select(file => MetadataReference.CreateFromFile(file));
}
