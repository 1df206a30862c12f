using System.Runtime.Loader;
using BackendPatterns.Analyzers.CodeFixes.Resilience;
using BackendPatterns.Analyzers.Rules.Resilience;
using BackendPatterns.Behaviour.Tests.Endpoints;
using BackendPatterns.Behaviour.Tests.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>A queue before and after the fix: up to its capacity it does the same, beyond writers wait and nothing is lost.</summary>
public class BP5011BoundedChannelTests
{
    private const int Capacity = 1_000;

    private const string Source = """
        using System.Threading.Channels;

        public class Items
        {
            private readonly Channel<int> _items = Channel.CreateUnbounded<int>(new UnboundedChannelOptions { SingleReader = true });

            public async ValueTask AddAsync(int item) => await _items.Writer.WriteAsync(item);

            public ValueTask<int> TakeAsync() => _items.Reader.ReadAsync();
        }

        public static class Endpoints
        {
            private static readonly Items Shared = new();

            public static void Map(WebApplicationBuilder builder, WebApplication app)
            {
                builder.Services.AddSingleton<Items>();
                app.MapPost("/items/{item}", async (int item, Items items) => await items.AddAsync(item));
            }

            public static Func<int, Task> Add => async item => await Shared.AddAsync(item);

            public static Func<Task<int>> Take => async () => await Shared.TakeAsync();
        }
        """;

    [Fact]
    public async Task Fixed_DoesTheSameUpToItsCapacity_AndMakesWritersWaitBeyond()
    {
        var before = Load(Source);
        var after = Load(await Fixed());

        foreach (var (add, take) in new[] { before, after })
        {
            for (var item = 0; item < Capacity; item++)
                Assert.True(add(item).IsCompletedSuccessfully);
            Assert.Equal(0, await take());
            Assert.True(add(Capacity).IsCompletedSuccessfully);
        }

        Assert.True(before.Add(-1).IsCompletedSuccessfully);
        var waiting = after.Add(-1);
        Assert.False(waiting.IsCompleted);
        for (var item = 1; item <= Capacity; item++)
            Assert.Equal(item, await after.Take());
        await waiting;
        Assert.Equal(-1, await after.Take());
    }

    private static async Task<string> Fixed()
    {
        using var workspace = new AdhocWorkspace();
        var compilation = ApplicationSource.Compile(Source);
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Queue", "Queue", LanguageNames.CSharp, metadataReferences: compilation.References,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary), parseOptions: new CSharpParseOptions(LanguageVersion.Latest)));
        project = project.AddDocument("GlobalUsings.cs", await compilation.SyntaxTrees[0].GetTextAsync()).Project;
        var document = project.AddDocument("Queue.cs", Source);
        var reports = await (await document.Project.GetCompilationAsync())!.WithAnalyzers([new BP5011UnboundedRequestQueueAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        var actions = new List<CodeAction>();
        await new BP5011UnboundedRequestQueueFix().RegisterCodeFixesAsync(new CodeFixContext(document, Assert.Single(reports), (action, _) => actions.Add(action), CancellationToken.None));
        var operations = await Assert.Single(actions).GetOperationsAsync(CancellationToken.None);
        return (await operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();
    }

    private static (Func<int, Task> Add, Func<Task<int>> Take) Load(string source)
    {
        using var image = ScenarioCode.ImageOf(ApplicationSource.Compile(source).WithOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)));
        var endpoints = new AssemblyLoadContext("Queue").LoadFromStream(image).GetType("Endpoints")!;
        return ((Func<int, Task>)endpoints.GetProperty("Add")!.GetValue(null)!, (Func<Task<int>>)endpoints.GetProperty("Take")!.GetValue(null)!);
    }
}
