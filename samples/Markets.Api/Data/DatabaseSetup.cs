using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Data;

public static class DatabaseSetup
{
    public static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(_ => new Database(configuration.GetConnectionString("Markets")));
        services.AddDbContext<MarketsDbContext>((provider, options) =>
            options.UseSqlite(provider.GetRequiredService<Database>().ConnectionString));
        return services;
    }

    public static async Task CreateAndSeedDatabaseAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MarketsDbContext>();
        await db.Database.EnsureCreatedAsync();
        if (await db.Users.AnyAsync())
            return;

        new Seed(app.Configuration.GetValue("Seed:Size", 1)).AddTo(db);
        await db.SaveChangesAsync();
    }
}
