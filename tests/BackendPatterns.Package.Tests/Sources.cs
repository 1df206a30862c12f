namespace BackendPatterns.Package.Tests;

/// <summary>What the fresh projects consist of: one mistake per rule, in code as a user has it.</summary>
internal static class Sources
{
    public const string Shop = """
        using Microsoft.EntityFrameworkCore;

        namespace Fresh;

        public class Customer
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public string Email { get; set; } = "";
            public string Street { get; set; } = "";
            public string City { get; set; } = "";
            public string Country { get; set; } = "";
            public string Notes { get; set; } = "";
            public bool IsActive { get; set; }
        }

        public class Order
        {
            public int Id { get; set; }
            public int CustomerId { get; set; }
            public decimal Total { get; set; }
        }

        public class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
        {
            public DbSet<Customer> Customers => Set<Customer>();
            public DbSet<Order> Orders => Set<Order>();
        }

        public record CustomerLine(int Id, string Name);

        public interface ICustomerRepository
        {
            Task<Customer?> FindAsync(int id);
            Task AddAsync(Customer customer);
        }

        public class CustomerRepository(ShopContext db) : ICustomerRepository
        {
            public async Task<Customer?> FindAsync(int id) => await db.Customers.FindAsync(id);

            public async Task AddAsync(Customer customer)
            {
                db.Customers.Add(customer);
                await db.SaveChangesAsync();
            }
        }

        public class OrderService(ShopContext db, HttpClient http)
        {
            public async Task<List<string>> NamesAsync(List<Order> orders)
            {
                var names = new List<string>();
                foreach (var order in orders)
                {
                    var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId);
                    names.Add(customer?.Name ?? "unknown");
                }

                return names;
            }

            public async Task<List<CustomerLine>> LinesAsync()
            {
                var customers = await db.Customers.Where(c => c.IsActive).ToListAsync();
                return customers.Select(c => new CustomerLine(c.Id, c.Name)).ToList();
            }

            public async Task<string> RateAsync()
            {
                while (true)
                {
                    try
                    {
                        return await http.GetStringAsync("https://rates.example/eur");
                    }
                    catch (HttpRequestException)
                    {
                        await Task.Delay(1000);
                    }
                }
            }
        }
        """;

    public const string Program = """
        using Fresh;
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.EntityFrameworkCore;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddDbContext<ShopContext>(options => options.UseSqlite("Data Source=shop.db"));
        builder.Services.AddHttpClient<OrderService>();
        builder.Services.AddScoped<ICustomerRepository, CustomerRepository>();
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization();
        builder.Services.AddControllers();
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapControllers();
        app.Run();

        [ApiController]
        [Route("customers")]
        public class CustomersController(ShopContext db, ICustomerRepository customers, OrderService orders) : ControllerBase
        {
            [HttpGet("lines")]
            [Authorize]
            public Task<List<CustomerLine>> Lines() => orders.LinesAsync();

            [HttpPut("{id}")]
            [Authorize]
            public async Task<IActionResult> Rename(int id, string name)
            {
                var customer = await customers.FindAsync(id);
                if (customer is null)
                    return NotFound();
                customer.Name = name;
                await db.SaveChangesAsync();
                return NoContent();
            }

            [HttpDelete("{id}")]
            public async Task<IActionResult> Delete(int id)
            {
                await db.Orders.Where(o => o.CustomerId == id).ExecuteDeleteAsync();
                return NoContent();
            }
        }
        """;

    public const string Retry = """
        namespace Fresh;

        public class Feed(HttpClient http)
        {
            public async Task<string> RateAsync()
            {
                while (true)
                {
                    try
                    {
                        return await http.GetStringAsync("https://rates.example/eur");
                    }
                    catch (HttpRequestException)
                    {
                        await Task.Delay(1000);
                    }
                }
            }
        }
        """;

    public static string Library(string items, string properties = "") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            <Using Include="System.Net.Http" />
            {items}
          </ItemGroup>
        </Project>
        """;
}
