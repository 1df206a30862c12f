using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Application;

namespace Shop.Infrastructure;

public static class Registration
{
    public static IServiceCollection AddInfrastructure(this IServiceCollection services) => services
        .AddDbContext<ShopContext>(options => options.UseSqlite("Data Source=shop.db"))
        .AddScoped(typeof(IRepository<>), typeof(Repository<>))
        .AddScoped<IOrderRepository, OrderRepository>()
        .AddScoped<ICatalog, CachedCatalog>()
        .AddScoped<PriceList, StoredPrices>()
        .AddScoped<Reports>();
}
