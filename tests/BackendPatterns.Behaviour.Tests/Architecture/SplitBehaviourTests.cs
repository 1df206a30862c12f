namespace BackendPatterns.Behaviour.Tests.Architecture;

/// <summary>Handlers before and after their data access went into a service, on SQLite: the same answers, rows and SQL commands.</summary>
public class SplitBehaviourTests
{
    [Fact]
    public Task Find_FoundAndNotFound() => SplitScenario.SameAnswers(
        """
        public async Task<IActionResult> Get(int id)
        {
            var order = await db.Orders.Include(x => x.Lines).FirstOrDefaultAsync(x => x.Id == id);
            if (order == null)
                return NotFound();
            return Ok(new { order.Number, Lines = order.Lines.Count });
        }
        """,
        "await Call(async c => await c.Get(1)); await Call(async c => await c.Get(99));");

    [Fact]
    public Task Update_WithEarlyExit() => SplitScenario.SameAnswers(
        """
        public async Task<IActionResult> Put(int id, string number)
        {
            var order = await db.Orders.FirstOrDefaultAsync(x => x.Id == id);
            if (order == null)
                return NotFound();
            order.Number = number;
            order.Total += 5;
            await db.SaveChangesAsync();
            return NoContent();
        }
        """,
        """await Call(async c => await c.Put(1, "new")); await Call(async c => await c.Put(99, "new"));""");

    [Fact]
    public Task Delete_OfARowThatIsTracked() => SplitScenario.SameAnswers(
        """
        public async Task<IActionResult> Delete(int id)
        {
            var note = await db.Notes.FindAsync(id);
            if (note is null)
                return NotFound();
            db.Notes.Remove(note);
            await db.SaveChangesAsync();
            return NoContent();
        }
        """,
        "await Call(async c => await c.Delete(1)); await Call(async c => await c.Delete(1));");

    [Fact]
    public Task Insert_WithAConflict() => SplitScenario.SameAnswers(
        """
        public async Task<IActionResult> Post(string code)
        {
            if (await db.Products.AnyAsync(x => x.Sku == code))
                return Conflict();
            var product = new Product { Sku = code, Name = "New" };
            db.Add(product);
            await db.SaveChangesAsync();
            return CreatedAtAction(nameof(Post), new { id = product.Id }, product);
        }
        """,
        """await Call(async c => await c.Post("X1")); await Call(async c => await c.Post("X1"));""");

    [Fact]
    public Task Insert_ThatTheDatabaseRefuses() => SplitScenario.SameAnswers(
        """
        public async Task<IActionResult> Post(int id)
        {
            try
            {
                var product = new Product { Id = id, Sku = "S", Name = "Twice" };
                db.Add(product);
                await db.SaveChangesAsync();
                return Ok(product);
            }
            catch (DbUpdateException error)
            {
                return Conflict(error.Message);
            }
        }
        """,
        "await Call(async c => await c.Post(1)); await Call(async c => await c.Post(700));");

    [Fact]
    public Task Page_WithTotalOfOneQuery() => SplitScenario.SameAnswers(
        """
        public async Task<IActionResult> Page(int page, string? search)
        {
            var query = db.Orders.AsNoTracking();
            if (search != null)
                query = query.Where(x => x.Number.Contains(search));
            var total = await query.CountAsync();
            var rows = await query.OrderBy(x => x.Id).Skip(page * _pageSize).Take(_pageSize).Select(x => x.Number).ToListAsync();
            Response.Headers["X-Total"] = total.ToString();
            return Ok(rows);
        }
        """,
        """await Call(async c => await c.Page(0, null)); await Call(async c => await c.Page(1, "1"));""");

    [Fact]
    public Task Claims_AreHandedOver() => SplitScenario.SameAnswers(
        """
        public async Task<IActionResult> Mine()
        {
            var query = db.Orders.Where(x => x.CustomerId == int.Parse(User.FindFirstValue(ClaimTypes.NameIdentifier)!));
            if (!User.IsInRole("admin"))
                query = query.Where(x => x.Total > 0);
            var orders = await query.OrderBy(x => x.Id).ToListAsync(HttpContext.RequestAborted);
            return Ok(orders);
        }
        """,
        "await Call(async c => await c.Mine());");

    [Fact]
    public Task WholeHandler_IsDelegated() => SplitScenario.SameAnswers(
        """
        public async Task<ActionResult<List<string>>> Numbers()
        {
            var orders = await db.Orders.OrderBy(x => x.Id).ToListAsync();
            var numbers = new List<string>();
            foreach (var order in orders)
            {
                if (order.Total == 0)
                    continue;
                numbers.Add(order.Number);
            }

            return numbers;
        }

        public Task<List<Order>> Raw() => db.Orders.OrderBy(x => x.Id).ToListAsync();

        public async Task<Order?> Maybe(int id) => await db.Orders.FindAsync(id);
        """,
        "await Call(async c => await c.Numbers()); await Call(async c => await c.Raw()); await Call(async c => await c.Maybe(2)); await Call(async c => await c.Maybe(99));");

    [Fact]
    public Task Transaction_IsCommittedAndRolledBack() => SplitScenario.SameAnswers(
        """
        public async Task<IActionResult> Move(int id, int amount)
        {
            using var transaction = await db.Database.BeginTransactionAsync();
            var order = await db.Orders.FirstAsync(x => x.Id == id);
            order.Total -= amount;
            await db.SaveChangesAsync();
            if (order.Total < 0)
                throw new InvalidOperationException("less than nothing");
            await transaction.CommitAsync();
            return NoContent();
        }
        """,
        "await Call(async c => await c.Move(1, 1)); await Call(async c => await c.Move(2, 100000));");

