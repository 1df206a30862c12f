using System.Runtime.Loader;
using BackendPatterns.Analyzers.Framework;
using Microsoft.CodeAnalysis;

namespace Markets.Api.Tests.FixAll;

/// <summary>Fix All of every rule over the sample: what comes out compiles, has nothing left to fix, and answers every request as before.</summary>
public sealed class FixAllTests
{
    /// <summary>Their remedy is a new service, something that the code does not say, or a change of what an endpoint takes: nothing for a fix of all at once.</summary>
    private static readonly string[] WithoutFix =
    [
        "BP1004", "BP1007", "BP1014", "BP2004", "BP2005", "BP2006", "BP2007", "BP2008", "BP3001", "BP3002", "BP3003", "BP3004", "BP3006", "BP4008",
        "BP4014", "BP5010", "BP5012", "BP5013",
    ];

    [Fact]
    public async Task FixedSample_HasNothingLeftToFix_AndAnswersEveryRequestAsBefore()
    {
        using var workspace = new AdhocWorkspace();
        var original = SampleProject.Open(workspace, "Markets.Api.BeforeFixAll");
        var reported = (await FixAllRun.ReportsAsync(original)).Select(report => report.Id).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(FixAllRun.Rules.OfType<RuleAnalyzer>().SelectMany(rule => rule.SupportedDiagnostics).Select(rule => rule.Id).Order(StringComparer.Ordinal), reported);

        var project = await FixAllRun.ApplyAsync(SampleProject.Open(workspace, "Markets.Api.AfterFixAll"));
        Assert.Empty((await FixAllRun.ReportsAsync(project)).Where(report => !WithoutFix.Contains(report.Id)).Select(report => report.ToString()));

        await using var before = await Application.StartAsync(await CompileAsync(original));
        await using var after = await Application.StartAsync(await CompileAsync(project));
        foreach (var request in Requests.All)
            Assert.Equal(await Answer.OfAsync(before.Administrator, request), await Answer.OfAsync(after.Administrator, request));
    }

    /// <summary>
    /// Compiles the application, loads it beside this one and returns its context type, from which a test host can start it. Both are compiled here, without
    /// the generators of the web SDK, so that they differ by the fixes only.
    /// </summary>
    private static async Task<Type> CompileAsync(Project project)
    {
        var file = Path.Combine(AppContext.BaseDirectory, project.AssemblyName + ".dll");
        using (var stream = File.Create(file))
        {
            var result = (await project.GetCompilationAsync())!.Emit(stream);
            Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString()));
        }

        // The test host asks for a deps file and a content root of the application that it starts; both are the original's.
        File.Copy(Path.ChangeExtension(typeof(FixAllTests).Assembly.Location, ".deps.json"), Path.ChangeExtension(file, ".deps.json"), overwrite: true);
        Environment.SetEnvironmentVariable(
            "ASPNETCORE_TEST_CONTENTROOT_" + project.AssemblyName.ToUpperInvariant().Replace('.', '_'), Path.Combine(RepositoryFiles.Samples, "Markets.Api"));
        return AssemblyLoadContext.Default.LoadFromAssemblyPath(file).GetType("Markets.Api.Data.MarketsDbContext", throwOnError: true)!;
    }
}
