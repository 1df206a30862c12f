using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Caching.BP6004CacheCallInLoopAnalyzer, BackendPatterns.Analyzers.CodeFixes.Caching.BP6004CacheCallInLoopFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Caching;

public class BP6004CacheCallInLoopFixTests
{
    [Fact]
    public Task StringGet_IsFixed() => Verify.Fixed(
        In("""
                foreach (var id in ids)
                {
                    var value = await [|redis.StringGetAsync($"price:{id}")|];
                    if (value.HasValue)
                        found.Add((int)value);
                }
        """),
        In("""
                var keys = ids.Select(id => (RedisKey)$"price:{id}").Distinct().ToArray();
                var valuesByKey = keys.Zip(await redis.StringGetAsync(keys)).ToDictionary(pair => pair.First, pair => pair.Second);
                foreach (var id in ids)
                {
                    var value = valuesByKey[$"price:{id}"];
                    if (value.HasValue)
                        found.Add((int)value);
                }
        """));

    [Fact]
    public Task SynchronousGetOfAProperty_IsFixed() => Verify.Fixed(
        In("""
                var count = 0;

                // The prices.
                foreach (var product in products)
                    count += (int)[|redis.StringGet(Key(product.Id))|];
        """),
        In("""
                var count = 0;

                var keys = products.Select(product => (RedisKey)Key(product.Id)).Distinct().ToArray();
                var valuesByKey = keys.Zip(redis.StringGet(keys)).ToDictionary(pair => pair.First, pair => pair.Second);
                // The prices.
                foreach (var product in products)
                    count += (int)valuesByKey[Key(product.Id)];
        """));

    [Fact]
    public Task KeyInALocal_IsFixed() => Verify.Fixed(
        In("""
                foreach (var product in products)
                {
                    var key = $"price:{product.Sku}";
                    if (await [|redis.StringGetAsync(key)|] is { HasValue: true } value)
                        found.Add((int)value);
                }
        """),
        In("""
                var keys = products.Select(product => (RedisKey)$"price:{product.Sku}").Distinct().ToArray();
                var valuesByKey = keys.Zip(await redis.StringGetAsync(keys)).ToDictionary(pair => pair.First, pair => pair.Second);
                foreach (var product in products)
                {
                    var key = $"price:{product.Sku}";
                    if (valuesByKey[key] is { HasValue: true } value)
                        found.Add((int)value);
                }
        """));

    [Fact]
    public Task HashGet_IsFixed() => Verify.Fixed(
        In("""
                foreach (var id in ids.Where(id => id > 0).ToList())
                    found.Add((int)await [|redis.HashGetAsync("prices", id)|].ConfigureAwait(false));
        """),
        In("""
                var idList = ids.Where(id => id > 0).ToList();
                var fields = idList.Select(id => (RedisValue)id).Distinct().ToArray();
                var valuesByField = fields.Zip(await redis.HashGetAsync("prices", fields).ConfigureAwait(false)).ToDictionary(pair => pair.First, pair => pair.Second);
                foreach (var id in idList)
                    found.Add((int)valuesByField[id]);
        """));

    [Theory]
    [InlineData("redis.KeyDeleteAsync($\"price:{id}\")", "redis.KeyDeleteAsync(ids.Select(id => (RedisKey)$\"price:{id}\").ToArray())")]
    [InlineData("redis.KeyDeleteAsync(\"price:\" + id)", "redis.KeyDeleteAsync(ids.Select(id => (RedisKey)(\"price:\" + id)).ToArray())")]
    [InlineData("redis.SetAddAsync(\"seen\", id)", "redis.SetAddAsync(\"seen\", ids.Select(id => (RedisValue)id).ToArray())")]
    [InlineData("redis.SetRemoveAsync(\"seen\", id)", "redis.SetRemoveAsync(\"seen\", ids.Select(id => (RedisValue)id).ToArray())")]
    [InlineData("redis.HashDeleteAsync(\"prices\", id)", "redis.HashDeleteAsync(\"prices\", ids.Select(id => (RedisValue)id).ToArray())")]
    [InlineData("redis.ListRightPushAsync(\"queue\", id)", "redis.ListRightPushAsync(\"queue\", ids.Select(id => (RedisValue)id).ToArray())")]
    [InlineData("redis.HashSetAsync(\"prices\", id, 0)", "redis.HashSetAsync(\"prices\", ids.Select(id => new HashEntry(id, 0)).ToArray())")]
    [InlineData("redis.StringSetAsync(Key(id), id)", "redis.StringSetAsync(ids.Select(id => new KeyValuePair<RedisKey, RedisValue>(Key(id), id)).ToArray())")]
    public Task LoopThatOnlyWrites_IsFixed(string call, string array) => Verify.Fixed(
        In($$"""
                foreach (var id in ids)
                    await [|{{call}}|];
        """),
        In($$"""
                await {{array}};
        """));

    [Fact]
    public Task WriteWithLocals_IsFixed() => Verify.Fixed(
        In("""
                // Forget them.
                foreach (var product in products)
                {
                    var key = $"price:{product.Sku}";
                    await [|redis.KeyDeleteAsync(key)|];
                }

                found.Clear();
        """),
        In("""
                // Forget them.
                await redis.KeyDeleteAsync(products.Select(product => (RedisKey)$"price:{product.Sku}").ToArray());

                found.Clear();
        """));

