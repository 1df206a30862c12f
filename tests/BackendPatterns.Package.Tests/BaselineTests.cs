using System.Text;

namespace BackendPatterns.Package.Tests;

/// <summary>A baseline in the life of an old code base: written, lived with, damaged, and opened in an editor.</summary>
[Collection(InstalledPackage.Collection)]
public class BaselineTests(PackedPackage package)
{
    private const string UnboundedRetry = "BP5001";

    [Fact]
    public async Task SolutionWithThousandReports_ShowsOnlyWhatIsNew()
    {
        using var solution = new BaselineSolution(package);
        await solution.WriteBaselines();
        Assert.Equal(["Billing", "Feeds", "Orders"], solution.Baselines().Keys.Order());
        Assert.Equal(1000, solution.Projects.Where(project => File.Exists(solution.Baseline(project))).Sum(project => Entries(solution, project).Count));
        Assert.Equal("BP5001 Old.Feeds.Type0.Load0Async", Assert.Single(Entries(solution, "Feeds"), entry => entry.EndsWith(" net10.0", StringComparison.Ordinal))[..33]);
        Assert.False(File.Exists(Path.Combine(solution.Folder, "Orders", "own.sarif")), "The error log of the project was touched.");
        Assert.DoesNotContain('\r', File.ReadAllText(solution.Baseline("Orders")));
        Assert.NotEqual(0xEF, File.ReadAllBytes(solution.Baseline("Orders"))[0]);

        Assert.Empty(await solution.Build());
        Assert.DoesNotContain("\"results\": [\n        {", File.ReadAllText(Path.Combine(solution.Folder, "Orders", "own.sarif")), StringComparison.Ordinal);
        var before = solution.Baselines();
        await solution.WriteBaselines("Feeds/Feeds.csproj");
        Assert.Equal(before, solution.Baselines());
        await EditorHidesTheSame(solution);

        await EditsShowTheirOwnReportsOnly(solution);
        await DamageHidesNothing(solution);
    }

    /// <summary>Open projects, before and after an edit that nobody has built.</summary>
    private static async Task EditorHidesTheSame(BaselineSolution solution)
    {
        Assert.Empty(await SolutionWorkspace.Diagnostics(new SingleFrameworks(solution)));
        solution.Edit("Orders/Type1.cs", "Load7Async", "ReloadAsync");
        var reports = await SolutionWorkspace.Diagnostics(new SingleFrameworks(solution));
        Assert.Equal(["Orders/ReloadAsync"], reports.Where(report => report.Diagnostic.Id == UnboundedRetry).Select(report => $"{report.Project}/{MethodOf(report.Diagnostic)}"));
        solution.Edit("Orders/Type1.cs", "ReloadAsync", "Load7Async");
    }

    private static async Task EditsShowTheirOwnReportsOnly(BaselineSolution solution)
    {
        solution.Edit("Billing/Type1.cs", "namespace", "// Moved down.\n\n\nnamespace");
        solution.Edit("Billing/Type1.cs", "http", "client");
        solution.Edit("Billing/Type2.cs", "public class Type2(HttpClient http)\n{\n", "public class Type2(HttpClient http)\n{\n" + BaselineSolution.Method("AddedAsync"));
        solution.Edit("Orders/Type3.cs", BaselineSolution.Method("Load9Async"), "");
        var shown = await solution.Build();
        Assert.Equal([("Billing/Type2.cs", 7, "error", UnboundedRetry)], shown.Where(report => report.Id == UnboundedRetry));
        var removable = Assert.Single(shown, report => report.Id != UnboundedRetry);
        Assert.Equal(("Orders/backendpatterns.baseline", "warning", "BP0003"), (removable.File, removable.Level, removable.Id));
        Assert.Contains("Old.Orders.Type3.Load9Async", File.ReadAllLines(solution.Baseline("Orders"))[removable.Line - 1], StringComparison.Ordinal);
    }

    /// <summary>One report was fixed, and one added.</summary>
    private static async Task DamageHidesNothing(BaselineSolution solution)
    {
        foreach (var project in solution.Baselines().Keys)
        {
            var lines = File.ReadAllLines(solution.Baseline(project)).ToList();
            lines.Insert(2, "<<<<<<< HEAD");
            File.WriteAllLines(solution.Baseline(project), lines, new UTF8Encoding(false));
        }

        var shown = await solution.Build("--no-incremental");
        Assert.Equal(1000, shown.Count(report => report.Id == UnboundedRetry));
        Assert.Equal(
            [("Billing/backendpatterns.baseline", 3, "error", "BP0002"), ("Feeds/backendpatterns.baseline", 3, "error", "BP0002"), ("Orders/backendpatterns.baseline", 3, "error", "BP0002")],
            shown.Where(report => report.Id != UnboundedRetry));
    }

    private static IReadOnlyList<string> Entries(BaselineSolution solution, string project) =>
        [.. File.ReadAllLines(solution.Baseline(project)).Where(line => line.StartsWith("BP", StringComparison.Ordinal))];

    private static string MethodOf(Microsoft.CodeAnalysis.Diagnostic report)
    {
        var text = report.Location.SourceTree!.ToString()[..report.Location.SourceSpan.Start];
        var name = text[(text.LastIndexOf("Task<string> ", StringComparison.Ordinal) + "Task<string> ".Length)..];
        return name[..name.IndexOf('(', StringComparison.Ordinal)];
    }

    /// <summary>The projects that have one target framework: an editor opens the others once for each.</summary>
    private sealed class SingleFrameworks(BaselineSolution solution) : IBuiltSolution
    {
        public string Folder => solution.Folder;

        public IReadOnlyCollection<string> Projects => ["Billing", "Orders"];

        public IReadOnlyList<string> CompilerArguments(string project) => solution.CompilerArguments(project);
    }
}
