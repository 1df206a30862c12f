using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;

using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Behaviour.Tests.Framework;

/// <summary>Runs a scenario, applies a rule's fix until it has nothing more to offer, runs the result, and compares.</summary>
/// <param name="Before">The scenario as written.</param>
/// <param name="After">The scenario after the fix.</param>
/// <param name="FixedSource">The text of the scenario after the fix.</param>
public sealed record BeforeAndAfter(ScenarioRun Before, ScenarioRun After, string FixedSource)
{
    private const int MostFixes = 20;

    /// <summary>The real libraries that scenarios and applications are compiled against.</summary>
    internal static readonly Lazy<ImmutableArray<MetadataReference>> References = new(() =>
    [
        .. File.ReadAllLines(typeof(BeforeAndAfter).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ReferenceList.10").Value!)
            .Where(line => line.Length > 0).Select(file => MetadataReference.CreateFromFile(file)),
    ]);

    /// <summary>
    /// Fixes a scenario and asserts that the fix was offered, that both versions give the same answer and leave the same rows, and that they send this many SQL commands.
    /// </summary>
    public static async Task SameAnswer<TAnalyzer, TFix>(string source, int commandsBefore, int commandsAfter)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var run = await Of<TAnalyzer, TFix>(source);
        Assert.NotEqual(source, run.FixedSource);
        Assert.True(run.Before.Answer == run.After.Answer, $"Before:\n{run.Before.Answer}\nAfter:\n{run.After.Answer}\nFixed:\n{run.FixedSource}");
        Assert.Equal(run.Before.Rows, run.After.Rows);
        Assert.True(
            (commandsBefore, commandsAfter) == (run.Before.Commands.Count, run.After.Commands.Count),
            $"Expected {commandsBefore} and {commandsAfter} commands, got {run.Before.Commands.Count} and {run.After.Commands.Count}:\n{run.FixedSource}\n"
            + string.Join("\n---\n", run.After.Commands));
    }

    /// <summary>Runs a scenario before and after the fixes of <typeparamref name="TFix"/>; the two sources are equal where none was offered.</summary>
    public static async Task<BeforeAndAfter> Of<TAnalyzer, TFix>(string source, bool isCollectible = true)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        using var workspace = new AdhocWorkspace();
        var document = Open(workspace, source);
        var before = await ScenarioRun.Of((await document.Project.GetCompilationAsync())!, isCollectible);
        document = await FixAll(document, new TAnalyzer(), new TFix());
        var after = await ScenarioRun.Of((await document.Project.GetCompilationAsync())!, isCollectible);
        return new BeforeAndAfter(before, after, (await document.GetTextAsync()).ToString());
    }

    internal static Document Open(AdhocWorkspace workspace, string source)
    {
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Scenario", "Scenario", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
            metadataReferences: References.Value));
        project = project.AddDocument("GlobalUsings.cs", SourceText.From(ShopDomain.GlobalUsings)).Project;
        project = project.AddDocument("Shop.cs", SourceText.From(ShopDomain.Source)).Project;
        return project.AddDocument("Scenario.cs", SourceText.From(source));
    }

    private static async Task<Document> FixAll(Document document, DiagnosticAnalyzer analyzer, CodeFixProvider fix)
    {
        for (var i = 0; i < MostFixes; i++)
        {
            if (await FirstFix(document, analyzer, fix) is not { } changed)
                return document;
            document = changed;
        }

        throw new InvalidOperationException("The fix does not come to an end.");
    }

    private static async Task<Document?> FirstFix(Document document, DiagnosticAnalyzer analyzer, CodeFixProvider fix)
    {
        var compilation = (await document.Project.GetCompilationAsync())!;
        var tree = (await document.GetSyntaxTreeAsync())!;
        var diagnostics = await compilation.WithAnalyzers([analyzer]).GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "AD0001");
        foreach (var diagnostic in diagnostics.Where(diagnostic => diagnostic.Location.SourceTree == tree).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            var actions = new List<CodeAction>();
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
            if (actions.Count == 0)
                continue;
            var operations = await actions[0].GetOperationsAsync(CancellationToken.None);
            return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id);
        }

        return null;
    }
}
