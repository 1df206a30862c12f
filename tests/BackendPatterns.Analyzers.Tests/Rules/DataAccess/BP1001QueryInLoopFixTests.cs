using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1001QueryInLoopAnalyzer, BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1001QueryInLoopFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1001QueryInLoopFixTests
{
    [Fact]
    public Task FirstOrDefault_IsFixed() => Fixed(
        """
        foreach (var order in orders)
        {
            var customer = await [|db.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId, cancellation)|];
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
        var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellation);
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task First_ThrowsAsBefore_IsFixed() => Fixed(
        """
        foreach (var order in orders)
        {
            var customer = await [|db.Customers.FirstAsync(c => c.Id == order.CustomerId)|];
            Console.WriteLine(customer.Name);
        }
        """,
        """
        var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
        var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId) ?? throw new InvalidOperationException("Sequence contains no elements.");
            Console.WriteLine(customer.Name);
        }
        """);

    [Fact]
    public Task FindAsync_IsFixed() => Fixed(
        """
        // Names first.
        foreach (var order in orders)
        {
            // The customer may be gone.
            var customer = await [|db.Customers.FindAsync([order.CustomerId], cancellation)|];
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
        var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellation);
        // Names first.
        foreach (var order in orders)
        {
            // The customer may be gone.
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task SynchronousFindOfTheContext_IsFixed() => Fixed(
        """
        foreach (var id in ids)
        {
            if ([|db.Find<Customer>(id)|] is { } customer)
                Console.WriteLine(customer.Name);
        }
        """,
        """
        var distinctIds = ids.Distinct().ToList();
        var customersById = db.Set<Customer>().Where(c => distinctIds.Contains(c.Id)).ToDictionary(c => c.Id);
        foreach (var id in ids)
        {
            if (customersById.GetValueOrDefault(id) is { } customer)
                Console.WriteLine(customer.Name);
        }
        """);

    [Fact]
    public Task RowsByForeignKey_AreFixed() => Fixed(
        """
        foreach (var order in orders)
        {
            order.Total = (await [|db.Lines.Where(l => l.OrderId == order.Id).ToListAsync(cancellation)|]).Sum(l => l.Price);
        }
        """,
        """
        var orderIds = orders.Select(order => order.Id).Distinct().ToList();
        var linesByOrderId = (await db.Lines.Where(l => orderIds.Contains(l.OrderId)).ToListAsync(cancellation)).ToLookup(l => l.OrderId);
        foreach (var order in orders)
        {
            order.Total = linesByOrderId[order.Id].ToList().Sum(l => l.Price);
        }
        """);

    [Fact]
    public Task ChainOverSeveralLines_KeepsItsShape_IsFixed() => Fixed(
        """
        foreach (var order in orders)
        {
            var rows = await [|db.Lines
                .AsNoTracking()
                .Where(l => l.OrderId == order.Id && l.Price > 1)
                .OrderBy(l => l.ProductId)
                .ToListAsync()|];
            Console.WriteLine(rows.Count);
        }
        """,
        """
        var orderIds = orders.Select(order => order.Id).Distinct().ToList();
        var linesByOrderId = (await db.Lines
                .AsNoTracking()
                .Where(l => orderIds.Contains(l.OrderId) && l.Price > 1)
                .OrderBy(l => l.ProductId)
                .ToListAsync())
            .ToLookup(l => l.OrderId);
        foreach (var order in orders)
        {
            var rows = linesByOrderId[order.Id].ToList();
            Console.WriteLine(rows.Count);
        }
        """);

    [Fact]
    public Task IncludeAndSplitQuery_AreKept_IsFixed() => Fixed(
        """
        foreach (var id in ids)
        {
            var order = await [|db.Orders.Include(o => o.Lines).Include(o => o.Customer).AsSplitQuery().SingleOrDefaultAsync(o => o.Id == id)|].ConfigureAwait(false);
            Console.WriteLine(order?.Lines.Count);
        }
        """,
        """
        var distinctIds = ids.Distinct().ToList();
        var ordersById = await db.Orders
            .Include(o => o.Lines)
            .Include(o => o.Customer)
            .AsSplitQuery()
            .Where(o => distinctIds.Contains(o.Id))
            .ToDictionaryAsync(o => o.Id).ConfigureAwait(false);
        foreach (var id in ids)
        {
            var order = ordersById.GetValueOrDefault(id);
            Console.WriteLine(order?.Lines.Count);
        }
        """);

    [Fact]
    public Task NullableKey_IsFixed() => Fixed(
        """
        foreach (var order in orders)
        {
            var product = await [|db.Products.FirstOrDefaultAsync(p => p.Id == order.CouponId)|];
            Console.WriteLine(product?.Name);
        }
        """,
        """
        var couponIds = orders.Select(order => order.CouponId).OfType<int>().Distinct().ToList();
        var productsById = await db.Products.Where(p => couponIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id);
        foreach (var order in orders)
        {
            var product = order.CouponId is { } couponId ? productsById.GetValueOrDefault(couponId) : null;
            Console.WriteLine(product?.Name);
        }
        """);

    [Fact]
    public Task NullableForeignKey_IsFixed() => Fixed(
        """
        foreach (var id in ids)
        {
            var orders2 = await [|db.Orders.Where(o => o.CouponId == id).ToArrayAsync()|];
            Console.WriteLine(orders2.Length);
        }
        """,
        """
        var distinctIds = ids.Distinct().ToList();
        var ordersByCouponId = (await db.Orders
                .Where(o => o.CouponId.HasValue && distinctIds.Contains(o.CouponId.Value))
                .ToListAsync())
            .ToLookup(o => o.CouponId);
        foreach (var id in ids)
        {
            var orders2 = ordersByCouponId[id].ToArray();
            Console.WriteLine(orders2.Length);
        }
        """);

    [Fact]
    public Task KeyInALocal_IsFixed() => Fixed(
        """
        foreach (var order in orders)
        {
            var id = order.CustomerId;
            var customer = await [|db.Customers.FindAsync(id)|];
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
        var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
        foreach (var order in orders)
        {
            var id = order.CustomerId;
            var customer = customersById.GetValueOrDefault(id);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task LazySequence_IsMaterialisedOnce_IsFixed() => Fixed(
        """
        foreach (var order in orders.Where(o => o.Total > 5))
        {
            var customer = await [|db.Customers.FindAsync(order.CustomerId)|];
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var orderList = orders.Where(o => o.Total > 5).ToList();
        var customerIds = orderList.Select(order => order.CustomerId).Distinct().ToList();
        var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
        foreach (var order in orderList)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task LoopOverAQuery_IsLoadedOnce_IsFixed() => Fixed(
        """
        foreach (var line in db.Lines.Where(l => l.Price > 5))
        {
            var product = await [|db.Products.FindAsync(line.ProductId)|];
            Console.WriteLine(product?.Name);
        }

        foreach (var order in await db.Orders.ToListAsync())
        {
            var customer = await [|db.Customers.FindAsync(order.CustomerId)|];
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var lineList = await db.Lines.Where(l => l.Price > 5).ToListAsync();
        var productIds = lineList.Select(line => line.ProductId).Distinct().ToList();
        var productsById = await db.Products.Where(p => productIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id);
        foreach (var line in lineList)
        {
            var product = productsById.GetValueOrDefault(line.ProductId);
            Console.WriteLine(product?.Name);
        }

        var orderList = await db.Orders.ToListAsync();
        var customerIds = orderList.Select(order => order.CustomerId).Distinct().ToList();
        var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
        foreach (var order in orderList)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task SeveralReportsInOneLoop_AreFixed() => Fixed(
        """
        foreach (var line in lines)
        {
            var product = await [|db.Products.FindAsync(line.ProductId)|];
            var order = await [|db.Orders.FirstAsync(o => o.Id == line.OrderId)|];
            var others = await [|db.Lines.Where(l => l.ProductId == line.ProductId).ToListAsync()|];
            Console.WriteLine(product?.Name + order.Number + others.Count);
        }
        """,
        """
        var productIds = lines.Select(line => line.ProductId).Distinct().ToList();
        var productsById = await db.Products.Where(p => productIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id);
        var orderIds = lines.Select(line => line.OrderId).Distinct().ToList();
        var ordersById = await db.Orders.Where(o => orderIds.Contains(o.Id)).ToDictionaryAsync(o => o.Id);
        var linesByProductId = (await db.Lines.Where(l => productIds.Contains(l.ProductId)).ToListAsync()).ToLookup(l => l.ProductId);
        foreach (var line in lines)
        {
            var product = productsById.GetValueOrDefault(line.ProductId);
            var order = ordersById.GetValueOrDefault(line.OrderId) ?? throw new InvalidOperationException("Sequence contains no elements.");
            var others = linesByProductId[line.ProductId].ToList();
            Console.WriteLine(product?.Name + order.Number + others.Count);
        }
        """);

    [Fact]
    public Task NamesInUse_AreAvoided_IsFixed() => Fixed(
        """
        var customerIds = new List<int>();
        var customersById = "taken";
        foreach (var order in orders)
        {
            var customer = await [|db.Customers.FindAsync(order.CustomerId)|];
            Console.WriteLine(customer?.Name + customersById + customerIds.Count);
        }
        """,
        """
        var customerIds = new List<int>();
        var customersById = "taken";
        var distinctCustomerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
        var customersById2 = await db.Customers.Where(c => distinctCustomerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
        foreach (var order in orders)
        {
            var customer = customersById2.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name + customersById + customerIds.Count);
        }
        """);

    [Fact]
    public Task RowThatIsRemoved_IsFixed() => Fixed(
        """
        foreach (var order in orders)
        {
            var customer = await [|db.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId)|];
            if (customer != null)
                db.Customers.Remove(customer);
        }
        """,
        """
        var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
        var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            if (customer != null)
                db.Customers.Remove(customer);
        }
        """);

    [Fact]
    public Task BlankLineAboveTheLoop_StaysAboveTheQuery_IsFixed() => Fixed(
        """
        Console.WriteLine("start");

        foreach (var order in orders)
            Console.WriteLine((await [|db.Customers.FindAsync(order.CustomerId)|])?.Name);
        """,
        """
        Console.WriteLine("start");

        var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
        var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
        foreach (var order in orders)
            Console.WriteLine(customersById.GetValueOrDefault(order.CustomerId)?.Name);
        """);

    [Fact]
    public Task HelperThatOnlyReads_IsFixed() => Fixed(
        """
        foreach (var order in orders)
        {
            var customer = await [|db.Customers.FindAsync(order.CustomerId)|];
            Print(customer?.Name, await db.Products.CountAsync());
            db.Lines.Add(new OrderLine { OrderId = order.Id });
        }
        """,
        """
        var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
        var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Print(customer?.Name, await db.Products.CountAsync());
            db.Lines.Add(new OrderLine { OrderId = order.Id });
        }
        """);

    [Fact]
    public async Task MissingUsings_AreAdded_IsFixed()
    {
        const string globals = "global using System; global using System.Collections.Generic; global using System.Threading.Tasks;";
        const string before = """
            using Other.Names;

            public class Report(Shop.ShopContext db)
            {
                public async Task Run(List<Shop.Order> orders)
                {
                    foreach (var order in orders)
                    {
                        _ = await [|db.Customers.FindAsync(order.CustomerId)|];
                    }
                }
            }

            namespace Other.Names
            {
                public class Nothing;
            }
            """;
        const string after = """
            using System.Linq;
            using Microsoft.EntityFrameworkCore;
            using Other.Names;

            public class Report(Shop.ShopContext db)
            {
                public async Task Run(List<Shop.Order> orders)
                {
                    var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
                    var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
                    foreach (var order in orders)
                    {
                        _ = customersById.GetValueOrDefault(order.CustomerId);
                    }
                }
            }

            namespace Other.Names
            {
                public class Nothing;
            }
            """;
        await Verify.Fixed(before, after, configure: test =>
        {
            foreach (var state in new[] { test.TestState, test.FixedState })
            {
                state.Sources[0] = ("GlobalUsings.cs", Microsoft.CodeAnalysis.Text.SourceText.From(globals));
                state.Sources[1] = ("Shop.cs", Microsoft.CodeAnalysis.Text.SourceText.From("using Microsoft.EntityFrameworkCore;\n" + Verification.Shop.Domain));
            }
        });
    }

    [Theory]
    [InlineData("foreach (var order in orders) { var c = await [|db.Customers.FirstOrDefaultAsync(c => c.Name == order.Number)|]; Console.WriteLine(c?.Name); }")]
    [InlineData("foreach (var order in orders) { var c = await [|db.Products.FirstOrDefaultAsync(p => p.Price == order.Total)|]; Console.WriteLine(c?.Name); }")]
    [InlineData("foreach (var order in orders) { var c = await [|db.Orders.FirstOrDefaultAsync(o => o.CustomerId == order.CustomerId)|]; Console.WriteLine(c?.Number); }")]
    [InlineData("foreach (var order in orders) { var c = await [|db.Customers.FindAsync(order.CustomerId)|]; await db.SaveChangesAsync(); }")]
    [InlineData("foreach (var order in orders) { var c = await [|db.Customers.FindAsync(order.CustomerId)|]; db.Customers.Add(new Customer()); }")]
    [InlineData("foreach (var order in orders) { var c = await [|db.Customers.FindAsync(order.CustomerId)|]; object any = order; db.Add(any); }")]
    [InlineData("db.Customers.Add(new Customer { Id = 7 }); foreach (var order in orders) { var c = await [|db.Customers.FindAsync(order.CustomerId)|]; }")]
    [InlineData("foreach (var order in orders) { var c = await [|db.Customers.FindAsync(order.CustomerId)|]; await unknown.NotifyAsync(order); }")]
    [InlineData("foreach (var order in orders) { var c = await [|db.Customers.FindAsync(order.CustomerId)|]; later(); }")]
    [InlineData("foreach (var order in orders) { order.CustomerId++; var c = await [|db.Customers.FindAsync(order.CustomerId)|]; }")]
    [InlineData("foreach (var order in orders) { Renumber(order); var c = await [|db.Customers.FindAsync(order.CustomerId)|]; }")]
    [InlineData("foreach (var order in orders) { var c = await [|db.Customers.FindAsync(order.Customer!.Id)|]; }")]
    [InlineData("foreach (var order in orders) { try { var c = await [|db.Customers.FindAsync(order.CustomerId)|]; } catch (TimeoutException) { } }")]
    [InlineData("foreach (var order in orders) { var c = await [|db.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId && c.Points > order.Total)|]; }")]
    [InlineData("foreach (var order in orders) { total++; var c = await [|db.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId && c.Points > total)|]; }")]
    [InlineData("foreach (var order in orders) { var c = await [|db.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId && c.CreatedAt < DateTime.UtcNow)|]; }")]
    [InlineData("foreach (var order in orders) { var c = await [|db.Customers.AsNoTracking().FirstOrDefaultAsync(c => c.Id == order.CustomerId)|]; if (c != null) c.Points++; }")]
    [InlineData("foreach (var order in orders) { order.Customer = await [|db.Customers.AsNoTracking().FirstOrDefaultAsync(c => c.Id == order.CustomerId)|]; }")]
    [InlineData("foreach (var order in orders) { var c = await [|db.Lines.Where(l => l.OrderId == order.Id).Take(3).ToListAsync()|]; }")]
    [InlineData("foreach (var order in orders) { var c = await [|db.Orders.Where(o => o.CouponId == order.CouponId).ToListAsync()|]; }")]
    [InlineData("foreach (var order in lazy) { var c = await [|db.Customers.FindAsync(order.CustomerId)|]; if (order.Total > 5) return; }")]
    [InlineData("foreach (var order in orders) { var c = db.Customers.FindAsync(order.CustomerId).AsTask().ContinueWith(t => t.Result); var d = [|db.Customers.FindAsync(order.CustomerId)|].AsTask(); }", false)]
    [InlineData("foreach (var order in orders) { if (order == null) continue; var c = await [|db.Customers.FindAsync(order.CustomerId)|]; }")]
    [InlineData("foreach (var order in (List<Order?>)orders!) { var c = await [|db.Customers.FindAsync(order!.CustomerId)|]; }")]
    [InlineData("foreach (var order in orders) { var c = await [|db.Customers.FindAsync(order.CustomerId)|]; if (c != null) db.Customers.Remove(c); }")]
    [InlineData("foreach (var order in orders) { var c = await [|db.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId)|]; if (c == null) db.Customers.Add(new Customer()); }")]
    [InlineData("foreach (var order in orders) { var c = await [|db.Customers.FindAsync(order.CustomerId)|]; if (order.Customer != null) total++; }")]
    [InlineData("foreach (var order in orders) { var c = await [|db.Customers.FindAsync(order.CustomerId)|]; db.ChangeTracker.Clear(); }")]
    public async Task WhereTheAnswersAreNotProvablyTheSame_NoFixIsOffered(string statements, bool isWholeTest = true)
    {
        if (isWholeTest)
            await Verify.NotFixed(Report(statements));
        else
            await Verify.NotFixed(Report(statements.Replace("= db.Customers.FindAsync(order.CustomerId).AsTask()", "= [|db.Customers.FindAsync(order.CustomerId)|].AsTask()")));
    }

    [Theory]
    [InlineData("private Task<Customer?> LoadAsync(int id) => db.Customers.FirstOrDefaultAsync(c => c.Id == id);")]
    [InlineData("private async Task<Customer?> LoadAsync(int id) => await db.Customers.FirstOrDefaultAsync(c => c.Id == id);")]
    [InlineData("private async Task<Customer?> LoadAsync(int id) { return await db.Customers.FirstOrDefaultAsync(c => c.Id == id).ConfigureAwait(false); }")]
    [InlineData("private ValueTask<Customer?> LoadAsync(int id) => db.Customers.FindAsync(id);")]
    [InlineData("/// <summary>Loads.</summary>\nprivate Task<Customer?> LoadAsync(int id)\n{\n    return db.Customers\n        .FirstOrDefaultAsync(c => c.Id == id);\n}")]
    public Task PrivateMethodThatIsOneQuery_GoesIntoTheBatch_IsFixed(string helper) => Verify.Fixed(
        Service("""
            foreach (var order in orders)
            {
                var customer = await [|LoadAsync(order.CustomerId)|];
                Console.WriteLine(customer?.Name);
            }
            """, helper, "public int Count => 3;"),
        Service("""
            var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
            var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
            foreach (var order in orders)
            {
                var customer = customersById.GetValueOrDefault(order.CustomerId);
                Console.WriteLine(customer?.Name);
            }
            """, "public int Count => 3;"));

    [Theory]
    [InlineData("private Task<Customer?> LoadAsync(int id) => db.Customers.FirstOrDefaultAsync(c => c.Id == id);", "public Task<Customer?> FirstAsync() => LoadAsync(1);")]
    [InlineData("[Obsolete(\"called by name\")]\nprivate Task<Customer?> LoadAsync(int id) => db.Customers.FirstOrDefaultAsync(c => c.Id == id);", "")]
    [InlineData("#if !X\nprivate Task<Customer?> LoadAsync(int id) => db.Customers.FirstOrDefaultAsync(c => c.Id == id);\n#endif", "")]
    [InlineData("private Task<Customer?> LoadAsync(int id) => db.Customers.FirstOrDefaultAsync(c => c.Id == id);", "/// <summary>See <see cref=\"LoadAsync\"/>.</summary>\npublic int Count => 3;")]
    public Task PrivateMethodThatMayBeUsedElsewhere_Stays_IsFixed(string helper, string other) => Verify.Fixed(
        Service("""
            foreach (var order in orders)
            {
                var customer = await [|LoadAsync(order.CustomerId)|];
                Console.WriteLine(customer?.Name);
            }
            """, helper, other),
        Service("""
            var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
            var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
            foreach (var order in orders)
            {
                var customer = customersById.GetValueOrDefault(order.CustomerId);
                Console.WriteLine(customer?.Name);
            }
            """, helper, other),
        configure: static test => test.DisabledDiagnostics.Add("CS0618"));

    [Fact]
    public Task PrivateMethodOfAPartialClass_Stays_IsFixed()
    {
        const string helper = "private Task<Customer?> LoadAsync(int id) => db.Customers.FirstOrDefaultAsync(c => c.Id == id);";
        var before = Service("foreach (var order in orders)\n    Console.WriteLine((await [|LoadAsync(order.CustomerId)|])?.Name);", helper);
        var after = Service("""
            var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
            var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
            foreach (var order in orders)
                Console.WriteLine(customersById.GetValueOrDefault(order.CustomerId)?.Name);
            """, helper);
        return Verify.Fixed(before.Replace("public class", "public partial class"), after.Replace("public class", "public partial class"));
    }

    [Fact]
    public Task PrivateMethodUsedInTwoLoops_IsRemovedWithTheSecond_IsFixed() => Verify.Fixed(
        Service("""
            foreach (var order in orders)
                Console.WriteLine((await [|LoadAsync(order.CustomerId)|])?.Name);

            foreach (var id in ids)
                Console.WriteLine((await [|LoadAsync(id)|])?.City);
            """, "private Task<Customer?> LoadAsync(int id) => db.Customers.FirstOrDefaultAsync(c => c.Id == id);"),
        Service("""
            var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
            var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
            foreach (var order in orders)
                Console.WriteLine(customersById.GetValueOrDefault(order.CustomerId)?.Name);

            var distinctIds = ids.Distinct().ToList();
            var customersById2 = await db.Customers.Where(c => distinctIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
            foreach (var id in ids)
                Console.WriteLine(customersById2.GetValueOrDefault(id)?.City);
            """));

    [Fact]
    public Task PrivateMethodAboveItsCaller_LeavesNoBlankLine_IsFixed() => Verify.Fixed(
        """
        public class Report(ShopContext db)
        {
            private Task<Customer?> LoadAsync(int id) => db.Customers.FirstOrDefaultAsync(c => c.Id == id);

            public async Task Run(List<Order> orders)
            {
                foreach (var order in orders)
                    Console.WriteLine((await [|LoadAsync(order.CustomerId)|])?.Name);
            }
        }
        """,
        """
        public class Report(ShopContext db)
        {
            public async Task Run(List<Order> orders)
            {
                var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
                var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
                foreach (var order in orders)
                    Console.WriteLine(customersById.GetValueOrDefault(order.CustomerId)?.Name);
            }
        }
        """);

    [Fact]
    public Task PrivateMethodWithProjectionAndToken_IsFixed() => Verify.Fixed(
        Service("""
            foreach (var order in orders)
            {
                var name = await [|NameAsync(order.CustomerId, cancellation)|];
                Console.WriteLine(name);
            }
            """,
            """
            private Task<string?> NameAsync(int customer, CancellationToken token) =>
                db.Customers.Where(c => c.Id == customer && c.IsActive).Select(c => c.Name).FirstOrDefaultAsync(token);
            """),
        Service("""
            var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
            var customersById = await db.Customers
                .Where(c => customerIds.Contains(c.Id) && c.IsActive)
                .Select(c => new { Key = c.Id, Value = c.Name })
                .ToDictionaryAsync(c => c.Key, c => c.Value, cancellation);
            foreach (var order in orders)
            {
                var name = customersById.GetValueOrDefault(order.CustomerId);
                Console.WriteLine(name);
            }
            """));

    [Theory]
    [InlineData("LoadAsync(order.CustomerId)", "private Task<Customer?> LoadAsync(int id) { Console.WriteLine(id); return db.Customers.FirstOrDefaultAsync(c => c.Id == id); }")]
    [InlineData("LoadAsync(order.CustomerId)", "private async Task<Customer?> LoadAsync(int id) => id < 0 ? null : await db.Customers.FirstOrDefaultAsync(c => c.Id == id);")]
    [InlineData("LoadAsync(order.CustomerId)", "private async Task<string?> LoadAsync(int id) => (await db.Customers.FirstOrDefaultAsync(c => c.Id == id))?.Name;")]
    [InlineData("LoadAsync(order.CustomerId)", "private Task<Customer?> LoadAsync(int id) { // why\n return db.Customers.FirstOrDefaultAsync(c => c.Id == id); }")]
    [InlineData("LoadAsync(order.CustomerId)", "protected virtual Task<Customer?> LoadAsync(int id) => db.Customers.FirstOrDefaultAsync(c => c.Id == id);")]
    [InlineData("LoadAsync<int>(order.CustomerId)", "private Task<Customer?> LoadAsync<T>(int id) => db.Customers.FirstOrDefaultAsync(c => c.Id == id);")]
    [InlineData("LoadAsync(Math.Abs(order.CustomerId))", "private Task<Customer?> LoadAsync(int id) => db.Customers.FirstOrDefaultAsync(c => c.Id == id);")]
    [InlineData("LoadAsync(order.CustomerId)", "private Task<Customer?> LoadAsync(long id) => db.Customers.FirstOrDefaultAsync(c => c.Id == id);")]
    public Task WhereTheMethodIsMoreThanItsQuery_NoFixIsOffered(string call, string helper) =>
        Verify.NotFixed(Service($"foreach (var order in orders) {{ var c = await [|{call}|]; Console.WriteLine(c); }}", helper));

    [Fact]
    public Task ProjectionOfOneRow_IsFixed() => Fixed(
        """
        foreach (var order in orders)
        {
            var name = await [|db.Customers.Where(c => c.Id == order.CustomerId).Select(c => c.Name).FirstOrDefaultAsync()|];
            Console.WriteLine(name);
            var points = await [|db.Customers.Where(c => c.Id == order.CustomerId).Select(c => c.Points).SingleOrDefaultAsync()|];
            total += points;
            var row = await [|db.Customers.Where(c => c.Id == order.CustomerId).Select(c => new { c.Name, c.City }).FirstAsync()|];
            Console.WriteLine(row.City);
        }
        """,
        """
        var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
        var customersById = await db.Customers
            .Where(c => customerIds.Contains(c.Id))
            .Select(c => new { Key = c.Id, Value = c.Name })
            .ToDictionaryAsync(c => c.Key, c => c.Value);
        var customersById2 = await db.Customers
            .Where(c => customerIds.Contains(c.Id))
            .Select(c => new { Key = c.Id, Value = c.Points })
            .ToDictionaryAsync(c => c.Key, c => c.Value);
        var customersById3 = await db.Customers
            .Where(c => customerIds.Contains(c.Id))
            .Select(c => new { Key = c.Id, Value = new { c.Name, c.City } })
            .ToDictionaryAsync(c => c.Key, c => c.Value);
        foreach (var order in orders)
        {
            var name = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(name);
            var points = customersById2.GetValueOrDefault(order.CustomerId);
            total += points;
            var row = customersById3.GetValueOrDefault(order.CustomerId) ?? throw new InvalidOperationException("Sequence contains no elements.");
            Console.WriteLine(row.City);
        }
        """);

    [Fact]
    public Task ProjectionOfRows_IsFixed() => Fixed(
        """
        foreach (var order in orders)
        {
            var prices = await [|db.Lines.Where(l => l.OrderId == order.Id).OrderBy(l => l.Id).Select(l => l.Price).ToListAsync(cancellation)|];
            order.Total = prices.Sum();
        }
        """,
        """
        var orderIds = orders.Select(order => order.Id).Distinct().ToList();
        var linesByOrderId = (await db.Lines
                .Where(l => orderIds.Contains(l.OrderId))
                .OrderBy(l => l.Id)
                .Select(l => new { Key = l.OrderId, Value = l.Price })
                .ToListAsync(cancellation))
            .ToLookup(l => l.Key, l => l.Value);
        foreach (var order in orders)
        {
            var prices = linesByOrderId[order.Id].ToList();
            order.Total = prices.Sum();
        }
        """);

    [Theory]
    // A missing row could not be told from a default.
    [InlineData("var p = await [|db.Products.Where(p => p.Id == order.CouponId).Select(p => p.Price).FirstOrDefaultAsync()|]; order.Total += p;")]
    [InlineData("var p = await [|db.Customers.Where(c => c.Id == order.CustomerId).Select(c => c.Points).SingleAsync()|]; order.Total += p;")]
    [InlineData("var p = await [|db.Customers.Where(c => c.Id == order.CustomerId).Select(c => c.Phone).SingleAsync()|]; Console.WriteLine(p);")]
    [InlineData("var p = await [|db.Customers.Where(c => c.Id == order.CustomerId).Select<Customer, object>(c => c.Points).FirstOrDefaultAsync()|]; Console.WriteLine(p == null);")]
    // The projection depends on the turn, on what code does, or is more than one.
    [InlineData("var p = await [|db.Customers.Where(c => c.Id == order.CustomerId).Select(c => c.Name + order.Number).FirstOrDefaultAsync()|]; Console.WriteLine(p);")]
    [InlineData("var p = await [|db.Customers.Where(c => c.Id == order.CustomerId).Select(c => Shout(c.Name)).FirstOrDefaultAsync()|]; Console.WriteLine(p);")]
    [InlineData("var p = await [|db.Customers.Where(c => c.Id == order.CustomerId).Select(c => c.Name).Select(n => n.Length).FirstOrDefaultAsync()|]; total += p;")]
    [InlineData("var p = await [|db.Customers.Where(c => c.Id == order.CustomerId).Select(c => c.Name).FirstOrDefaultAsync(n => n != order.Number)|]; Console.WriteLine(p);")]
    // Objects that are kept, and entities that the context tracks.
    [InlineData("var p = await [|db.Customers.Where(c => c.Id == order.CustomerId).Select(c => new OrderLine { Id = c.Id }).FirstOrDefaultAsync()|]; if (p != null) lines.Add(p);")]
    [InlineData("var p = await [|db.Orders.Where(o => o.Id == order.Id).Select(o => o.Customer).FirstOrDefaultAsync()|]; Console.WriteLine(p?.Name + order.Customer);")]
    public Task WhereTheProjectionIsNotProvablyTheSame_NoFixIsOffered(string statements) =>
        Verify.NotFixed(Report($"foreach (var order in orders) {{ {statements} }}"));

    private static Task Fixed(string before, string after) => Verify.Fixed(Report(before), Report(after));

    private static string Report(string statements) => $$"""
        public interface IUnknown
        {
            Task NotifyAsync(Order order);
        }

        public class Report(ShopContext db, IUnknown unknown, Action later)
        {
            public async Task Run(List<Order> orders, List<OrderLine> lines, List<int> ids, IEnumerable<Order> lazy, int total, CancellationToken cancellation)
            {
        {{string.Join('\n', statements.Split('\n').Select(line => line.Length == 0 ? line : "        " + line))}}
            }

            private void Print(string? name, int count) => Console.WriteLine(name + count + unknown + later);

            private static void Renumber(Order order) => order.CustomerId++;

            private static string Shout(string text) { Console.Beep(); return text; }
        }
        """;

    /// <summary>A class with one method of these statements and other members.</summary>
    private static string Service(string statements, params string[] members) => $$"""
        public class Report(ShopContext db)
        {
            public async Task Run(List<Order> orders, List<int> ids, int total, CancellationToken cancellation)
            {
        {{Indented(statements, 8)}}
            }
        {{string.Concat(members.Where(member => member.Length > 0).Select(member => "\n" + Indented(member, 4) + "\n"))}}}
        """;

    private static string Indented(string text, int depth) =>
        string.Join('\n', text.Split('\n').Select(line => line.Length == 0 || line[0] == '#' ? line : new string(' ', depth) + line));
}
