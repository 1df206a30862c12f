using Microsoft.CodeAnalysis;

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

    private static async Task<ScenarioRun> Run(string expression)
    {
        using var workspace = new AdhocWorkspace();
        var document = BeforeAndAfter.Open(workspace, $"public static class Scenario {{ public static object? Run(ShopContext db) => {expression}; }}");
        return await ScenarioRun.Of((await document.Project.GetCompilationAsync())!);
    }
}
