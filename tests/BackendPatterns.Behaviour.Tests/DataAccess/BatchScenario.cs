using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>Statements with a query in a loop, run before and after the batch rewrite on the shop's rows.</summary>
public static class BatchScenario
{
    /// <summary>Fixes the statements and asserts that both versions give the same answer, leave the same rows and send this many commands.</summary>
    public static async Task Same(int commandsBefore, int commandsAfter, string body, string? answer = null)
    {
        var source = $$"""
            public static class Scenario
            {
                public static async Task<object?> Run(ShopContext db)
                {
                    await Task.Yield();
            {{string.Join('\n', body.Split('\n').Select(line => line.Length == 0 ? line : "        " + line))}}
                }
            }
            """;
        if (answer is not null)
            Assert.Equal(answer, (await BeforeAndAfter.Of<BP1001QueryInLoopAnalyzer, BP1001QueryInLoopFix>(source)).Before.Answer);
        await BeforeAndAfter.SameAnswer<BP1001QueryInLoopAnalyzer, BP1001QueryInLoopFix>(source, commandsBefore, commandsAfter);
    }
}
