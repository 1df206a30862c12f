using Microsoft.EntityFrameworkCore;
using Shop.Domain;

namespace Shop.Infrastructure;

public class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Customer> Customers => Set<Customer>();
    public DbSet<Order> Orders => Set<Order>();
    public DbSet<OrderLine> Lines => Set<OrderLine>();
    public DbSet<Product> Products => Set<Product>();
}

public static class CustomerQueries
{
    public static Task<Customer?> FindCustomerAsync(this ShopContext db, int id) => db.Customers.FirstOrDefaultAsync(c => c.Id == id);
}
