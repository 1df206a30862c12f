using System.Collections.Immutable;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Tests.Repository;
using BackendPatterns.Analyzers.Tests.Robustness.Mutation;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.Tests.Robustness;

/// <summary>The same code gives the same reports: on one thread and on several, in any order of files, in a build and in an editor, at once and after edits.</summary>
public class SameReportsTests
{
    // What chance decides, it decides several times.
    private const int Orders = 3;
    private const int Scenarios = 60;

    private static readonly ImmutableArray<DiagnosticAnalyzer> Rules = [.. AllRules.Analyzers];

    public static TheoryData<string> Projects => new("sample", "fixed sample", "valid code", "scenarios", "parts");

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task OneThreadAndSeveral(string name)
    {
        var project = Project(name);
        var expected = await InABuild(await Compiled(project), project.AnalyzerOptions, isConcurrent: false);
        Same(expected, await InABuild(await Compiled(project), project.AnalyzerOptions, isConcurrent: true));
        Same(expected, await InABuild(await Compiled(project), project.AnalyzerOptions, isConcurrent: true));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task AnyOrderOfFiles(string name)
    {
        var project = Project(name);
        var compilation = await Compiled(project);
        var expected = await InABuild(compilation, project.AnalyzerOptions, isConcurrent: false);
        var facts = Facts(compilation);
        for (var order = 0; order < Orders; order++)
        {
            var shuffled = Shuffled(compilation, order);
            Same(expected, await InABuild(shuffled, project.AnalyzerOptions, isConcurrent: order > 0));
            Assert.Equal(facts, Facts(shuffled));
        }
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task BuildAndEditor(string name)
    {
        var project = Project(name);
        var expected = await InABuild(await Compiled(project), project.AnalyzerOptions, isConcurrent: false);
        Same(expected, await InAnEditor(await Compiled(project), project.AnalyzerOptions));
    }

    [Theory]
    [InlineData("sample")]
    [InlineData("scenarios")]
    public async Task EditsAndTheirUndo(string name)
    {
        var project = Project(name);
        var fresh = await Compiled(project);
        var expected = await InABuild(fresh, project.AnalyzerOptions, isConcurrent: false);
        var random = new Random(7);
        var edited = fresh;
        for (var edit = 0; edit < 8; edit++)
        {
            // Each file is half-typed for a while, as the parser of an editor sees it, and analysed then, so that whatever is kept by file has seen it.
            var number = random.Next(edited.SyntaxTrees.Length);
            var whole = edited.SyntaxTrees[number];
            var text = await whole.GetTextAsync();
            var half = whole.WithChangedText(text.WithChanges(new TextChange(TextSpan.FromBounds(text.Length * random.Next(10) / 10, text.Length), "")));
            var broken = edited.ReplaceSyntaxTree(whole, half);
            await InAnEditor(broken, project.AnalyzerOptions, half);
            // One undo in two brings back the tree itself, the other parses the same text anew.
            edited = broken.ReplaceSyntaxTree(half, edit % 2 == 0 ? whole : half.WithChangedText(text));
        }

        Same(expected, await InABuild(edited, project.AnalyzerOptions, isConcurrent: true));
        Same(expected, await InAnEditor(edited, project.AnalyzerOptions));
    }

    [Fact]
    public async Task EditElsewhere_ChangesWhatItMustChange()
    {
        // What the rules keep by file must not outlive a change of another file that they looked at.
        var project = ProjectInMemory.Of(
            [
                ("Usings.cs", Shop.GlobalUsings), ("Shop.cs", Shop.Domain),
                ("Orders.cs", "public class Orders(ShopContext db) { public Order? Get(int id) => db.Orders.Find(id); }"),
                ("Report.cs", "public class Report(Orders orders) { public void Print(int[] ids) { foreach (var id in ids) System.Console.WriteLine(orders.Get(id)); } }"),
            ],
            TestReferences.All);
        var compilation = (CSharpCompilation)(await project.GetCompilationAsync())!;
        var report = compilation.SyntaxTrees.Single(tree => tree.FilePath == "Report.cs");
        Assert.Contains(await InAnEditor(compilation, project.AnalyzerOptions, report), line => line.Contains("BP1001", StringComparison.Ordinal));
        var orders = compilation.SyntaxTrees.Single(tree => tree.FilePath == "Orders.cs");
        var harmless = SourceFolder.Parse("public class Orders(ShopContext db) { public Order? Get(int id) => null; }", "Orders.cs");
        var changed = compilation.ReplaceSyntaxTree(orders, harmless);
        Assert.DoesNotContain(await InAnEditor(changed, project.AnalyzerOptions, report), line => line.Contains("BP1001", StringComparison.Ordinal));
        var back = changed.ReplaceSyntaxTree(harmless, orders);
        Assert.Contains(await InAnEditor(back, project.AnalyzerOptions, report), line => line.Contains("BP1001", StringComparison.Ordinal));
    }

    private static Project Project(string name) => name switch
    {
        "sample" => ProjectInMemory.Of(Folder("samples/Markets.Api"), TestReferences.All, OutputKind.ConsoleApplication),
        "fixed sample" => ProjectInMemory.Of(Folder("samples/Markets.Api.Fixed"), TestReferences.All, OutputKind.ConsoleApplication),
        "valid code" => ProjectInMemory.Of(Folder("tests/ValidCode"), TestReferences.All),
        "parts" => ProjectInMemory.Of([("Usings.cs", Shop.GlobalUsings), ("Shop.cs", Shop.Domain), .. Parts.Files], TestReferences.All),
        _ => ProjectInMemory.Of([("Usings.cs", Shop.GlobalUsings), ("Shop.cs", Shop.Domain), .. ManyScenarios()], TestReferences.All),
    };

    private static ImmutableArray<(string Path, string Text)> Folder(string folder) => SourceFolder.Read(folder).Files.Add(("ImplicitUsings.cs", SourceFolder.ImplicitUsings));

    // The violations of all pages and mutated documents, each in a namespace of its own: much to report, and much that does not compile. Two mutations of one that states its namespace
    // would declare the same members, and which of those the compiler takes, the order of the files decides.
    private static IEnumerable<(string Path, string Text)> ManyScenarios()
    {
        var plan = new MutationPlan(11);
        var pages = Seeds.Of(Origin.Page).Where(seed => !seed.IsProgram).Select(seed => seed.Text);
        var mutated = Enumerable.Range(0, Scenarios).Select(number => plan[number]).Where(document => !document.Seed.IsProgram && document.Seed.Origin is Origin.Page or Origin.Test).Select(document => document.Text)
            .Where(text => !text.Contains("namespace ", StringComparison.Ordinal));
        return pages.Concat(mutated).Select((text, number) => ($"Scenario{number}.cs", Surroundings.InNamespace(text, number)));
    }

    // A compilation that shares no tree with another one, and so nothing that is kept by tree.
    private static async Task<CSharpCompilation> Compiled(Project project)
    {
        var compilation = (CSharpCompilation)(await project.GetCompilationAsync())!;
        return compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Select(tree => SourceFolder.Parse(tree.ToString(), tree.FilePath)));
    }

    private static CSharpCompilation Shuffled(CSharpCompilation compilation, int seed)
    {
        var trees = compilation.SyntaxTrees.Select(tree => SourceFolder.Parse(tree.ToString(), tree.FilePath)).ToArray();
        new Random(seed).Shuffle(trees);
        return compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees);
    }

