namespace BackendPatterns.Analyzers.Tests.Extraction;

/// <summary>Handlers that load something: what becomes a method, what it is called, what it takes and returns.</summary>
public class SplitReadTests
{
    [Fact]
    public Task LoadThatIsAnswered_IsOneMethod() => SplitTest.Becomes(
        """
        public async Task<IActionResult> Get(int id, CancellationToken ct)
        {
            // The order with its lines.
            var order = await _db.Orders
                .Include(x => x.Lines)
                .FirstOrDefaultAsync(x => x.Id == id, ct);
            if (order is null)
                return NotFound();

            return Ok(order);
        }
        """,
        """
        public async Task<IActionResult> Get(int id, CancellationToken ct)
        {
            var order = await _orders.FindOrderAsync(id, ct);
            if (order is null)
                return NotFound();

            return Ok(order);
        }
        """,
        """
        public async Task<Order?> FindOrderAsync(int id, CancellationToken ct)
        {
            // The order with its lines.
            return await _db.Orders
                .Include(x => x.Lines)
                .FirstOrDefaultAsync(x => x.Id == id, ct);
        }
        """);

    [Fact]
    public Task ReadInsideAnAnswer_IsReplacedAlone() => SplitTest.Becomes(
        "public async Task<IActionResult> List(CancellationToken ct) => Ok(await _db.Orders.ToListAsync(ct));",
        "public async Task<IActionResult> List(CancellationToken ct) => Ok(await _orders.GetOrdersAsync(ct));",
        """
        public async Task<List<Order>> GetOrdersAsync(CancellationToken ct)
        {
            return await _db.Orders.ToListAsync(ct);
        }
        """);

    [Fact]
    public Task ReadInACondition_IsReplacedAlone() => SplitTest.Becomes(
        """
        public async Task<IActionResult> Check(string number)
        {
            if (await _db.Orders.AnyAsync(x => x.Number == number))
                return Conflict();
            return Ok();
        }
        """,
        """
        public async Task<IActionResult> Check(string number)
        {
            if (await _orders.OrderExistsAsync(number))
                return Conflict();
            return Ok();
        }
        """,
        """
        public async Task<bool> OrderExistsAsync(string number)
        {
            return await _db.Orders.AnyAsync(x => x.Number == number);
        }
        """);

    [Fact]
    public Task ValueOfAPattern_StaysAVariableOfTheHandler() => SplitTest.Becomes(
        "public async Task<ActionResult<Order>> Get(int id) => await _db.Orders.FindAsync(id) is { } order ? order : NotFound();",
        "public async Task<ActionResult<Order>> Get(int id) => await _orders.FindOrderAsync(id) is { } order ? order : NotFound();",
        """
        public async Task<Order?> FindOrderAsync(int id)
        {
            return await _db.Orders.FindAsync(id);
        }
        """);

    [Fact]
    public Task TaskThatIsReturned_IsReturned() => SplitTest.Becomes(
        "public Task<List<Order>> List(CancellationToken ct) => _db.Orders.ToListAsync(ct);",
        "public Task<List<Order>> List(CancellationToken ct) => _orders.GetOrdersAsync(ct);",
        """
        public Task<List<Order>> GetOrdersAsync(CancellationToken ct)
        {
            return _db.Orders.ToListAsync(ct);
        }
        """);

    [Fact]
    public Task HandlerWithoutHttp_IsDelegated() => SplitTest.Becomes(
        """
        public async Task<ActionResult<List<string>>> Numbers(CancellationToken ct)
        {
            var orders = await _db.Orders.ToListAsync(ct);
            var numbers = new List<string>();
            foreach (var order in orders)
            {
                if (order.Total == 0)
                    continue;
                numbers.Add(order.Number);
            }

            return numbers;
        }
        """,
        """
        public async Task<ActionResult<List<string>>> Numbers(CancellationToken ct)
        {
            return await _orders.GetNumbersAsync(ct);
        }
        """,
        """
        public async Task<List<string>> GetNumbersAsync(CancellationToken ct)
        {
            var orders = await _db.Orders.ToListAsync(ct);
            var numbers = new List<string>();
            foreach (var order in orders)
            {
                if (order.Total == 0)
                    continue;
                numbers.Add(order.Number);
            }

            return numbers;
        }
        """);

