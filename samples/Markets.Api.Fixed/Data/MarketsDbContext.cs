using Markets.Api.Entities;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Data;

public class MarketsDbContext(DbContextOptions<MarketsDbContext> options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();

    public DbSet<Creator> Creators => Set<Creator>();

    public DbSet<Category> Categories => Set<Category>();

    public DbSet<Notice> Notices => Set<Notice>();

    public DbSet<Market> Markets => Set<Market>();

    public DbSet<Outcome> Outcomes => Set<Outcome>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Position> Positions => Set<Position>();

    public DbSet<Payment> Payments => Set<Payment>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(16);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<User>(user =>
        {
            user.HasIndex(x => x.Email).IsUnique();
            user.HasIndex(x => x.Handle).IsUnique();
            user.Property(x => x.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<Creator>().HasIndex(x => x.Slug).IsUnique();
        modelBuilder.Entity<Category>().HasIndex(x => x.Slug).IsUnique();
        modelBuilder.Entity<Market>().HasIndex(x => x.Slug).IsUnique();
        modelBuilder.Entity<Order>().HasIndex(x => new { x.UserId, x.ClientReference }).IsUnique();
        modelBuilder.Entity<Position>().HasIndex(x => new { x.UserId, x.OutcomeId }).IsUnique();
        modelBuilder.Entity<Payment>().HasIndex(x => x.ProviderReference).IsUnique();
    }
}