    [Fact]
    public Task EntityFromOneMethod_IsSavedInAnother() => SplitScenario.SameAnswers(
        """
        public async Task<IActionResult> Rename(int id, string name)
        {
            var customer = await db.Customers.SingleOrDefaultAsync(x => x.Id == id);
            if (customer is null)
                return NotFound();
            if (string.IsNullOrEmpty(name))
                return BadRequest(ModelState);
            customer.Name = name;
            var notes = await db.Notes.Where(x => x.Text.StartsWith("A")).ToListAsync();
            foreach (var note in notes)
                note.Text += name;
            await db.SaveChangesAsync();
            Response.Headers["X"] = customer.Name;
            return Ok(notes.Count);
        }
        """,
        """await Call(async c => await c.Rename(1, "Ann")); await Call(async c => await c.Rename(1, "")); await Call(async c => await c.Rename(50, "x"));""");

    [Fact]
    public Task LoopsAndBranches_AreDividedInside() => SplitScenario.SameAnswers(
        """
        public async Task<IActionResult> Check(int[] ids, bool all)
        {
            if (all)
            {
                var count = await db.Orders.CountAsync();
                return Ok(count);
            }

            foreach (var id in ids)
            {
                var order = await db.Orders.FindAsync(id);
                if (order == null)
                    return NotFound(id);
                order.Total++;
            }

            switch (ids.Length)
            {
                case 0:
                    return BadRequest();
                case 1:
                    await db.SaveChangesAsync();
                    return Ok();
                default:
                    var saved = await db.SaveChangesAsync();
                    return Ok(saved);
            }
        }
        """,
        "await Call(async c => await c.Check([1, 2], false)); await Call(async c => await c.Check([1], false)); await Call(async c => await c.Check([], false)); await Call(async c => await c.Check([77], false)); await Call(async c => await c.Check([1], true));");

    [Fact]
    public Task VariablesOfTheHandler_AreSet() => SplitScenario.SameAnswers(
        """
        public IActionResult Find(int id, bool newest)
        {
            Order? order = null;
            var page = id;
            if (User.Identity is null)
                return Unauthorized();
            if (newest)
                order = db.Orders.OrderBy(x => x.Id).LastOrDefault();
            page = db.Orders.Count(x => x.Id < page);
            return order == null ? NotFound(page) : Ok(new { order.Number, page });
        }
        """,
        "await Call(async c => c.Find(3, true)); await Call(async c => c.Find(3, false));");

    [Fact]
    public Task FailureInsideTry_LeavesTheSameVariables() => SplitScenario.SameAnswers(
        """
        public async Task<IActionResult> Post(int id)
        {
            var found = 0;
            try
            {
                found = await db.Products.CountAsync();
                db.Add(new Product { Id = id, Sku = "S", Name = "Twice" });
                await db.SaveChangesAsync();
                Response.Headers["X"] = "saved";
            }
            catch (DbUpdateException)
            {
                return Conflict(found);
            }

            return Ok(found);
        }
        """,
        "await Call(async c => await c.Post(1)); await Call(async c => await c.Post(800));");

    [Fact]
    public Task ReadsInExpressions_KeepTheirOrder() => SplitScenario.SameAnswers(
        """
        public async Task<IActionResult> Mixed(int id)
        {
            if (!await db.Orders.AnyAsync(x => x.Id == id) || await db.Lines.CountAsync(x => x.OrderId == id) == 0)
                return NotFound();
            return Ok(new { First = await db.Orders.MinAsync(x => x.Id), Last = await db.Orders.MaxAsync(x => x.Id), Path = Request.Path.Value });
        }
        """,
        "await Call(async c => await c.Mixed(1)); await Call(async c => await c.Mixed(99));");

    [Fact]
    public Task StaticMembersOfTheController_AreNamed() => SplitScenario.SameAnswers(
        """
        public static string Mark(string text) => text + "!";

        public async Task<IActionResult> Notes()
        {
            var notes = await db.Notes.Where(x => x.Text != Secret).ToListAsync();
            var texts = notes.Select(x => Mark(x.Text)).ToList();
            return Ok(texts);
        }
        """,
        "await Call(async c => await c.Notes());");

    [Fact]
    public Task PrivateMethodsOfTheController_AreDividedToo() => SplitScenario.SameAnswers(
        """
        private async Task<Order> Load(int id) => await db.Orders.FindAsync(id) ?? throw new KeyNotFoundException("no order " + id);

        public async Task<IActionResult> Get(int id)
        {
            var order = await Load(id);
            return Ok(order.Number);
        }
        """,
        "await Call(async c => await c.Get(1)); await Call(async c => await c.Get(99));");

    [Fact]
    public Task BulkCommands_AreTheSame() => SplitScenario.SameAnswers(
        """
        public async Task<IActionResult> Clear(int id)
        {
            var gone = await db.Notes.Where(x => x.OrderId == id).ExecuteDeleteAsync();
            return gone == 0 ? NotFound() : Ok(gone);
        }
        """,
        "await Call(async c => await c.Clear(1)); await Call(async c => await c.Clear(99));");
}
