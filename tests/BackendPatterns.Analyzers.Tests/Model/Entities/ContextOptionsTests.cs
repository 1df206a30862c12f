using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Tests.Model.Entities;

public class ContextOptionsTests
{
    [Theory]
    [InlineData("services.AddDbContext<ShopContext>();", ContextAnswer.No)]
    [InlineData("services.AddDbContext<ShopContext>(o => o.UseSqlite(\"\", b => b.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery)));", ContextAnswer.Yes)]
    [InlineData("services.AddDbContextFactory<ShopContext>(o => o.UseSqlite(\"\", b => b.UseQuerySplittingBehavior(QuerySplittingBehavior.SingleQuery)));", ContextAnswer.Yes)]
    [InlineData("services.AddDbContext<ShopContext>(); services.AddDbContext<OtherContext>(o => o.UseSqlite(\"\", b => b.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery)));", ContextAnswer.No)]
    [InlineData("services.AddDbContext<ShopContext>(); new DbContextOptionsBuilder().UseSqlite(\"\", b => b.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery));", ContextAnswer.Unknown)]
    [InlineData("", ContextAnswer.Unknown)]
    public void Splitting_IsThatOfTheContext(string registration, ContextAnswer answer)
    {
        var (options, shop, _) = Of(registration);
        Assert.Equal(answer, options.ChoosesSplitting(shop));
    }

    [Theory]
    [InlineData("services.AddDbContext<ShopContext>();", ContextAnswer.No)]
    [InlineData("services.AddDbContext<ShopContext>(o => o.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking));", ContextAnswer.Yes)]
    [InlineData("services.AddDbContext<ShopContext>(o => { o.UseSqlite(\"\"); o.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTrackingWithIdentityResolution); });", ContextAnswer.Yes)]
    [InlineData("services.AddDbContext<ShopContext>(o => o.UseQueryTrackingBehavior(QueryTrackingBehavior.TrackAll));", ContextAnswer.No)]
    [InlineData("services.AddDbContext<ShopContext>(o => o.UseQueryTrackingBehavior(behaviour));", ContextAnswer.Unknown)]
    [InlineData("services.AddDbContext<ShopContext>(); shop.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;", ContextAnswer.Unknown)]
    [InlineData("services.AddDbContext<ShopContext>(); other.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;", ContextAnswer.No)]
    [InlineData("services.AddDbContext<ShopContext>(); var tracker = other.ChangeTracker; tracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;", ContextAnswer.Unknown)]
    public void Tracking_IsThatOfTheContext(string registration, ContextAnswer answer)
    {
        var (options, shop, _) = Of(registration);
        Assert.Equal(answer, options.IsNoTracking(shop));
    }

    [Fact]
    public void Detection_IsOnUnlessItIsSwitchedOff()
    {
        var (options, shop, compilation) = Of("services.AddDbContext<ShopContext>();");
        Assert.Equal(ContextAnswer.Yes, options.DetectsChanges(shop));
        Assert.Equal(ContextAnswer.No, options.DetectsChanges(compilation.GetTypeByMetadataName("OtherContext")!));
    }

    [Fact]
    public void UnknownContext_HasWhatAllHave()
    {
        Assert.Equal(ContextAnswer.No, Of("services.AddDbContext<ShopContext>();").Options.IsNoTracking(null));
        Assert.Equal(ContextAnswer.Unknown, Of("services.AddDbContext<ShopContext>(o => o.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking));").Options.IsNoTracking(null));
    }

    private static (ContextOptions Options, INamedTypeSymbol Shop, Compilation Compilation) Of(string registration)
    {
        var test = ModelTest.Compile($$"""
            public class OtherContext : DbContext
            {
                public OtherContext() => ChangeTracker.AutoDetectChangesEnabled = false;

                protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("");
            }

            public static class Startup
            {
                public static void Register(IServiceCollection services, QueryTrackingBehavior behaviour, ShopContext shop, OtherContext other)
                {
                    {{registration}}
                }
            }
            """);
        return (test.Model.Entities.Contexts, test.Compilation.GetTypeByMetadataName("Shop.ShopContext")!, test.Compilation);
    }
}
