using Read = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1001QueryInLoopAnalyzer, BackendPatterns.Analyzers.Tests.Verification.NoFix>;
using Write = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1005SaveChangesInLoopAnalyzer, BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

/// <summary>A callee that its caller can tell not to make the round trip, and one that makes it the first time only.</summary>
public class LoopSwitchTests
{
    [Theory]
    [InlineData("[|Apply(order, true)|]", "if (save) db.SaveChanges();")]
    [InlineData("[|Apply(order)|]", "if (save) db.SaveChanges();")]
    [InlineData("[|Apply(order, save: wanted)|]", "if (save) db.SaveChanges();")]
    [InlineData("[|Apply(order, false)|]", "if (!save) db.SaveChanges();")]
    [InlineData("[|Apply(order, false)|]", "if (save) return; db.SaveChanges();")]
    [InlineData("[|Apply(order, false)|]", "save = order.Total > 0; if (save) db.SaveChanges();")]
    [InlineData("[|Apply(order, false)|]", "if (save || order.Total > 0) db.SaveChanges();")]
    [InlineData("[|Apply(order, false)|]", "if (save) Console.WriteLine(); else db.SaveChanges();")]
    [InlineData("[|Apply(order, false)|]", "Finish(order, true);")]
    [InlineData("[|Apply(order, false)|]", "Console.WriteLine(save); db.SaveChanges();")]
    public Task WriteThatIsSwitchedOn_IsReported(string call, string body) => Write.Reported(Orders(call, body));

    [Theory]
    [InlineData("Apply(order, false)", "if (save) db.SaveChanges();")]
    [InlineData("Apply(order, save: false)", "if (save && order.Total > 0) { order.Total = 0; db.SaveChanges(); }")]
    [InlineData("Apply(order, false)", "if (order.Total > 0) { if (save == true) db.SaveChanges(); }")]
    [InlineData("Apply(order, false)", "if (save != false) db.SaveChanges();")]
    [InlineData("Apply(order, false)", "if (!save) return; db.SaveChanges();")]
    [InlineData("Apply(order, false)", "if (!save || order.Total == 0) return; db.SaveChanges();")]
    [InlineData("Apply(order, false)", "_ = save && db.SaveChanges() > 0;")]
    [InlineData("Apply(order, false)", "var rows = save ? db.SaveChanges() : 0;")]
    [InlineData("Apply(order, true)", "if (!save) db.SaveChanges();")]
    [InlineData("Apply(order, false)", "Finish(order, save);")]
    [InlineData("Apply(order, true)", "if (save) Finish(order); else db.SaveChanges();")]
    public Task WriteThatIsSwitchedOff_IsSilent(string call, string body) => Write.Silent(Orders(call, body));

    [Theory]
    [InlineData("[|Find(id)|]")]
    [InlineData("[|Find(id, null)|]")]
    [InlineData("[|Find(id, known: default)|]")]
    public Task ReadWithoutTheRowsAtHand_IsReported(string call) => Read.Reported(Lookup(call));

    [Theory]
    [InlineData("Find(id, rows)")]
    [InlineData("Find(id, known: ids.Count > 9 ? rows : null)")]
    [InlineData("FindIn(rows, id)")]
    public Task ReadThatTheCallerSparesIt_IsSilent(string call) => Read.Silent(Lookup(call));

    [Theory]
    [InlineData("[|Find(order, Part.Lines)|]", "if (part == Part.Lines) return Load(order);")]
    [InlineData("[|Find(order, wanted)|]", "if (part == Part.Lines) return Load(order);")]
    [InlineData("[|Find(order, Part.None)|]", "if (part != Part.Lines) return Load(order);")]
    [InlineData("[|Find(order, Part.Lines)|]", "switch (part) { case Part.None: break; case Part.Notes: case Part.Lines: return Load(order); }")]
    [InlineData("[|Find(order, Part.Lines)|]", "switch (part) { case Part.None: break; default: return Load(order); }")]
    [InlineData("[|Find(order, Part.None)|]", "switch (part) { case Part.None: goto case Part.Lines; case Part.Lines: return Load(order); }")]
    [InlineData("[|Find(order, Part.None)|]", "switch (part) { case Part.None when order.Total > 0: break; default: return Load(order); }")]
    [InlineData("[|Find(order, Part.None)|]", "switch (part) { case var other when order.Total > 0: return Load(order); }")]
    [InlineData("[|Find(order, Part.Notes)|]", "return part is Part.Notes or Part.Lines ? Load(order) : null;")]
    [InlineData("[|Find(order, Part.Notes)|]", "return part switch { Part.None => null, _ => Load(order) };")]
    [InlineData("[|Find(order, Part.None)|]", "part = Part.Lines; if (part == Part.Lines) return Load(order);")]
    [InlineData("[|Find(order, Part.None)|]", "if (part == Part.None || part == Part.Lines) return Load(order);")]
    [InlineData("[|Find(order, Part.Lines)|]", "return Choose(order, part);")]
    [InlineData("[|Find(order, Part.None)|]", "return Choose(order, Part.Lines);")]
    public Task ReadThatIsChosen_IsReported(string call, string body) => Read.Reported(Parts(call, body));

