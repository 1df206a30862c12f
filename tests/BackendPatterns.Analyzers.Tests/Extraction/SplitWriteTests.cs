namespace BackendPatterns.Analyzers.Tests.Extraction;

/// <summary>Handlers that store something: what belongs to the write, and what comes back.</summary>
public class SplitWriteTests
{
    [Fact]
    public Task ChangesOfALoadedRow_MoveWithTheirSave() => SplitTest.Becomes(
        """
        public async Task<IActionResult> Put(int id, Order request, CancellationToken ct)
        {
            var order = await _db.Orders.FirstOrDefaultAsync(x => x.Id == id, ct);
            if (order == null)
                return NotFound();

            order.Number = request.Number;
            order.Total = request.Total;
            await _db.SaveChangesAsync(ct);
            return NoContent();
        }
        """,
        """
        public async Task<IActionResult> Put(int id, Order request, CancellationToken ct)
        {
            var order = await _orders.FindOrderAsync(id, ct);
            if (order == null)
                return NotFound();

            await _orders.UpdateOrderAsync(order, request, ct);
            return NoContent();
        }
        """,
        """
        public async Task<Order?> FindOrderAsync(int id, CancellationToken ct)
        {
            return await _db.Orders.FirstOrDefaultAsync(x => x.Id == id, ct);
        }

        public async Task UpdateOrderAsync(Order order, Order request, CancellationToken ct)
        {
            order.Number = request.Number;
            order.Total = request.Total;
            await _db.SaveChangesAsync(ct);
        }
        """);

    [Fact]
    public Task CommentsOfASharedMethod_StayWithTheSecondHandler() => SplitTest.Becomes(
        """
        public async Task<IActionResult> Put(CancellationToken ct)
        {
            // The first reason.
            await _db.SaveChangesAsync(ct);
            return NoContent();
        }

        public async Task<IActionResult> Patch(CancellationToken ct)
        {
            // The second reason.
            await _db.SaveChangesAsync(ct); // And its limits.
            return NoContent();
        }
        """,
        """
        public async Task<IActionResult> Put(CancellationToken ct)
        {
            await _orders.SaveChangesAsync(ct);
            return NoContent();
        }

        public async Task<IActionResult> Patch(CancellationToken ct)
        {
            // The second reason.
            await _orders.SaveChangesAsync(ct); // And its limits.
            return NoContent();
        }
        """,
        """
        public async Task SaveChangesAsync(CancellationToken ct)
        {
            // The first reason.
            await _db.SaveChangesAsync(ct);
        }
        """);

    [Fact]
    public Task NewRow_ComesBackWhereItIsAnswered() => SplitTest.Becomes(
        """
        public async Task<IActionResult> Post(Order request)
        {
            var order = new Order { Number = request.Number };
            _db.Orders.Add(order);
            await _db.SaveChangesAsync();

            return CreatedAtAction(nameof(Post), new { id = order.Id }, order);
        }
        """,
        """
        public async Task<IActionResult> Post(Order request)
        {
            var order = await _orders.AddOrderAsync(request);

            return CreatedAtAction(nameof(Post), new { id = order.Id }, order);
        }
        """,
        """
        public async Task<Order> AddOrderAsync(Order request)
        {
            var order = new Order { Number = request.Number };
            _db.Orders.Add(order);
            await _db.SaveChangesAsync();
            return order;
        }
        """);

    [Fact]
    public Task Deletion_IsItsOwnMethod() => SplitTest.Becomes(
        """
        public async Task<IActionResult> Delete(int id)
        {
            var order = await _db.Orders.FindAsync(id);
            if (order is null)
                return NotFound();
            _db.Orders.Remove(order);
            await _db.SaveChangesAsync();
            _logger.LogInformation("Deleted {Id}", id);
            return NoContent();
        }
        """,
        """
        public async Task<IActionResult> Delete(int id)
        {
            var order = await _orders.FindOrderAsync(id);
            if (order is null)
                return NotFound();
            await _orders.DeleteOrderAsync(order);
            _logger.LogInformation("Deleted {Id}", id);
            return NoContent();
        }
        """,
        """
        public async Task<Order?> FindOrderAsync(int id)
        {
            return await _db.Orders.FindAsync(id);
        }

        public async Task DeleteOrderAsync(Order order)
        {
            _db.Orders.Remove(order);
            await _db.SaveChangesAsync();
        }
        """);

    [Fact]
    public Task ActionWithAVerbOfItsOwn_NamesTheMethod() => SplitTest.Becomes(
        """
        public async Task<IActionResult> CancelOrder(int id)
        {
            var order = await _db.Orders.FindAsync(id);
            if (order is null)
                return NotFound();
            order.Total = 0;
            await _db.SaveChangesAsync();
            return NoContent();
        }
        """,
        """
        public async Task<IActionResult> CancelOrder(int id)
        {
            var order = await _orders.FindOrderAsync(id);
            if (order is null)
                return NotFound();
            await _orders.CancelOrderAsync(order);
            return NoContent();
        }
        """,
        """
        public async Task<Order?> FindOrderAsync(int id)
        {
            return await _db.Orders.FindAsync(id);
        }

        public async Task CancelOrderAsync(Order order)
        {
            order.Total = 0;
            await _db.SaveChangesAsync();
        }
        """);

