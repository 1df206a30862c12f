using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Tests.Verification;

namespace BackendPatterns.Analyzers.Tests.Flow;

/// <summary>Each shape with the counter-example that is none.</summary>
public class LegitimateLoopsTests
{
    [Theory]
    [InlineData("for (var page = 0; page < pages; page++) { var rows = await Rows(page); }", LegitimateLoop.Paging)]
    [InlineData("var last = 0; while (true) { var rows = await After(last); if (rows.Count == 0) break; last = rows[^1].Id; }", LegitimateLoop.Paging)]
    [InlineData("var last = 0; while (true) { var rows = await After(last); last++; if (rows.Count < 50) return; }", LegitimateLoop.Paging)]
    [InlineData("for (var i = 0; i < pages; i++) { var rows = await After(i); if (rows.Count == 0) Log(); }", null)]
    [InlineData("while (!token.IsCancellationRequested) { await After(1); }", LegitimateLoop.Polling)]
    [InlineData("while (true) { await After(1); await Task.Delay(5); }", LegitimateLoop.Polling)]
    [InlineData("foreach (var id in ids) { token.ThrowIfCancellationRequested(); await After(id); }", null)]
    [InlineData("for (var i = 0; i < ids.Count; i++) { await Task.Delay(5); await After(ids[i]); }", null)]
    [InlineData("for (var i = 0; i < pages; i++) { try { await After(1); return; } catch (TimeoutException) { } }", LegitimateLoop.Retry)]
    [InlineData("for (var i = 0; i < pages; i++) { try { await After(i); Log(); } catch (TimeoutException) { } }", null)]
    [InlineData("foreach (var chunk in ids.Chunk(50)) { await Many(chunk); }", LegitimateLoop.Batch)]
    [InlineData("foreach (var group in orders.GroupBy(o => o.CustomerId)) { await Many(group.Select(o => o.Id)); }", LegitimateLoop.Batch)]
    [InlineData("foreach (var group in orders.GroupBy(o => o.CustomerId)) { await After(group.Key); }", null)]
    [InlineData("foreach (var order in orders) { await Many(order.Lines.Select(l => l.Id)); }", null)]
    [InlineData("var some = new List<int>(); foreach (var id in ids) { some.Add(id); if (some.Count == 50) { await Many(some); } }", LegitimateLoop.ThresholdFlush)]
    [InlineData("for (var i = 0; i < ids.Count; i++) { if (i % 50 == 0) await After(ids[i]); }", LegitimateLoop.ThresholdFlush)]
    [InlineData("foreach (var order in orders) { if (order.Lines.Count >= 2) await After(order.Id); }", null)]
    [InlineData("foreach (var id in ids) { var row = await One(id); if (row != null) return; }", LegitimateLoop.Search)]
    [InlineData("foreach (var id in ids) { if (await Exists(id)) { Log(); break; } }", LegitimateLoop.Search)]
    [InlineData("foreach (var id in ids) { if (await One(id) is { Total: > 5 } row) return; }", LegitimateLoop.Search)]
    [InlineData("foreach (var id in ids) { var row = await One(id); if (row == null) continue; Log(); return; }", LegitimateLoop.Search)]
    [InlineData("foreach (var id in ids) { var row = await One(id); if (row == null) return; Log(row.Number); }", null)]
    [InlineData("foreach (var id in ids) { var row = await One(id); if (row == null) throw new InvalidOperationException(); }", null)]
    [InlineData("foreach (var id in ids) { if (!await Exists(id)) return; }", null)]
    [InlineData("foreach (var id in ids) { var row = await One(id); switch (id) { case 1: Log(); break; } }", null)]
    [InlineData("foreach (var id in ids) { var row = await One(id); if (row != null) { foreach (var x in ids) { break; } } }", null)]
    [InlineData("var slug = 1; while (await Exists(slug)) slug++;", LegitimateLoop.UniquenessProbe)]
    [InlineData("foreach (var id in ids) { if (!known.TryGetValue(id, out var row)) known[id] = (await One(id))!; }", LegitimateLoop.ReadThroughCache)]
    [InlineData("foreach (var id in ids) { if (known.ContainsKey(id)) continue; known.Add(id, (await One(id))!); }", LegitimateLoop.ReadThroughCache)]
    [InlineData("foreach (var id in ids) { var row = known.GetValueOrDefault(id); if (row == null) { row = await One(id); known[id] = row!; } }", LegitimateLoop.ReadThroughCache)]
    [InlineData("foreach (var id in ids) { if (!known.ContainsKey(id)) { var row = await One(id); Log(); } }", null)]
    [InlineData("foreach (var id in ids) { Order? row = null; if (id > 5) row = await One(id); }", null)]
    [InlineData("foreach (var n in new[] { 1, 2 }) { await After(n); }", LegitimateLoop.ConstantHandful)]
    [InlineData("foreach (var n in Enum.GetValues<DayOfWeek>().Where(d => d > 0)) { await After((int)n); }", LegitimateLoop.ConstantHandful)]
    [InlineData("var few = new List<int> { 1, 2 }; foreach (var n in few) { await After(n); }", LegitimateLoop.ConstantHandful)]
    [InlineData("var few = new List<int> { 1, 2 }; few.AddRange(ids); foreach (var n in few) { await After(n); }", null)]
    [InlineData("for (var i = 0; i < 5; i++) { await After(i); }", LegitimateLoop.ConstantHandful)]
    [InlineData("for (var i = 0; i < 12; i++) { await After(i); }", null)]
    [InlineData("foreach (var n in new int[pages]) { await After(n); }", null)]
    [InlineData("await foreach (var id in channel.ReadAllAsync()) { await After(id); }", LegitimateLoop.Consumer)]
    [InlineData("while (channel.TryRead(out var id)) { await After(id); }", LegitimateLoop.Consumer)]
    [InlineData("var queue = new Queue<int>(ids); while (queue.Count > 0) { await After(queue.Dequeue()); }", null)]
    [InlineData("foreach (var id in ids) { await Sql(\"select nextval('numbers')\", id); }", LegitimateLoop.SequenceValue)]
    [InlineData("foreach (var id in ids) { await Sql(\"select name from numbers\", id); }", null)]
    [InlineData("foreach (var page in Enumerable.Range(0, pages)) { await Rows(page); }", LegitimateLoop.Paging)]
    [InlineData("foreach (var page in ids) { await Rows(page); }", null)]
    [InlineData("for (var n = 0; n < 100; n++) { if (!await Exists(n)) return; }", LegitimateLoop.Paging)]
    [InlineData("for (var n = 0; n < pages; n++) { if (!await Exists(n)) return; }", null)]
    [InlineData("var n = 0; foreach (var id in ids) { if (++n >= 50) { n = 0; await After(id); } }", LegitimateLoop.ThresholdFlush)]
    [InlineData("var n = 0; foreach (var id in ids) { if (++n >= 50) { await After(id); } }", null)]
    [InlineData("var some = new List<int>(); foreach (var id in ids) { some.Add(id); if (some.Count < 50) continue; await Many(some); }", LegitimateLoop.ThresholdFlush)]
    [InlineData("foreach (var order in orders) { if (order.Lines.Count < 2) continue; await After(order.Id); }", null)]
    [InlineData("foreach (var chunk in ids.Chunk(50)) { var text = string.Join(',', chunk); await Sql(text, 1); }", LegitimateLoop.Batch)]
    [InlineData("foreach (var id in ids) { var text = string.Join(',', id, 1); await Sql(text, 1); }", null)]
    [InlineData("foreach (var n in Few) { await After(n); }", LegitimateLoop.ConstantHandful)]
    [InlineData("foreach (var n in new Dictionary<int, int> { [1] = 2 }.Keys.Concat(ids)) { await After(n); }", null)]
    [InlineData("while (true) { await After(await channel.ReadAsync()); }", LegitimateLoop.Consumer)]
    public void Shape_IsToldFromItsCounterExample(string statements, LegitimateLoop? expected)
    {
        var test = ModelTest.Compile($$"""
            using System.Threading.Channels;

            #pragma warning disable CS0219, CS1998
            public class Test(ChannelReader<int> channel)
            {
                public async Task Run(List<int> ids, List<Order> orders, int pages, Dictionary<int, Order> known, CancellationToken token)
                {
                    {{statements}}
                }

                private static IReadOnlyList<int> Few { get; } = [1, 2];

                private static Task<List<Order>> Rows(int page) => throw new NotSupportedException();
                private static Task<List<Order>> After(int id) => throw new NotSupportedException();
                private static Task<Order?> One(int id) => throw new NotSupportedException();
                private static Task<bool> Exists(int id) => throw new NotSupportedException();
                private static Task<List<Order>> Many(IEnumerable<int> ids) => throw new NotSupportedException();
                private static Task<int> Sql(string text, int id) => throw new NotSupportedException();
                private static void Log(string text = "") { }
            }
            """);
        var name = new[] { "Rows(", "After(", "One(", "Exists(", "Many(", "Sql(" }.First(candidate => statements.Contains(candidate, StringComparison.Ordinal));
        var call = test.Call(name);
        Assert.Equal(expected, LegitimateLoops.ShapeOf(Loops.Enclosing(call)[0], call, test.Model.Libraries));
    }

