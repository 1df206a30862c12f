namespace BackendPatterns.Analyzers.Tests.Verification;

/// <summary>The small shop that most test sources speak about, so that each shows only its own scenario.</summary>
public static class Shop
{
    public const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.EntityFrameworkCore;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        global using Shop;
        """;

    public const string Domain = """
        namespace Shop;

        public class Customer
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public string Email { get; set; } = "";
            public string? Phone { get; set; }
            public string Street { get; set; } = "";
            public string City { get; set; } = "";
            public string Country { get; set; } = "";
            public int Points { get; set; }
            public bool IsActive { get; set; }
            public DateTime CreatedAt { get; set; }
            public List<Order> Orders { get; set; } = new();
        }

        public class Order
        {
            public int Id { get; set; }
            public int CustomerId { get; set; }
            public Customer? Customer { get; set; }
            public int? CouponId { get; set; }
            public string Number { get; set; } = "";
            public decimal Total { get; set; }
            public DateTime PlacedAt { get; set; }
            public List<OrderLine> Lines { get; set; } = new();
        }

        public class OrderLine
        {
            public int Id { get; set; }
            public int OrderId { get; set; }
            public int ProductId { get; set; }
            public int Quantity { get; set; }
            public decimal Price { get; set; }
        }

        public class Product
        {
            public int Id { get; set; }
            public string Sku { get; set; } = "";
            public string Name { get; set; } = "";
            public decimal Price { get; set; }
        }

        public class ShopContext : DbContext
        {
            public ShopContext(DbContextOptions<ShopContext> options) : base(options) { }

            public DbSet<Customer> Customers { get; set; } = null!;
            public DbSet<Order> Orders { get; set; } = null!;
            public DbSet<OrderLine> Lines { get; set; } = null!;
            public DbSet<Product> Products => Set<Product>();
        }
        """;
}
