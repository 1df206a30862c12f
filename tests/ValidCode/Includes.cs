using Microsoft.EntityFrameworkCore;

namespace ValidCode;

/// <summary>Includes and tracking as they are meant.</summary>
public class Includes(ConfiguredContext db)
{
    public Task<List<Order>> OneCollection() => db.Orders.Include(o => o.Lines).Include(o => o.Customer).ToListAsync();

    public Task<List<Customer>> CollectionBelowCollection() => db.Customers.Include(c => c.Orders).ThenInclude(o => o.Lines).ToListAsync();

    public Task<List<Order>> SplitOnPurpose() => db.Orders.Include(o => o.Lines).Include(o => o.Customer!.Orders).AsSplitQuery().ToListAsync();

    public Task<List<Order>> TogetherOnPurpose() => db.Orders.Include(o => o.Lines).Include(o => o.Customer!.Orders).AsSingleQuery().ToListAsync();

    public Task<Order?> ByKey(int id) => db.Orders.Include(o => o.Lines).Include(o => o.Customer!.Orders).FirstOrDefaultAsync(o => o.Id == id);

    public async Task<int> Attached(int id, string status)
    {
        var order = await db.Orders.AsNoTracking().FirstAsync(o => o.Id == id);
        order.Status = status;
        db.Orders.Update(order);
        return await db.SaveChangesAsync();
    }

    public async Task<int> Copied(int id)
    {
        var copy = await db.Orders.AsNoTracking().Include(o => o.Lines).FirstAsync(o => o.Id == id);
        copy.Id = 0;
        foreach (var line in copy.Lines)
            line.Id = 0;
        db.Orders.Add(copy);
        return await db.SaveChangesAsync();
    }

    public async Task<Order> NewOrKnown(string number, string status)
    {
        var order = await db.Orders.FirstOrDefaultAsync(o => o.Number == number) ?? new Order { Number = number };
        order.Status = status;
        db.Orders.Update(order);
        await db.SaveChangesAsync();
        return order;
    }
}

public class ConfiguredContext : DbContext
{
    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<Order> Orders => Set<Order>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseSqlite("Data Source=shop.db");
}
