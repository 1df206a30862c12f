namespace BackendPatterns.Behaviour.Tests.Catalogue;

/// <summary>The rows that the cases run on, as source: so many orders, each with a customer, a product, two lines and a note of its own.</summary>
public static class CatalogueData
{
    public const string Source = """
        using System.Data.Common;
        using Microsoft.EntityFrameworkCore.Infrastructure;

        namespace Shop;

        public static class Parents
        {
            public static void Fill(ShopContext db, int count)
            {
                db.Database.EnsureCreated();
                for (var i = 1; i <= count; i++)
                {
                    db.Add(new Customer { Id = i, Name = "Customer " + i, Email = i + "@shop", City = "Ulm", Points = i, IsActive = true });
                    db.Add(new Product { Id = i, Sku = "P" + i, Name = "Product " + i, Price = i });
                    db.Add(new Order { Id = i, CustomerId = i, Number = "N" + i, Total = i, PlacedAt = new DateTime(2024, 1, 1).AddDays(i) });
                    db.Add(new OrderLine { Id = 2 * i, OrderId = i, ProductId = i, Quantity = 1, Price = i });
                    db.Add(new OrderLine { Id = 2 * i + 1, OrderId = i, ProductId = i, Quantity = 2, Price = i });
                    db.Add(new Note { Id = i, OrderId = i, Text = "Note " + i });
                }

                db.SaveChanges();
            }
        }

        /// <summary>Contexts on the connection of a given one, whose commands are counted too.</summary>
        public sealed class ShopFactory(ShopContext db) : IDbContextFactory<ShopContext>
        {
            public ShopContext CreateDbContext() => new((DbContextOptions<ShopContext>)db.GetService<IDbContextOptions>());
        }
        """;
}