    [Fact]
    public Task LoadedRowsThatAreMapped_AreMappedInTheService() => SplitTest.Becomes(
        """
        public async Task<IActionResult> Names(CancellationToken ct)
        {
            var customers = await _db.Customers.Where(x => x.IsActive).ToListAsync(ct);
            var names = customers.Select(x => x.Name).ToList();
            return Ok(names);
        }
        """,
        """
        public async Task<IActionResult> Names(CancellationToken ct)
        {
            var names = await _orders.GetNamesAsync(ct);
            return Ok(names);
        }
        """,
        """
        public async Task<List<string>> GetNamesAsync(CancellationToken ct)
        {
            var customers = await _db.Customers.Where(x => x.IsActive).ToListAsync(ct);
            return customers.Select(x => x.Name).ToList();
        }
        """);

    [Fact]
    public Task QueryThatIsComposed_DoesNotLeave() => SplitTest.Becomes(
        """
        public async Task<IActionResult> Page(int page, string? search)
        {
            var query = _db.Orders.AsNoTracking();
            if (search != null)
                query = query.Where(x => x.Number.StartsWith(search));
            var total = await query.CountAsync();
            var rows = await query.OrderBy(x => x.Id).Skip(page * 10).Take(10).ToListAsync();
            Response.Headers["X-Total"] = total.ToString();
            return Ok(rows);
        }
        """,
        """
        public async Task<IActionResult> Page(int page, string? search)
        {
            var (total, rows) = await _orders.GetTotalAndRowsAsync(search, page);
            Response.Headers["X-Total"] = total.ToString();
            return Ok(rows);
        }
        """,
        """
        public async Task<(int Total, List<Order> Rows)> GetTotalAndRowsAsync(string? search, int page)
        {
            var query = _db.Orders.AsNoTracking();
            if (search != null)
                query = query.Where(x => x.Number.StartsWith(search));
            var total = await query.CountAsync();
            var rows = await query.OrderBy(x => x.Id).Skip(page * 10).Take(10).ToListAsync();
            return (total, rows);
        }
        """);

    [Fact]
    public Task TwoLoads_AreTwoMethods() => SplitTest.Becomes(
        """
        public async Task<IActionResult> Form()
        {
            var customers = await _db.Customers.ToListAsync();
            var products = await _db.Products.ToListAsync();
            return Ok(new { customers, products });
        }
        """,
        """
        public async Task<IActionResult> Form()
        {
            var customers = await _orders.GetCustomersAsync();
            var products = await _orders.GetProductsAsync();
            return Ok(new { customers, products });
        }
        """,
        """
        public async Task<List<Customer>> GetCustomersAsync()
        {
            return await _db.Customers.ToListAsync();
        }

        public async Task<List<Product>> GetProductsAsync()
        {
            return await _db.Products.ToListAsync();
        }
        """);

    [Fact]
    public Task LoadThatOnlyServesAnother_IsPartOfIt() => SplitTest.Becomes(
        """
        public async Task<IActionResult> Last(int id)
        {
            var customer = await _db.Customers.FirstAsync(x => x.Id == id);
            var order = await _db.Orders.OrderBy(x => x.PlacedAt).LastOrDefaultAsync(x => x.CustomerId == customer.Id);
            return order == null ? NotFound() : Ok(order);
        }
        """,
        """
        public async Task<IActionResult> Last(int id)
        {
            var order = await _orders.FindOrderAsync(id);
            return order == null ? NotFound() : Ok(order);
        }
        """,
        """
        public async Task<Order?> FindOrderAsync(int id)
        {
            var customer = await _db.Customers.FirstAsync(x => x.Id == id);
            return await _db.Orders.OrderBy(x => x.PlacedAt).LastOrDefaultAsync(x => x.CustomerId == customer.Id);
        }
        """);