    [Fact]
    public Task RedisKeys_IsFixed() => Verify.Fixed(
        In("""
                foreach (var key in cached)
                    redis.KeyDelete([|key|]);
        """.Replace("redis.KeyDelete([|key|])", "[|redis.KeyDelete(key)|]", StringComparison.Ordinal)),
        In("""
                redis.KeyDelete(cached);
        """));

    [Fact]
    public Task SeveralLoops_AreFixedTogether() => Verify.Fixed(
        In("""
                foreach (var id in ids)
                    found.Add((int)await [|redis.StringGetAsync($"price:{id}")|]);
                foreach (var id in ids)
                    found.Add((int)await [|redis.HashGetAsync("prices", id)|]);
                foreach (var id in ids)
                    await [|redis.KeyDeleteAsync($"price:{id}")|];
        """),
        In("""
                var keys = ids.Select(id => (RedisKey)$"price:{id}").Distinct().ToArray();
                var valuesByKey = keys.Zip(await redis.StringGetAsync(keys)).ToDictionary(pair => pair.First, pair => pair.Second);
                foreach (var id in ids)
                    found.Add((int)valuesByKey[$"price:{id}"]);
                var fields = ids.Select(id => (RedisValue)id).Distinct().ToArray();
                var valuesByField = fields.Zip(await redis.HashGetAsync("prices", fields)).ToDictionary(pair => pair.First, pair => pair.Second);
                foreach (var id in ids)
                    found.Add((int)valuesByField[id]);
                await redis.KeyDeleteAsync(ids.Select(id => (RedisKey)$"price:{id}").ToArray());
        """));

    [Theory]
    [InlineData("foreach (var id in ids) { found.Add(id); await [|redis.KeyDeleteAsync($\"price:{id}\")|]; }")]
    [InlineData("foreach (var id in ids) if (id > 0) await [|redis.KeyDeleteAsync($\"price:{id}\")|];")]
    [InlineData("foreach (var id in ids) if (await [|redis.KeyDeleteAsync($\"price:{id}\")|]) found.Add(id);")]
    [InlineData("foreach (var id in ids) await [|redis.StringSetAsync($\"price:{id}\", id, TimeSpan.FromMinutes(1))|];")]
    [InlineData("foreach (var id in ids) await [|redis.KeyDeleteAsync($\"price:{id}\", CommandFlags.DemandMaster)|];")]
    [InlineData("foreach (var product in products) await [|redis.StringSetAsync(product.Sku, Nickname(product))|];")]
    [InlineData("foreach (var customer in customers) await [|redis.StringSetAsync(customer.Name, customer.Phone)|];")]
    [InlineData("foreach (var id in ids) if (await [|redis.KeyExistsAsync($\"price:{id}\")|]) found.Add(id);")]
    [InlineData("foreach (var id in ids) _ = await [|redis.HashGetAllAsync($\"price:{id}\")|];")]
    [InlineData("foreach (var id in lazy) found.Add((int)await [|redis.StringGetAsync($\"price:{id}\")|]);")]
    [InlineData("foreach (var id in ids) { found.Add((int)await [|redis.StringGetAsync($\"price:{id}\")|]); _ = redis.StringSetAsync(\"price:1\", 1); }")]
    [InlineData("foreach (var id in ids) { found.Add((int)await [|redis.StringGetAsync($\"price:{id}\")|]); changed(); }")]
    [InlineData("foreach (var id in ids) { try { found.Add((int)await [|redis.StringGetAsync($\"price:{id}\")|]); } catch (RedisException) { } }")]
    [InlineData("foreach (var product in products) { product.Id++; found.Add((int)await [|redis.StringGetAsync($\"price:{product.Id}\")|]); }")]
    [InlineData("foreach (var id in ids) found.Add((int)await [|redis.StringGetAsync(Next(id))|]);")]
    [InlineData("foreach (var id in ids) { var read = [|redis.StringGetAsync($\"price:{id}\")|]; found.Add((int)await read); }")]
    [InlineData("foreach (var id in ids) found.Add(int.Parse((await [|cache.GetStringAsync($\"price:{id}\")|])!));")]
    [InlineData("for (var i = 0; i < ids.Count; i++) found.Add((int)await [|redis.StringGetAsync($\"price:{ids[i]}\")|]);")]
    [InlineData("foreach (var id in ids) /* now */ await [|redis.KeyDeleteAsync($\"price:{id}\")|]; // later")]
    public Task EffectThatMayDiffer_IsNotFixed(string statements) => Verify.NotFixed(In(statements));

    private static string In(string statements) => $$"""
        using Microsoft.Extensions.Caching.Distributed;
        using StackExchange.Redis;

        public class Prices(IDatabase redis, IDistributedCache cache)
        {
            private int calls;

            public async Task Run(List<int> ids, IEnumerable<int> lazy, List<Product> products, List<Customer> customers, RedisKey[] cached, List<int> found, Action changed)
            {
                await Task.Yield();
        {{statements}}
            }

            private static string Key(int id) => $"price:{id}";

            private string Next(int id) => $"price:{id}:{calls++}";

            private static string? Nickname(Product product) => product.Name.Length > 0 ? product.Name : null;
        }
        """;
}
