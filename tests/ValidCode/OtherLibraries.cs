using System.Data;
using Dapper;
using StackExchange.Redis;

namespace ValidCode;

/// <summary>Other ways to the data, one round trip for many elements.</summary>
public class OtherLibraries(IDbConnection connection, IDatabase redis)
{
    public async Task<Dictionary<int, decimal>> Totals(int[] ids)
    {
        var rows = await connection.QueryAsync<(int Id, decimal Total)>("select id, total from orders where id in @ids", new { ids });
        return rows.ToDictionary(row => row.Id, row => row.Total);
    }

    public async Task<string?[]> Names(IEnumerable<int> ids)
    {
        var keys = ids.Select(id => (RedisKey)$"name:{id}").ToArray();
        var values = await redis.StringGetAsync(keys);
        return [.. values.Select(value => (string?)value)];
    }

    public async Task<string?[]> Pipelined(IEnumerable<int> ids)
    {
        var batch = redis.CreateBatch();
        var reads = ids.Select(id => batch.StringGetAsync($"name:{id}")).ToList();
        batch.Execute();
        return [.. (await Task.WhenAll(reads)).Select(value => (string?)value)];
    }

    public static List<int> InMemory(IQueryable<int> numbers, List<int> wanted)
    {
        var result = new List<int>();
        foreach (var number in wanted)
            result.Add(wanted.AsQueryable().First(other => other == number));
        return [.. result.Concat(numbers.Take(1))];
    }
}
