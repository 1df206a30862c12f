using BackendPatterns.Analyzers.Rules.Caching;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Caching.BP6004CacheCallInLoopAnalyzer, BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Caching;

public class BP6004CacheCallInLoopTests
{
    [Theory]
    [InlineData("_ = await [|redis.StringGetAsync($\"price:{id}\")|];")]
    [InlineData("_ = [|redis.StringGet(\"price:\" + id)|];")]
    [InlineData("await [|redis.KeyDeleteAsync(Key(id))|].ConfigureAwait(false);")]
    [InlineData("await [|redis.StringSetAsync(Key(id), id, TimeSpan.FromMinutes(5))|];")]
    [InlineData("_ = await [|redis.HashGetAsync(\"prices\", id)|];")]
    [InlineData("_ = await [|redis.HashGetAllAsync(Key(id))|];")]
    [InlineData("await [|redis.SetAddAsync(\"seen\", id)|];")]
    [InlineData("if (await [|redis.KeyExistsAsync(Key(id))|]) found.Add(id);")]
    [InlineData("_ = [|redis.StringGetAsync(Key(id))|].Result;")]
    [InlineData("_ = [|redis.StringGetAsync(Key(id))|].GetAwaiter().GetResult();")]
    [InlineData("_ = redis.Wait([|redis.StringGetAsync(Key(id))|]);")]
    [InlineData("var read = [|redis.StringGetAsync(Key(id))|]; found.Add(id); _ = await read;")]
    [InlineData("_ = await [|cache.GetStringAsync(Key(id))|];")]
    [InlineData("_ = [|cache.Get(Key(id))|];")]
    [InlineData("await [|cache.RemoveAsync(Key(id))|];")]
    [InlineData("await [|cache.SetStringAsync(Key(id), \"x\")|];")]
    public Task RoundTripPerElement_IsReported(string statement) => Verify.Reported(InLoop(statement));

    [Theory]
    [InlineData("for (var i = 0; i < ids.Count; i++) _ = await [|redis.StringGetAsync(Key(ids[i]))|];")]
    [InlineData("_ = ids.Select(id => [|redis.StringGet(Key(id))|]).ToList();")]
    [InlineData("ids.ForEach(id => [|redis.KeyDelete(Key(id))|]);")]
    [InlineData("_ = ids.ToDictionary(id => id, id => [|redis.StringGet(Key(id))|]);")]
    [InlineData("await foreach (var key in server.KeysAsync(pattern: \"price:*\")) await [|redis.KeyDeleteAsync(key)|];")]
    [InlineData("foreach (var id in ids) _ = await [|ReadAsync(id)|];")]
    [InlineData("_ = ids.ToAsyncEnumerable().Select(async (int id, CancellationToken token) => await [|redis.StringGetAsync(Key(id))|]);")]
    public Task EveryKindOfRepetition_IsReported(string statements) => Verify.Reported(In(statements));

    [Fact]
    public Task Chain_IsReportedWithItsPlaces() => Verify.Reported(
        """
        using StackExchange.Redis;

        public class Prices(IDatabase redis)
        {
            public async Task<decimal> SumAsync(List<int> ids)
            {
                var sum = 0m;
                {|#1:foreach|} (var id in ids)
                    sum += await {|#0:ReadAsync(id)|};
                return sum;
            }

            private async Task<decimal> ReadAsync(int id) => (decimal)await {|#2:redis.StringGetAsync($"price:{id}")|};
        }
        """,
        expected: new DiagnosticResult(BP6004CacheCallInLoopAnalyzer.Id, Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)
            .WithLocation(0).WithLocation(1).WithLocation(2)
            .WithMessage("'ReadAsync → IDatabaseAsync.StringGetAsync' waits for one cache round trip per element of the loop; send all keys in one call, or start the calls first and await them together"));