    [Fact]
    public Task ValuesOfTheRequest_BecomeParameters() => SplitTest.Becomes(
        """
        public async Task<IActionResult> Mine()
        {
            var orders = await _db.Orders.Where(x => x.Number == User.FindFirstValue(ClaimTypes.NameIdentifier)).Take(_pageSize).ToListAsync(HttpContext.RequestAborted);
            return Ok(orders);
        }
        """,
        """
        public async Task<IActionResult> Mine()
        {
            var orders = await _orders.GetOrdersAsync(User.FindFirstValue(ClaimTypes.NameIdentifier), _pageSize, HttpContext.RequestAborted);
            return Ok(orders);
        }
        """,
        """
        public async Task<List<Order>> GetOrdersAsync(string? userId, int pageSize, CancellationToken cancellationToken)
        {
            return await _db.Orders.Where(x => x.Number == userId).Take(pageSize).ToListAsync(cancellationToken);
        }
        """);

    [Fact]
    public Task Role_IsAParameter() => SplitTest.Becomes(
        """
        public IActionResult Visible()
        {
            var query = _db.Orders.Where(x => x.Total > 0);
            if (!User.IsInRole("admin"))
                query = query.Where(x => x.CouponId == null);
            var orders = query.ToList();
            return Ok(orders);
        }
        """,
        """
        public IActionResult Visible()
        {
            var orders = _orders.GetOrders(User.IsInRole("admin"));
            return Ok(orders);
        }
        """,
        """
        public List<Order> GetOrders(bool isAdmin)
        {
            var query = _db.Orders.Where(x => x.Total > 0);
            if (!isAdmin)
                query = query.Where(x => x.CouponId == null);
            return query.ToList();
        }
        """);

    [Fact]
    public Task SameLoadInTwoHandlers_IsOneMethod() => SplitTest.Becomes(
        """
        public IActionResult Get(int id)
        {
            var order = _db.Orders.Find(id);
            return order == null ? NotFound() : Ok(order);
        }

        public IActionResult Total(int id)
        {
            var order = _db.Orders.Find(id);
            return order == null ? NotFound() : Ok(order.Total);
        }
        """,
        """
        public IActionResult Get(int id)
        {
            var order = _orders.FindOrder(id);
            return order == null ? NotFound() : Ok(order);
        }

        public IActionResult Total(int id)
        {
            var order = _orders.FindOrder(id);
            return order == null ? NotFound() : Ok(order.Total);
        }
        """,
        """
        public Order? FindOrder(int id)
        {
            return _db.Orders.Find(id);
        }
        """);

    [Fact]
    public Task OtherLoadOfTheSameThing_HasAnotherName() => SplitTest.Becomes(
        """
        public IActionResult Get(int id)
        {
            var order = _db.Orders.Find(id);
            return order == null ? NotFound() : Ok(order);
        }

        public IActionResult Details(int id)
        {
            var order = _db.Orders.Include(x => x.Lines).FirstOrDefault(x => x.Id == id);
            return order == null ? NotFound() : Ok(order);
        }
        """,
        """
        public IActionResult Get(int id)
        {
            var order = _orders.FindOrder(id);
            return order == null ? NotFound() : Ok(order);
        }

        public IActionResult Details(int id)
        {
            var order = _orders.FindOrderWithLines(id);
            return order == null ? NotFound() : Ok(order);
        }
        """,
        """
        public Order? FindOrder(int id)
        {
            return _db.Orders.Find(id);
        }

        public Order? FindOrderWithLines(int id)
        {
            return _db.Orders.Include(x => x.Lines).FirstOrDefault(x => x.Id == id);
        }
        """);