    private static CompilationWithAnalyzers Run(Compilation compilation, AnalyzerOptions options, bool isConcurrent) =>
        compilation.WithAnalyzers(Rules, new CompilationWithAnalyzersOptions(
            options, (exception, _, _) => throw new InvalidOperationException("A rule threw.", exception), isConcurrent, logAnalyzerExecutionTime: false));

    private static async Task<ImmutableArray<string>> InABuild(CSharpCompilation compilation, AnalyzerOptions options, bool isConcurrent)
    {
        var result = await Run(compilation, options, isConcurrent).GetAnalysisResultAsync(CancellationToken.None);
        return Lines(result.GetAllDiagnostics());
    }

    private static async Task<ImmutableArray<string>> InAnEditor(CSharpCompilation compilation, AnalyzerOptions options, params SyntaxTree[] trees)
    {
        var run = Run(compilation, options, isConcurrent: false);
        var reports = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var tree in trees.Length > 0 ? trees : [.. compilation.SyntaxTrees])
        {
            reports.AddRange(await run.GetAnalyzerSyntaxDiagnosticsAsync(tree, CancellationToken.None));
            reports.AddRange(await run.GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(tree), filterSpan: null, CancellationToken.None));
        }

        return Lines(reports);
    }

    /// <summary>All that a report says, also what is shown only on request or read by fixes.</summary>
    private static ImmutableArray<string> Lines(IEnumerable<Diagnostic> reports) =>
    [
        .. reports.Select(report => $"{Place(report.Location)} {report.Id} {report.Severity} {report.GetMessage()} [{string.Join(", ", report.AdditionalLocations.Select(Place))}] "
                + $"[{string.Join(", ", report.Properties.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"))}]")
            .Order(StringComparer.Ordinal),
    ];

    private static void Same(ImmutableArray<string> expected, ImmutableArray<string> actual)
    {
        var differences = Counted(expected).Except(Counted(actual)).Select(line => "missing: " + line).Concat(Counted(actual).Except(Counted(expected)).Select(line => "added: " + line)).ToList();
        Assert.True(differences.Count == 0, string.Join('\n', differences));

        // A report that stands there twice is another one.
        static IEnumerable<string> Counted(ImmutableArray<string> lines) => lines.GroupBy(line => line).SelectMany(same => same.Select((line, number) => $"{number} {line}"));
    }

    private static string Place(Location location) => $"{location.SourceTree?.FilePath}:{location.SourceSpan}";

    private static string Facts(CSharpCompilation compilation)
    {
        var result = CSharpGeneratorDriver.Create(new FactsGenerator()).RunGenerators(compilation).GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        return string.Concat(result.GeneratedSources.Select(source => source.SourceText.ToString()));
    }
}