    [Fact]
    public Task ReadBeforeTheMissIsLoaded_IsReportedWithoutTheStore() => Verify.Reported("""
        using Microsoft.Extensions.Caching.Distributed;

        public class Names(ShopContext db, IDistributedCache cache)
        {
            public async Task<List<string>> Of(List<int> ids)
            {
                var names = new List<string>();
                foreach (var id in ids)
                {
                    var name = await [|cache.GetStringAsync($"name:{id}")|];
                    if (name is null)
                    {
                        name = await db.Customers.Where(c => c.Id == id).Select(c => c.Name).SingleAsync();
                        await cache.SetStringAsync($"name:{id}", name);
                    }

                    names.Add(name);
                }

                return names;
            }
        }
        """);

    [Theory]
    [InlineData("var reads = new List<Task<RedisValue>>(); foreach (var id in ids) reads.Add(redis.StringGetAsync(Key(id))); await Task.WhenAll(reads);")]
    [InlineData("_ = await Task.WhenAll(ids.Select(id => redis.StringGetAsync(Key(id))));")]
    [InlineData("_ = await Task.WhenAll(ids.Select(async id => await redis.StringGetAsync(Key(id))));")]
    [InlineData("_ = await Task.WhenAll(ids.Select(id => ReadAsync(id)));")]
    [InlineData("_ = await Task.WhenAll(ids.Select(ReadAsync));")]
    [InlineData("_ = await Task.WhenAll(ids.Select(async id => await cache.GetStringAsync(Key(id))));")]
    [InlineData("var last = Task.CompletedTask; foreach (var id in ids) last = redis.StringSetAsync(Key(id), id); await last;")]
    [InlineData("foreach (var id in ids) _ = redis.KeyDeleteAsync(Key(id));")]
    [InlineData("await Parallel.ForEachAsync(ids, async (id, token) => await redis.KeyDeleteAsync(Key(id)));")]
    public Task PipelinedCalls_AreSilent(string statements) => Verify.Silent(In(statements));

    [Theory]
    [InlineData("var batch = redis.CreateBatch(); var reads = ids.Select(id => batch.StringGetAsync(Key(id))).ToList(); batch.Execute(); foreach (var read in reads) _ = await read;")]
    [InlineData("var batch = redis.CreateBatch(); foreach (var id in ids) found.Add(batch.StringSetAsync(Key(id), id).Id); batch.Execute();")]
    [InlineData("var tran = redis.CreateTransaction(); foreach (var id in ids) _ = tran.KeyDeleteAsync(Key(id)); await tran.ExecuteAsync();")]
    public Task BatchesAndTransactions_AreSilent(string statements) => Verify.Silent(In(statements));

    [Theory]
    [InlineData("redis.StringSet(Key(id), id, flags: CommandFlags.FireAndForget);")]
    [InlineData("await redis.KeyDeleteAsync(Key(id), CommandFlags.FireAndForget);")]
    public Task FireAndForget_IsSilent(string statement) => Verify.Silent(InLoop(statement));

    [Theory]
    [InlineData("if (!await redis.StringSetAsync(Key(id), 1, TimeSpan.FromMinutes(1), When.NotExists)) continue; found.Add(id);")]
    [InlineData("if (!await redis.LockTakeAsync(Key(id), \"me\", TimeSpan.FromMinutes(1))) continue; found.Add(id);")]
    [InlineData("await redis.ScriptEvaluateAsync(\"return 1\", [Key(id)]);")]
    [InlineData("await redis.StreamAcknowledgeAsync(\"orders\", \"group\", id);")]
    public Task CommandThatDecidesTheTurn_IsSilent(string statement) => Verify.Silent(InLoop(statement));

    [Theory]
    [InlineData("await http.PostAsync($\"/orders/{id}\", null); await redis.StringSetAsync(Key(id), \"sent\");")]
    [InlineData("await SendMailAsync(id); await cache.SetStringAsync(Key(id), \"sent\");")]
    public Task Checkpoint_IsSilent(string statement) => Verify.Silent(InLoop(statement));

    [Theory]
    [InlineData("_ = await hybrid.GetOrCreateAsync(Key(id), token => ValueTask.FromResult(1));")]
    [InlineData("await hybrid.RemoveAsync(Key(id));")]
    [InlineData("_ = memory.Get(Key(id));")]
    [InlineData("_ = own.StringGetAsync(Key(id)).Result;")]
    public Task OtherCaches_AreSilent(string statement) => Verify.Silent(InLoop(statement));

