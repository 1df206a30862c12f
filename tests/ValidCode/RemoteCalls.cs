using System.Net.Http.Json;
using StackExchange.Redis;

namespace ValidCode;

/// <summary>Calls of other services and of Redis for many elements, without waiting for each.</summary>
public class RemoteCalls(HttpClient http, IDatabase redis)
{
    public async Task<List<decimal>> AtOnce(int[] ids, CancellationToken cancellationToken) =>
        await http.GetFromJsonAsync<List<decimal>>($"prices?ids={string.Join(',', ids)}", cancellationToken) ?? [];

    public Task Limited(int[] ids, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(ids, cancellationToken, async (id, token) => await http.PostAsJsonAsync($"prices/{id}/refresh", id, token));

    public async Task<List<decimal>> Pages(CancellationToken cancellationToken)
    {
        var prices = new List<decimal>();
        for (var page = 1; ; page++)
        {
            var rows = await http.GetFromJsonAsync<List<decimal>>($"prices?page={page}", cancellationToken);
            if (rows is null || rows.Count == 0)
                return prices;
            prices.AddRange(rows);
        }
    }

    public async Task<string?[]> StartedTogether(IEnumerable<int> ids)
    {
        var reads = new List<Task<RedisValue>>();
        foreach (var id in ids)
            reads.Add(redis.StringGetAsync($"name:{id}"));
        return [.. (await Task.WhenAll(reads)).Select(value => (string?)value)];
    }

    public async Task<List<int>> Claimed(IEnumerable<int> ids, string owner)
    {
        var claimed = new List<int>();
        foreach (var id in ids)
        {
            if (await redis.StringSetAsync($"claim:{id}", owner, TimeSpan.FromMinutes(1), When.NotExists))
                claimed.Add(id);
        }

        return claimed;
    }
}
