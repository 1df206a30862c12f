using System.Runtime.Loader;
using BackendPatterns.Behaviour.Tests.Catalogue;
using Microsoft.CodeAnalysis;
using Microsoft.EntityFrameworkCore;

namespace BackendPatterns.Behaviour.Tests.Framework;

/// <summary>The harness notices what it is there to notice.</summary>
public class HarnessTests
{
    [Fact]
    public async Task Commands_AreCounted()
    {
        var run = await Run("db.Orders.Count() + db.Lines.Count()");
        Assert.Equal(2, run.Commands.Count);
        Assert.Equal("16", run.Answer);
    }

    [Fact]
    public async Task Exceptions_AreAnswers() => Assert.Equal("throws System.InvalidOperationException", (await Run("db.Orders.First(o => o.Id == 77)")).Answer);

    [Fact]
    public async Task ChangedRows_AreSeen()
    {
        var untouched = await Run("1");
        var deleted = await Run("db.Notes.Where(n => n.Id == 1).ExecuteDelete()");
        Assert.NotEqual(untouched.Rows, deleted.Rows);
    }

    /// <summary>A compiled query runs on one model only, and EF Core forgets models when it has cached a hundred of them.</summary>
    [Fact]
    public async Task ContextsOfAScenario_ShareTheirModel_HoweverManyScenariosRanBefore()
    {
        using var workspace = new AdhocWorkspace();
        using var image = ScenarioCode.ImageOf((await BeforeAndAfter.Open(workspace, "").Project.GetCompilationAsync())!);
        await using var connection = new CountingConnection();
        for (var i = 0; i < 150; i++)
        {
            image.Position = 0;
            var loader = new AssemblyLoadContext("Scenario", isCollectible: true);
            var open = loader.LoadFromStream(image).GetType("Shop.Database", throwOnError: true)!.GetMethod("Open")!;
            using var first = (DbContext)open.Invoke(null, [connection, connection.Saves])!;
            using var second = (DbContext)open.Invoke(null, [connection, connection.Saves])!;
            Assert.Same(first.Model, second.Model);
            loader.Unload();
        }
    }

    private static async Task<ScenarioRun> Run(string expression)
    {
        using var workspace = new AdhocWorkspace();
        var document = BeforeAndAfter.Open(workspace, $"public static class Scenario {{ public static object? Run(ShopContext db) => {expression}; }}");
        return await ScenarioRun.Of((await document.Project.GetCompilationAsync())!);
    }
}
