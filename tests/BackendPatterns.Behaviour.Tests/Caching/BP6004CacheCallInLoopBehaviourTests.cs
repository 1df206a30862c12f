using BackendPatterns.Analyzers.CodeFixes.Caching;
using BackendPatterns.Analyzers.Rules.Caching;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.Caching;

/// <summary>Loops over a Redis database before and after the fix: the same answers and the same state, one round trip instead of one per element.</summary>
public class BP6004CacheCallInLoopBehaviourTests
{
    private const string Six = "new List<int> { 1, 2, 3, 3, 4, 6 }";

    [Theory]
    [InlineData("foreach (var id in ids) answers.Add((string?)await redis.StringGetAsync($\"price:{id}\"));")]
    [InlineData("foreach (var id in ids) answers.Add((string?)redis.StringGet(Key(id)));")]
    [InlineData("foreach (var id in ids) { var key = \"price:\" + id; var value = await redis.StringGetAsync(key); if (value.IsNull) continue; answers.Add(key + value); }")]
    [InlineData("foreach (var id in ids) answers.Add((string?)await redis.HashGetAsync(\"prices\", id));")]
    [InlineData("foreach (var id in ids) { answers.Add((string?)redis.HashGet(\"none\", id)); if (answers.Count == 3) break; }", 3)]
    [InlineData("foreach (var id in ids) await redis.KeyDeleteAsync($\"price:{id}\");")]
    [InlineData("foreach (var id in ids) redis.KeyDelete(Key(id));")]
    [InlineData("foreach (var id in ids) await redis.StringSetAsync(Key(id), $\"new-{id}\");")]
    [InlineData("foreach (var pair in pairs) redis.HashSet(\"prices\", pair.Id, pair.Name);")]
    [InlineData("foreach (var pair in pairs) await redis.StringSetAsync($\"price:{pair.Id}\", pair.Name);")]
    [InlineData("foreach (var id in ids) redis.HashDelete(\"prices\", id);")]
    [InlineData("foreach (var id in ids) await redis.ListRightPushAsync(\"queue\", id);")]
    public Task AnswersAndState_AreKept(string loop, int before = 6) =>
        BeforeAndAfter.SameAnswer<BP6004CacheCallInLoopAnalyzer, BP6004CacheCallInLoopFix>(Scenario(Six, loop), before, commandsAfter: 1);

    [Theory]
    [InlineData("foreach (var id in ids) answers.Add((string?)await redis.StringGetAsync($\"price:{id}\"));")]
    [InlineData("foreach (var id in ids) answers.Add((string?)await redis.HashGetAsync(\"prices\", id));")]
    [InlineData("foreach (var id in ids) await redis.KeyDeleteAsync($\"price:{id}\");")]
    [InlineData("foreach (var id in ids) await redis.StringSetAsync(Key(id), $\"{id}\");")]
    [InlineData("foreach (var id in ids) redis.HashDelete(\"prices\", id);")]
    public Task EmptyList_SendsNothing(string loop) =>
        BeforeAndAfter.SameAnswer<BP6004CacheCallInLoopAnalyzer, BP6004CacheCallInLoopFix>(Scenario("new List<int>()", loop), commandsBefore: 0, commandsAfter: 0);

    private static string Scenario(string ids, string loop) => $$"""
        using StackExchange.Redis;

        public static class Scenario
        {
            public static async Task<object?> Run(ShopContext db)
            {
                await Task.Yield();
                var (redis, state) = RedisFake.For(db);
                var answers = await Loop(redis, {{ids}}, [new Pair(1, "one"), new Pair(2, "two"), new Pair(1, "uno"), new Pair(3, "three"), new Pair(4, ""), new Pair(5, "five")]);
                return state.Answer(answers);
            }

            private static async Task<List<string?>> Loop(IDatabase redis, List<int> ids, List<Pair> pairs)
            {
                var answers = new List<string?>();
                await Task.Yield();
                {{loop}}
                return answers;
            }

            private static string Key(int id) => $"price:{id}";
        }

        public record Pair(int Id, string Name);
        """ + RedisFake.Source;
}
