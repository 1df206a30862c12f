namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

/// <summary>The class around the statements that the batch fix is tested with.</summary>
public static class BatchReport
{
    /// <summary>A class with one method of these statements, which takes lists, a lazy sequence and a token.</summary>
    public static string Of(string statements) => $$"""
        public class Stock
        {
            public long WarehouseId { get; set; }
            public int ProductId { get; set; }
            public int Quantity { get; set; }
        }

        public class StockContext(DbContextOptions<StockContext> options) : DbContext(options)
        {
            public DbSet<Stock> Stocks => Set<Stock>();

            protected override void OnModelCreating(ModelBuilder model) => model.Entity<Stock>().HasKey(s => new { s.WarehouseId, s.ProductId });
        }

        public class Report(ShopContext db, StockContext stock)
        {
            private readonly List<Order> kept = new();

            public async Task Run(List<Order> orders, OrderLine[] lines, List<int> ids, IEnumerable<Order> lazy, long warehouse, CancellationToken cancellation)
            {
                await Task.Delay(kept.Count, cancellation);
        {{string.Join('\n', statements.Split('\n').Select(line => line.Length == 0 ? line : "        " + line))}}
            }

            private void Keep(Order order) => kept.Add(order);
        }
        """;
}
