namespace BackendPatterns.Analyzers.Tests.Extraction;

/// <summary>Handlers whose data access cannot leave, or not provably so.</summary>
public class SplitRefusalTests
{
    [Theory]
    [InlineData("public IActionResult List() => Ok(_db.Orders.Where(x => x.Total > 1));")]
    [InlineData("public IActionResult List() { var query = _db.Orders.AsQueryable(); return Ok(query); }")]
    [InlineData("public IAsyncEnumerable<Order> Stream() => _db.Orders.AsAsyncEnumerable();")]
    public Task QueryThatIsAnswered_IsRefused(string member) => SplitTest.IsRefused(member);

    [Theory]
    [InlineData("public IActionResult Context() { Use(_db); return Ok(this); } private void Use(object value) => HttpContext.Items[this] = value;")]
    [InlineData("public IActionResult Sets() { HttpContext.Items[1] = _db; return Ok(); }")]
    public Task DependencyThatIsHandedToHttp_IsRefused(string member) => SplitTest.IsRefused(member);

    [Theory]
    [InlineData("using var transaction = _db.Database.BeginTransaction(); _db.SaveChanges(); HttpContext.Items[1] = 1; transaction.Commit(); return Ok();")]
    [InlineData("var transaction = _db.Database.BeginTransaction(); _db.SaveChanges(); HttpContext.Items[1] = 1; transaction.Commit(); return Ok();")]
    [InlineData("using (var transaction = _db.Database.BeginTransaction()) { _db.SaveChanges(); HttpContext.Items[1] = 1; transaction.Commit(); } return Ok();")]
    public Task TransactionAroundHttp_IsRefused(string body) => SplitTest.IsRefused($"public IActionResult Post() {{ {body} }}");

    [Fact]
    public Task DisposalOfTheDependency_IsRefused() => SplitTest.IsRefused("public IActionResult Close() { _db.Dispose(); return Ok(); }");

    [Fact]
    public Task VariableWithTheNameOfTheService_IsRefused() => SplitTest.IsRefused("public IActionResult List() { var _orders = _db.Orders.ToList(); return Ok(_orders); }");

    [Fact]
    public Task PrivateTypeOfTheController_IsRefused() => SplitTest.IsRefused(
        """
        private class Line { public int Id { get; set; } }

        public IActionResult List()
        {
            var lines = _db.Lines.Select(x => new Line { Id = x.Id }).ToList();
            return Ok(lines);
        }
        """);

    [Fact]
    public Task DataInALambdaOfTheHandler_IsRefused() => SplitTest.IsRefused(
        """
        public IActionResult Post()
        {
            Response.OnCompleted(() => _db.SaveChangesAsync());
            return Ok();
        }
        """);

    [Fact]
    public Task StepsThatOnlyANumberTellsApart_AreRefused() => SplitTest.IsRefused(
        """
        public IActionResult Post(Order given, Customer customer)
        {
            if (given.Total > 1) { customer.Points = 1; _db.Update(customer); }
            HttpContext.Items[1] = 1;
            if (given.Total > 2) { customer.Points = 2; _db.Update(customer); }
            HttpContext.Items[2] = 2;
            if (given.Total > 3) { customer.Points = 3; _db.Update(customer); }
            HttpContext.Items[3] = 3;
            if (given.Total > 4) { customer.Points = 4; _db.Update(customer); }
            HttpContext.Items[4] = 4;
            if (given.Total > 5) { customer.Points = 5; _db.Update(customer); }
            return Ok();
        }
        """);

    [Fact]
    public Task Iterator_IsRefused() => SplitTest.IsRefused(
        """
        public IEnumerable<Order> Stream()
        {
            foreach (var order in _db.Orders)
                yield return order;
        }
        """);

    [Fact]
    public Task FourResultsOfOneQuery_AreRefused() => SplitTest.IsRefused(
        """
        public IActionResult Statistics()
        {
            var query = _db.Orders.Where(x => x.Total > 0);
            var count = query.Count();
            var sum = query.Sum(x => x.Total);
            var most = query.Max(x => x.Total);
            var least = query.Min(x => x.Total);
            return Ok(new { count, sum, most, least });
        }
        """);

    [Fact]
    public Task ValueThatMayFailAfterAWrite_IsNotComputedBefore() => SplitTest.IsRefused(
        """
        public IActionResult Post(Order order)
        {
            var query = _db.Orders.Where(x => x.Id > 0);
            _db.Orders.Add(order);
            _db.SaveChanges();
            query = query.Where(x => x.Number == User.FindFirst("sub")!.Value);
            var orders = query.ToList();
            return Ok(orders);
        }
        """);

    [Theory]
    [InlineData("")]
    [InlineData("return")]
    [InlineData("return Ok(_db.")]
    [InlineData("var x = await _db.Orders.Where(")]
    [InlineData("if (_db.Orders.Any() return Ok(); foreach (var o in _db")]
    public void HalfTypedCode_NeverThrows(string body)
    {
        var source = $$"""public class C : Microsoft.AspNetCore.Mvc.ControllerBase { private readonly Shop.ShopContext _db; public async System.Threading.Tasks.Task<object> Get() { {{body}} } }""";
        SplitTest.Try(source);
    }

    [Fact]
    public void HugeExpressions_DoNotOverflow()
    {
        var chain = string.Concat(Enumerable.Repeat(".Where(x => x.Id > 0)", 3000));
        Assert.NotNull(SplitTest.Try($$"""public class C : Microsoft.AspNetCore.Mvc.ControllerBase { private readonly Shop.ShopContext _db; public object Get() { var a = _db.Orders{{chain}}.ToList(); return Ok(a); } }"""));
    }

    [Fact]
    public void HugeBodies_EndInTime()
    {
        var body = string.Concat(Enumerable.Range(0, 200).Select(i => $"var a{i} = _db.Orders.Count(x => x.Id == {i}); if (a{i} > 2) {{ a{i} = _db.Orders.Count(); }} "));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        SplitTest.Try($$"""public class C : Microsoft.AspNetCore.Mvc.ControllerBase { private readonly Shop.ShopContext _db; public object Get() { {{body}} return Ok(a1 + a2 + a3 + a4 + a399); } }""");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), watch.Elapsed.ToString());
    }
}