    [Theory]
    [InlineData("foreach (var id in ids) _ = await redis.StringGetAsync(\"settings\");")]
    [InlineData("foreach (var id in ids) { found.Add(id); _ = await redis.StringGetAsync(\"a\"); _ = redis.StringSetAsync(Key(id), 1); }")]
    [InlineData("foreach (var chunk in ids.Chunk(100)) _ = await redis.StringGetAsync(chunk.Select(id => (RedisKey)Key(id)).ToArray());")]
    [InlineData("foreach (var id in new[] { 1, 2, 3 }) _ = await redis.StringGetAsync(Key(id));")]
    [InlineData("foreach (var id in ids) if ((await redis.StringGetAsync(Key(id))).HasValue) return;")]
    [InlineData("var known = new Dictionary<int, string?>(); foreach (var id in ids) if (!known.ContainsKey(id)) known[id] = await redis.StringGetAsync(Key(id));")]
    [InlineData("while (true) { var item = await redis.ListLeftPopAsync(\"queue\"); if (item.IsNull) break; found.Add((int)item); }")]
    [InlineData("for (var attempt = 0; attempt < 10; attempt++) { try { _ = await redis.StringGetAsync(\"x\" + attempt); return; } catch (TimeoutException) { } }")]
    [InlineData("for (var page = 0; ; page++) { var rows = await redis.ListRangeAsync(\"queue\", page * 100, page * 100 + 99); if (rows.Length == 0) break; }")]
    public Task LegitimateLoops_AreSilent(string statements) => Verify.Silent(In(statements));

    [Fact]
    public Task DistributedCacheInMemory_IsSilent() => Verify.Silent("""
        using Microsoft.Extensions.Caching.Distributed;

        public class Prices(IDistributedCache cache)
        {
            public static void AddTo(IServiceCollection services) => services.AddDistributedMemoryCache();

            public async Task Drop(List<int> ids)
            {
                foreach (var id in ids)
                    await cache.RemoveAsync($"price:{id}");
            }
        }
        """);

    [Fact]
    public Task DistributedCacheInMemoryOnlyForDevelopment_IsReported() => Verify.Reported("""
        using Microsoft.Extensions.Caching.Distributed;

        public class Prices(IDistributedCache cache)
        {
            // services.AddStackExchangeRedisCache(…) elsewhere
            public static void AddTo(IServiceCollection services) => services.AddDistributedMemoryCache();

            public async Task Drop(List<int> ids)
            {
                foreach (var id in ids)
                    await [|cache.RemoveAsync($"price:{id}")|];
            }
        }
        """);

    [Fact]
    public Task Seeding_IsSilent() => Verify.Silent("""
        using StackExchange.Redis;

        public class PriceSeeder(IDatabase redis)
        {
            public async Task RunAsync(List<int> ids)
            {
                foreach (var id in ids)
                    await redis.StringSetAsync($"price:{id}", 0);
            }
        }
        """);

    private static string InLoop(string statement) => In($"foreach (var id in ids) {{ {statement} }}");

    private static string In(string statements) => $$"""
        using Microsoft.Extensions.Caching.Distributed;
        using Microsoft.Extensions.Caching.Hybrid;
        using Microsoft.Extensions.Caching.Memory;
        using StackExchange.Redis;

        public class Prices(IDatabase redis, IDistributedCache cache, HybridCache hybrid, IMemoryCache memory, IServer server, OwnDatabase own, HttpClient http)
        {
            public async Task Run(List<int> ids, List<int> found)
            {
                await Task.Yield();
                {{statements}}
            }

            private static string Key(int id) => $"price:{id}";

            private Task SendMailAsync(int id) => Task.CompletedTask;

            private async Task<decimal> ReadAsync(int id) => (decimal)await redis.StringGetAsync(Key(id));
        }

        public class OwnDatabase
        {
            public Task<string> StringGetAsync(string key) => Task.FromResult(key);
        }
        """;
}
