using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Tests.Model.Entities;

/// <summary>Which contexts retry on failure, asked directly; the table of configurations is in BP5008's tests.</summary>
public class RetryingContextsTests
{
    private const string Strategy = """

        public class Retries(Microsoft.EntityFrameworkCore.Storage.ExecutionStrategyDependencies d) : Microsoft.EntityFrameworkCore.Storage.ExecutionStrategy(d, 3, TimeSpan.Zero)
        {
            protected override bool ShouldRetryOn(Exception e) => true;
        }

        public class OtherContext(DbContextOptions<OtherContext> options) : DbContext(options);
        public class DerivedContext(DbContextOptions<ShopContext> options) : ShopContext(options);
        """;

    [Fact]
    public void Setting_CountsForItsContextAlone()
    {
        var test = Registered("s.AddDbContext<ShopContext>(o => o.UseSqlite(\"\", x => x.ExecutionStrategy(d => new Retries(d)))); s.AddDbContext<OtherContext>(o => o.UseSqlite(\"\"));");
        Assert.Equal("ExecutionStrategy", TextOf(test, Of(test, "Shop.ShopContext")));
        Assert.Null(Of(test, "OtherContext"));
        Assert.Null(Of(test, "DerivedContext"));
    }

    [Fact]
    public void BaseOfAContextThatDoesNot_IsUnknown() =>
        Assert.Null(Of(Registered("s.AddDbContext<ShopContext>(o => o.UseSqlite(\"\", x => x.ExecutionStrategy(d => new Retries(d)))); s.AddDbContext<DerivedContext>(o => o.UseSqlite(\"\"));"), "Shop.ShopContext"));

    [Fact]
    public void RegistrationWithoutOptions_SaysNothing() =>
        Assert.NotNull(Of(Registered("s.AddDbContext<ShopContext>(); var o = new DbContextOptionsBuilder<ShopContext>().UseSqlite(\"\", x => x.ExecutionStrategy(d => new Retries(d)));"), "Shop.ShopContext"));

    [Fact]
    public void HelperThatTakesTheOptions_IsFollowedToItsCallers() => Assert.NotNull(Of(
        ModelTest.Compile("""
            public static class R
            {
                public static void Add(IServiceCollection s) => s.AddDbContext<ShopContext>((p, o) => o.UseStore("x"));
                public static DbContextOptionsBuilder UseStore(this DbContextOptionsBuilder o, string c) { ArgumentNullException.ThrowIfNull(c); return o.UseSqlite(c, x => x.ExecutionStrategy(d => new Retries(d))); }
            }
            """ + Strategy),
        "Shop.ShopContext"));

    [Fact]
    public void HelperThatCallsItself_Ends() => Assert.Null(Of(
        ModelTest.Compile("""
            public static class R
            {
                public static DbContextOptionsBuilder UseStore(this DbContextOptionsBuilder o, int n) => n == 0 ? o.UseSqlite("", x => x.ExecutionStrategy(d => new Retries(d))) : o.UseStore(n - 1);
            }
            """ + Strategy),
        "Shop.ShopContext"));

    private static ModelTest Registered(string configuration) =>
        ModelTest.Compile($$"""public static class R { public static void Add(IServiceCollection s) { {{configuration}} } }""" + Strategy);

    private static Location? Of(ModelTest test, string context) =>
        test.Model.Entities.RetryingContexts.Of(test.Compilation.GetTypeByMetadataName(context) ?? throw new InvalidOperationException("No type " + context));

    private static string TextOf(ModelTest test, Location? place) => test.Tree.GetText().ToString(place!.SourceSpan);
}
