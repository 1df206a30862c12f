namespace BackendPatterns.Behaviour.Tests.Framework;

/// <summary>
/// The database that scenarios run on, as source: it is compiled together with the scenario, before and after the fix. The rows contain the
/// edges that batch rewrites get wrong: orders of customers that do not exist, several orders of one customer, null foreign keys, orders without lines.
/// </summary>
public static class ShopDomain
{
    public const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.EntityFrameworkCore;
        global using Shop;
        """;

    public const string Source = """
        using System.Data.Common;
        using Microsoft.EntityFrameworkCore.Diagnostics;
        using Microsoft.EntityFrameworkCore.Metadata;

        namespace Shop;

        public enum Region { North, South, East }

        public class Customer
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public string Email { get; set; } = "";
            public string? Phone { get; set; }
            public string City { get; set; } = "";
            public Region Region { get; set; }
            public int Points { get; set; }
            public bool IsActive { get; set; }
            public DateTime CreatedAt { get; set; }
        }

        public class Coupon
        {
            public Guid Id { get; set; }
            public string Code { get; set; } = "";
            public decimal Discount { get; set; }
        }

        public class Order
        {
            public int Id { get; set; }
            public int CustomerId { get; set; }
            public Guid? CouponId { get; set; }
            public long? WarehouseId { get; set; }
            public string Number { get; set; } = "";
            public int Total { get; set; }
            public DateTime PlacedAt { get; set; }
            public List<OrderLine> Lines { get; set; } = new();
        }

        public class OrderLine
        {
            public int Id { get; set; }
            public int OrderId { get; set; }
            public int ProductId { get; set; }
            public int Quantity { get; set; }
            public int Price { get; set; }
        }

        public class Product
        {
            public int Id { get; set; }
            public string Sku { get; set; } = "";
            public string Name { get; set; } = "";
            public int Price { get; set; }
        }

        public class Note
        {
            public int Id { get; set; }
            public int? OrderId { get; set; }
            public string Text { get; set; } = "";
        }

        public class Warehouse
        {
            public long WarehouseId { get; set; }
            public string Name { get; set; } = "";
        }

        [PrimaryKey(nameof(WarehouseId), nameof(ProductId))]
        public class Stock
        {
            public long WarehouseId { get; set; }
            public int ProductId { get; set; }
            public int Quantity { get; set; }
        }

        public class ShopContext : DbContext
        {
            public ShopContext(DbContextOptions<ShopContext> options) : base(options) { }

            public DbSet<Customer> Customers { get; set; } = null!;
            public DbSet<Coupon> Coupons { get; set; } = null!;
            public DbSet<Order> Orders { get; set; } = null!;
            public DbSet<OrderLine> Lines { get; set; } = null!;
            public DbSet<Product> Products => Set<Product>();
            public DbSet<Note> Notes { get; set; } = null!;
            public DbSet<Warehouse> Warehouses { get; set; } = null!;
            public DbSet<Stock> Stocks { get; set; } = null!;
        }

        public static class Database
        {
            private static readonly Guid Spring = new("11111111-1111-1111-1111-111111111111");
            private static readonly Guid Gone = new("22222222-2222-2222-2222-222222222222");

            // Kept here, because EF Core keeps the models of some hundred context types at most, and a compiled query runs on one model only.
            private static IModel? _model;

            public static ShopContext Open(DbConnection connection, DbCommandInterceptor interceptor)
            {
                var options = new DbContextOptionsBuilder<ShopContext>().UseSqlite(connection).AddInterceptors(interceptor);
                var db = new ShopContext((_model is null ? options : options.UseModel(_model)).Options);
                _model ??= db.Model;
                return db;
            }

            public static void Fill(ShopContext db)
            {
                db.Database.EnsureCreated();
                for (var i = 1; i <= 4; i++)
                {
                    db.Add(new Customer
                    {
                        Id = i, Name = "Customer " + i, Email = i + "@shop", City = i % 2 == 0 ? "Ulm" : "Bonn", Region = (Region)(i % 3), Points = i * 10, IsActive = i != 3,
                        CreatedAt = new DateTime(2024, 1, i),
                    });
                }

                db.Add(new Coupon { Id = Spring, Code = "SPRING", Discount = 5 });
                db.Add(new Warehouse { WarehouseId = 7, Name = "Main" });
                for (var i = 1; i <= 5; i++)
                    db.Add(new Product { Id = i, Sku = "P" + i, Name = "Product " + i, Price = i * 3 });
                var customers = new[] { 1, 2, 1, 3, 99, 2 };
                for (var i = 1; i <= customers.Length; i++)
                {
                    db.Add(new Order
                    {
                        Id = i, CustomerId = customers[i - 1], CouponId = i == 1 ? Spring : i == 2 ? Gone : null, WarehouseId = i % 2 == 0 ? 7 : i == 5 ? 8 : null,
                        Number = "N" + i, Total = i * 7, PlacedAt = new DateTime(2024, 2, i),
                    });
                }

                var line = 0;
                for (var order = 1; order <= 5; order++)
                {
                    for (var i = 0; i < order - 1; i++)
                        db.Add(new OrderLine { Id = ++line, OrderId = order, ProductId = (line * 2) % 7, Quantity = 5 - i, Price = line });
                }

                for (var i = 1; i <= 4; i++)
                    db.Add(new Stock { WarehouseId = i == 4 ? 8 : 7, ProductId = i == 4 ? 2 : i, Quantity = i * 100 });
                db.Add(new Note { Id = 1, OrderId = 1, Text = "first" });
                db.Add(new Note { Id = 2, OrderId = null, Text = "nobody's" });
                db.Add(new Note { Id = 3, OrderId = 1, Text = "second" });
                db.SaveChanges();
            }
        }
        """;
}