    [Fact]
    public Task LoadChangeAndSaveWithoutHttpBetween_AreOneMethod() => SplitTest.Becomes(
        """
        public IActionResult Put(int id, Order request)
        {
            if (ModelState.IsValid)
            {
                var order = _db.Orders.First(x => x.Id == id);
                order.Number = request.Number;
                _db.SaveChanges();
                return Ok();
            }

            return BadRequest(ModelState);
        }
        """,
        """
        public IActionResult Put(int id, Order request)
        {
            if (ModelState.IsValid)
            {
                _orders.UpdateOrder(id, request);
                return Ok();
            }

            return BadRequest(ModelState);
        }
        """,
        """
        public void UpdateOrder(int id, Order request)
        {
            var order = _db.Orders.First(x => x.Id == id);
            order.Number = request.Number;
            _db.SaveChanges();
        }
        """);

    [Fact]
    public Task TryWithHttpInItsCatch_Stays() => SplitTest.Becomes(
        """
        public async Task<IActionResult> Post(Order order)
        {
            try
            {
                _db.Add(order);
                await _db.SaveChangesAsync();
            }
            catch (DbUpdateException error)
            {
                return Conflict(error.Message);
            }

            return NoContent();
        }
        """,
        """
        public async Task<IActionResult> Post(Order order)
        {
            try
            {
                await _orders.AddOrderAsync(order);
            }
            catch (DbUpdateException error)
            {
                return Conflict(error.Message);
            }

            return NoContent();
        }
        """,
        """
        public async Task AddOrderAsync(Order order)
        {
            _db.Add(order);
            await _db.SaveChangesAsync();
        }
        """);

    [Fact]
    public Task TransactionThatEndsInTheRegion_MovesAsAWhole() => SplitTest.Becomes(
        """
        public async Task<IActionResult> Post(Order order)
        {
            using var transaction = await _db.Database.BeginTransactionAsync();
            _db.Add(order);
            await _db.SaveChangesAsync();
            await transaction.CommitAsync();
            return NoContent();
        }
        """,
        """
        public async Task<IActionResult> Post(Order order)
        {
            await _orders.AddOrderAsync(order);
            return NoContent();
        }
        """,
        """
        public async Task AddOrderAsync(Order order)
        {
            using var transaction = await _db.Database.BeginTransactionAsync();
            _db.Add(order);
            await _db.SaveChangesAsync();
            await transaction.CommitAsync();
        }
        """);

    [Fact]
    public Task VariableOfTheHandler_IsSetByTheResult() => SplitTest.Becomes(
        """
        public async Task<IActionResult> Find(int id, bool newest)
        {
            Order? order = null;
            if (newest)
                order = await _db.Orders.OrderBy(x => x.Id).LastOrDefaultAsync();
            else
                order = await _db.Orders.FindAsync(id);
            return order == null ? NotFound() : Ok(order);
        }
        """,
        """
        public async Task<IActionResult> Find(int id, bool newest)
        {
            Order? order = await _orders.FindOrderAsync(newest, id);
            return order == null ? NotFound() : Ok(order);
        }
        """,
        """
        public async Task<Order?> FindOrderAsync(bool newest, int id)
        {
            Order? order = null;
            if (newest)
                order = await _db.Orders.OrderBy(x => x.Id).LastOrDefaultAsync();
            else
                order = await _db.Orders.FindAsync(id);
            return order;
        }
        """);

    [Fact]
    public Task ParameterThatIsCorrected_StaysCorrected() => SplitTest.Becomes(
        """
        public IActionResult List(int page)
        {
            if (page < 1)
                page = 1;
            var orders = _db.Orders.Skip(page * 10).Take(10).ToList();
            return Ok(new { page, orders });
        }
        """,
        """
        public IActionResult List(int page)
        {
            if (page < 1)
                page = 1;
            var orders = _orders.GetOrders(page);
            return Ok(new { page, orders });
        }
        """,
        """
        public List<Order> GetOrders(int page)
        {
            return _db.Orders.Skip(page * 10).Take(10).ToList();
        }
        """);

    [Fact]
    public Task HandlerWithoutAnswer_IsDelegatedWithItsReturns() => SplitTest.Becomes(
        """
        public async Task Touch(int id)
        {
            var order = await _db.Orders.FindAsync(id);
            if (order == null)
                return;
            order.Total++;
            await _db.SaveChangesAsync();
        }
        """,
        """
        public async Task Touch(int id)
        {
            await _orders.UpdateOrderAsync(id);
        }
        """,
        """
        public async Task UpdateOrderAsync(int id)
        {
            var order = await _db.Orders.FindAsync(id);
            if (order == null)
                return;
            order.Total++;
            await _db.SaveChangesAsync();
        }
        """);
}