    [Theory]
    [InlineData("foreach (var order in orders) { await http.PostAsync(\"x\", null); await db.SaveChangesAsync(); }", true)]
    [InlineData("foreach (var order in orders) { SendMail(order); await db.SaveChangesAsync(); }", true)]
    [InlineData("foreach (var order in orders) { order.Total = 0; await db.SaveChangesAsync(); SendMail(order); }", false)]
    public void Checkpoint_FollowsASideEffectOfTheSameItem(string statements, bool expected)
    {
        var test = ModelTest.Compile($$"""
            public class Test(ShopContext db, HttpClient http)
            {
                public async Task Run(List<Order> orders)
                {
                    {{statements}}
                    await http.GetAsync("x");
                }

                private static void SendMail(Order order) { }
            }
            """);
        var save = test.Call("db.SaveChangesAsync");
        Assert.Equal(expected, Checkpoint.Is(Loops.Enclosing(save)[0], save, test.Model.DataAccess));
    }

    [Theory]
    [InlineData("DataSeeder", "Run", true)]
    [InlineData("Catalog", "SeedAsync", true)]
    [InlineData("ShopDbInitializer", "Run", true)]
    [InlineData("MigrateNames", "Run", true)]
    [InlineData("Catalog", "MigrateOrder", false)]
    [InlineData("Seedling", "Run", false)]
    public void OneOffCode_IsToldByItsName(string type, string method, bool expected)
    {
        var test = ModelTest.Compile($"public class {type} {{ public void {method}() {{ }} }}");
        Assert.Equal(expected, OneOff.Is(test.Compilation.GetTypeByMetadataName(type)!.GetMembers(method).Single()));
    }
}
