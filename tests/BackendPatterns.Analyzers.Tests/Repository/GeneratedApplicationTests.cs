using BackendPatterns.Analyzers.Tests.Verification;
using BackendPatterns.Benchmarks.Generated;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackendPatterns.Analyzers.Tests.Repository;

/// <summary>The application that the benchmarks measure is one that could be real: it compiles, and it has about as many reports as real ones.</summary>
public class GeneratedApplicationTests
{
    private const int Lines = 10_000;

    private static readonly IReadOnlyList<GeneratedFile> Files = GeneratedApplication.OfLines(Lines);

    [Fact]
    public async Task GeneratedApplication_CompilesAndIsReportedOn()
    {
        var compilation = CSharpCompilation.Create(
            "Generated", Files.Select(file => SourceFolder.Parse(file.Text, file.Path)), TestReferences.WithEfCore(TestReferences.NewestEfCore),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Location.IsInSource && diagnostic.Severity >= DiagnosticSeverity.Warning));

        // The development corpus has about three reports in a thousand lines.
        var reports = await RuleRun.Over(compilation, AllRules.Analyzers);
        Assert.InRange(reports.Length, Lines / 1_000, 8 * Lines / 1_000);
        Assert.All(
            ["BP1001", "BP1005", "BP1011", "BP1013", "BP2001", "BP4001", "BP5009"],
            id => Assert.True(reports.Any(report => report.Id == id), $"{id} is missing: {string.Join(", ", reports.Select(report => report.Id).Order(StringComparer.Ordinal))}"));
    }

    [Fact]
    public void GeneratedModules_HaveNamesOfTheirOwn() =>
        Assert.Equal(GeneratedModule.Most, Enumerable.Range(0, GeneratedModule.Most).Select(number => new GeneratedModule(number).Name).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void GeneratedApplication_HasTheWantedSize()
    {
        Assert.InRange(Files.Sum(file => file.Lines), Lines, Lines * 11 / 10);
        Assert.Equal(Files, GeneratedApplication.OfLines(Lines));
        Assert.Equal(Files.Count, Files.Select(file => file.Path).Distinct(StringComparer.Ordinal).Count());
    }
}