    [Fact]
    public Task BranchesAndLoops_AreDividedInside() => SplitTest.Becomes(
        """
        public async Task<IActionResult> Dashboard(bool all, [FromQuery] int[] ids)
        {
            if (all)
            {
                var customers = await _db.Customers.ToListAsync();
                return Ok(customers);
            }

            foreach (var id in ids)
            {
                var order = await _db.Orders.FindAsync(id);
                if (order == null)
                    return NotFound(id);
            }

            return NoContent();
        }
        """,
        """
        public async Task<IActionResult> Dashboard(bool all, [FromQuery] int[] ids)
        {
            if (all)
            {
                var customers = await _orders.GetCustomersAsync();
                return Ok(customers);
            }

            foreach (var id in ids)
            {
                var order = await _orders.FindOrderAsync(id);
                if (order == null)
                    return NotFound(id);
            }

            return NoContent();
        }
        """,
        """
        public async Task<List<Customer>> GetCustomersAsync()
        {
            return await _db.Customers.ToListAsync();
        }

        public async Task<Order?> FindOrderAsync(int id)
        {
            return await _db.Orders.FindAsync(id);
        }
        """);

    [Fact]
    public Task NamedAwait_KeepsItsConfiguration() => SplitTest.Becomes(
        "public async Task<IActionResult> Count() => Ok(await _db.Orders.CountAsync().ConfigureAwait(false));",
        "public async Task<IActionResult> Count() => Ok(await _orders.CountOrdersAsync());",
        """
        public async Task<int> CountOrdersAsync()
        {
            return await _db.Orders.CountAsync().ConfigureAwait(false);
        }
        """);

    [Fact]
    public Task HandlerWithoutData_StaysAsItIs() => SplitTest.Becomes("public IActionResult Ping() => Ok();", "public IActionResult Ping() => Ok();", "");

    [Fact]
    public Task ConstantInAQuery_IsWrittenOut() => SplitTest.Becomes(
        """
        private const string Hidden = "none";
        private const int Most = 5;

        public IActionResult List()
        {
            var orders = _db.Orders.Where(x => x.Number != Hidden).Take(Most).ToList();
            return Ok(orders);
        }
        """,
        """
        public IActionResult List()
        {
            var orders = _orders.GetOrders(Most);
            return Ok(orders);
        }
        """,
        """
        public List<Order> GetOrders(int most)
        {
            return _db.Orders.Where(x => x.Number != "none").Take(most).ToList();
        }
        """);

    [Fact]
    public Task PrivateMethod_IsDividedLikeAHandler() => SplitTest.Becomes(
        """
        private async Task<Order> Load(int id) => await _db.Orders.FindAsync(id) ?? throw new KeyNotFoundException();

        public async Task<IActionResult> Get(int id) => Ok(await Load(id));
        """,
        """
        private async Task<Order> Load(int id) => await _orders.FindOrderAsync(id);

        public async Task<IActionResult> Get(int id) => Ok(await Load(id));
        """,
        """
        public async Task<Order> FindOrderAsync(int id)
        {
            return await _db.Orders.FindAsync(id) ?? throw new KeyNotFoundException();
        }
        """);

    /// <summary>A call that is not named after what it does to rows says more than a name that is made up.</summary>
    [Theory]
    [InlineData("await _db.RollbackAsync();", "RollbackAsync")]
    [InlineData("_db.ClearErrors();", "ClearErrors")]
    [InlineData("if (_db.HasChanges()) return NotFound();", "HasChanges")]
    [InlineData("if (await _db.IsWantedAsync(id).ConfigureAwait(false)) return NotFound();", "IsWantedAsync")]
    [InlineData("await _db.AddressesAsync();", "AddressesAsync")]
    [InlineData("var order = await _db.GetByIdAsync(id); if (order is null) return NotFound();", "GetOrderAsync")]
    public async Task OneCallOfARepository_KeepsItsName(string statements, string name)
    {
        var test = await SplitTest.Class($$"""
            public class OrdersController : ControllerBase
            {
                private readonly IOrders _db = null!;

                public async Task<IActionResult> Get(int id)
                {
                    {{statements}}
                    return Ok();
                }
            }

            public interface IOrders { Task RollbackAsync(); void ClearErrors(); bool HasChanges(); Task<bool> IsWantedAsync(int id); Task<Order?> GetByIdAsync(int id); Task AddressesAsync(); }
            """);
        Assert.Null(test.Refusal);
        Assert.Contains($" {name}(", test.Service, StringComparison.Ordinal);
    }
}