    [Theory]
    [InlineData("Find(order, Part.None)", "if (part == Part.Lines) return Load(order);")]
    [InlineData("Find(order, Part.None)", "if (Part.Lines == part && order.Total > 0) return Load(order);")]
    [InlineData("Find(order, Part.Lines)", "if (part != Part.Lines) return Load(order);")]
    [InlineData("Find(order, Part.None)", "if (part != Part.Lines) return null; return Load(order);")]
    [InlineData("Find(order, Part.None)", "switch (part) { case Part.Notes: case Part.Lines: return Load(order); }")]
    [InlineData("Find(order, Part.None)", "switch (part) { case Part.Lines when order.Total > 0: return Load(order); }")]
    [InlineData("Find(order, Part.None)", "switch (part) { case Part.None: break; default: return Load(order); }")]
    [InlineData("Find(order, Part.None)", "return part is Part.Notes or Part.Lines ? Load(order) : null;")]
    [InlineData("Find(order, Part.Lines)", "return part is not Part.Lines ? Load(order) : null;")]
    [InlineData("Find(order, Part.None)", "return part switch { Part.None => null, _ => Load(order) };")]
    [InlineData("Find(order, Part.None)", "return part switch { Part.Lines => Load(order), _ => null };")]
    [InlineData("Find(order, Part.None)", "return Choose(order, part);")]
    [InlineData("Find(order)", "if (part == Part.Lines) return Load(order);")]
    public Task ReadThatIsNotChosen_IsSilent(string call, string body) => Read.Silent(Parts(call, body));

    [Fact]
    public Task StoreThatAnotherMethodFills_IsSilent() => Read.Silent("""
        public class Library(ShopContext db)
        {
            private readonly Dictionary<int, Order> _cache = new();

            public List<Order> Load(List<int> ids)
            {
                var loaded = new List<Order>();
                foreach (var id in ids)
                    loaded.Add(GetById(id));
                return loaded;
            }

            private Order GetById(int id)
            {
                if (_cache.TryGetValue(id, out var known))
                    return known;
                var order = db.Orders.First(o => o.Id == id);
                Register(order);
                return order;
            }

            private void Register(Order order) => _cache[order.Id] = order;
        }
        """);

    [Fact]
    public Task StoreThatNothingFills_IsReported() => Read.Reported("""
        public class Library(ShopContext db)
        {
            private readonly Dictionary<int, Order> _cache = new();

            public List<Order> Load(List<int> ids)
            {
                var loaded = new List<Order>();
                foreach (var id in ids)
                    loaded.Add([|GetById(id)|]);
                return loaded;
            }

            private Order GetById(int id)
            {
                if (_cache.TryGetValue(id, out var known))
                    return known;
                var order = db.Orders.First(o => o.Id == id);
                Register(order);
                return order;
            }

            private void Register(Order order) => Console.WriteLine(order.Id);
        }
        """);

    [Theory]
    [InlineData("_name = Load(id);")]
    [InlineData("(_name, _total) = (Load(id), id);")]
    [InlineData("Initialize(id);")]
    public Task MemberThatIsLoadedOnce_IsSilent(string loading) => Read.Silent($$"""
        public class Work(ShopContext db)
        {
            private string? _name;
            private int _total;

            public void Print(List<int> ids)
            {
                foreach (var id in ids)
                    Console.WriteLine(NameOf(id) + _total);
            }

            private string? NameOf(int id)
            {
                if (_name == null)
                {
                    {{loading}}
                }

                return _name;
            }

            private void Initialize(int id) => _name = Load(id);

            private string Load(int id) => db.Orders.Where(o => o.Id == id).Select(o => o.Customer.Name).First();
        }
        """);

    private static string Orders(string call, string body) => $$"""
        public class Orders(ShopContext db)
        {
            public void Run(List<Order> orders, bool wanted)
            {
                foreach (var order in orders)
                    {{call}};
            }

            private void Apply(Order order, bool save = true)
            {
                order.Total++;
                {{body}}
            }

            private void Finish(Order order, bool save = false)
            {
                order.Total--;
                if (save)
                    db.SaveChanges();
            }
        }
        """;

    private static string Parts(string call, string body) => $$"""
        public enum Part { None, Notes, Lines }

        public class Orders(ShopContext db)
        {
            public void Run(List<Order> orders, Part wanted)
            {
                foreach (var order in orders)
                    Console.WriteLine({{call}});
            }

            private Customer? Find(Order order, Part part = Part.None)
            {
                {{body}}
            #pragma warning disable CS0162
                return null;
            }

            private Customer? Choose(Order order, Part chosen) => chosen == Part.Lines ? Load(order) : null;

            private Customer? Load(Order order) => db.Customers.FirstOrDefault(c => c.Id == order.CustomerId);
        }
        """;

    private static string Lookup(string call) => $$"""
        public class Orders(ShopContext db)
        {
            public void Run(List<int> ids, List<Order> rows)
            {
                foreach (var id in ids)
                    Console.WriteLine({{call}});
            }

            private Order? Find(int id, List<Order>? known = null)
            {
                if (known is null)
                    known = db.Orders.Where(o => o.CustomerId == id).ToList();
                return known.FirstOrDefault(o => o.CustomerId == id);
            }

            private Order? FindIn(List<Order>? known, int id) =>
                (known ?? db.Orders.Where(o => o.CustomerId == id).ToList()).FirstOrDefault(o => o.CustomerId == id);
        }
        """;
}
