using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5008TransactionOutsideExecutionStrategyAnalyzer, BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>Which configuration makes a context retry, and for which context it counts.</summary>
public class BP5008ConfigurationTests
{
    private const string Reported = """

        public class Service(ShopContext db)
        {
            public async Task Save() { await using var t = await db.Database.[|BeginTransactionAsync|](); await db.SaveChangesAsync(); await t.CommitAsync(); }
        }
        """;

    /// <summary>Other providers and Aspire, as far as their configuration goes.</summary>
    private const string Stubs = """

        namespace Microsoft.EntityFrameworkCore.Storage
        {
            public class AlwaysStrategy(ExecutionStrategyDependencies d, int maxRetryCount = 3) : ExecutionStrategy(d, maxRetryCount, TimeSpan.Zero) { protected override bool ShouldRetryOn(Exception e) => true; }
            public class TolerantStrategy(ExecutionStrategyDependencies d) : AlwaysStrategy(d) { protected override void OnFirstExecution() { } }
        }

        namespace Microsoft.EntityFrameworkCore
        {
            public class SqlServerDbContextOptionsBuilder(DbContextOptionsBuilder b) : Infrastructure.RelationalDbContextOptionsBuilder<SqlServerDbContextOptionsBuilder, Infrastructure.Internal.SqliteStub>(b)
            {
                public SqlServerDbContextOptionsBuilder EnableRetryOnFailure() => this;
                public SqlServerDbContextOptionsBuilder EnableRetryOnFailure(int maxRetryCount) => this;
                public SqlServerDbContextOptionsBuilder EnableRetryOnFailure(int maxRetryCount, TimeSpan maxRetryDelay, IEnumerable<int>? errorNumbersToAdd) => this;
            }

            public static class SqlServerExtensions
            {
                public static DbContextOptionsBuilder UseSqlServer(this DbContextOptionsBuilder o, string c, Action<SqlServerDbContextOptionsBuilder>? configure = null) => o;
                public static DbContextOptionsBuilder<T> UseSqlServer<T>(this DbContextOptionsBuilder<T> o, string c, Action<SqlServerDbContextOptionsBuilder>? configure = null) where T : DbContext => o;
                public static DbContextOptionsBuilder UseAzureSql(this DbContextOptionsBuilder o, string c, Action<SqlServerDbContextOptionsBuilder>? configure = null) => o;
                public static DbContextOptionsBuilder UseInMemoryDatabase(this DbContextOptionsBuilder o, string c) => o;
            }
        }

        namespace Microsoft.EntityFrameworkCore.Infrastructure.Internal
        {
            public class SqliteStub : RelationalOptionsExtension
            {
                public override DbContextOptionsExtensionInfo Info => throw new InvalidOperationException();
                protected override RelationalOptionsExtension Clone() => this;
                public override void ApplyServices(IServiceCollection services) { }
            }
        }

        namespace Microsoft.Extensions.Hosting
        {
            public class NpgsqlSettings { public bool DisableRetry { get; set; } public int CommandTimeout { get; set; } }

            public static class AspireEFPostgreSqlExtensions
            {
                public static void AddNpgsqlDbContext<T>(this IHostApplicationBuilder b, string name, Action<NpgsqlSettings>? configureSettings = null, Action<DbContextOptionsBuilder>? configureDbContextOptions = null) where T : DbContext { }
                public static void EnrichNpgsqlDbContext<T>(this IHostApplicationBuilder b, Action<NpgsqlSettings>? configureSettings = null) where T : DbContext { }
            }
        }
        """;

    public static TheoryData<string> RetryingConfigurations =>
    [
        """s.AddDbContext<ShopContext>(o => o.UseSqlServer("", n => n.EnableRetryOnFailure()));""",
        """s.AddDbContext<ShopContext>(o => { o.UseSqlServer("", n => { n.EnableRetryOnFailure(3); n.CommandTimeout(3); }); });""",
        """s.AddDbContext<ShopContext>((p, o) => o.UseSqlServer("", n => n.EnableRetryOnFailure(5, TimeSpan.FromSeconds(1), null)));""",
        """s.AddDbContextPool<ShopContext>(o => o.EnableDetailedErrors().UseSqlServer("", n => n.EnableRetryOnFailure()));""",
        """s.AddDbContextFactory<ShopContext>(o => o.UseSqlServer("", n => n.EnableRetryOnFailure().CommandTimeout(3)));""",
        """s.AddPooledDbContextFactory<ShopContext>(o => o.UseSqlServer("", n => n.EnableRetryOnFailure()));""",
        """s.AddDbContext<ShopContext>(o => o.UseAzureSql(""));""",
        """s.AddDbContext<ShopContext>(o => o.UseSqlServer("", n => n.ExecutionStrategy(d => new Microsoft.EntityFrameworkCore.Storage.AlwaysStrategy(d))));""",
        """s.AddDbContext<ShopContext>(o => o.UseSqlServer("", n => n.ExecutionStrategy(d => { return new Microsoft.EntityFrameworkCore.Storage.AlwaysStrategy(d, 4); })));""",
        """s.AddDbContext<ShopContext>(Configure); void Configure(DbContextOptionsBuilder o) => o.UseSqlServer("", n => n.EnableRetryOnFailure());""",
        """s.AddDbContext<ShopContext>(o => Configure(o, "")); void Configure(DbContextOptionsBuilder o, string c) => o.UseSqlServer(c, n => n.EnableRetryOnFailure());""",
        """Add<ShopContext>(s); static void Add<T>(IServiceCollection s) where T : DbContext => s.AddDbContext<T>(o => o.UseSqlServer("", n => n.EnableRetryOnFailure()));""",
        """b.AddNpgsqlDbContext<ShopContext>("shop");""",
        """b.AddNpgsqlDbContext<ShopContext>("shop", settings => settings.CommandTimeout = 3);""",
        """b.AddNpgsqlDbContext<ShopContext>("shop", settings => settings.DisableRetry = false);""",
        """s.AddDbContext<ShopContext>(o => o.UseSqlServer("")); b.EnrichNpgsqlDbContext<ShopContext>();""",
        """s.AddDbContext<ShopContext>(o => { if (inMemory) o.UseInMemoryDatabase(""); else o.UseSqlServer("", n => n.EnableRetryOnFailure()); });""",
        """if (e.IsDevelopment()) s.AddDbContext<ShopContext>(o => o.UseSqlite("")); else s.AddDbContext<ShopContext>(o => o.UseSqlServer("", n => n.EnableRetryOnFailure()));""",
        """if (!e.IsDevelopment()) { s.AddDbContext<ShopContext>(o => o.UseSqlServer("", n => n.EnableRetryOnFailure())); }""",
        """var options = new DbContextOptionsBuilder<ShopContext>().UseSqlServer("", n => n.EnableRetryOnFailure()).Options; s.AddScoped(_ => new ShopContext(options));""",
        """s.AddDbContext<ShopContext>(o => o.UseSqlServer("", n => n.EnableRetryOnFailure())); s.AddDbContextFactory<ShopContext>(o => o.UseSqlServer("", n => n.EnableRetryOnFailure()));""",
    ];

    public static TheoryData<string> OtherConfigurations =>
    [
        // Nothing, or none that retries.
        "",
        """s.AddDbContext<ShopContext>(o => o.UseSqlServer(""));""",
        """s.AddDbContext<ShopContext>(o => o.UseSqlServer("", n => n.EnableRetryOnFailure(0, TimeSpan.Zero, null)));""",
        """s.AddDbContext<ShopContext>(o => o.UseSqlServer("", n => n.ExecutionStrategy(d => new Microsoft.EntityFrameworkCore.Storage.NonRetryingExecutionStrategy(d))));""",
        """s.AddDbContext<ShopContext>(o => o.UseSqlServer("", n => n.ExecutionStrategy(d => new Microsoft.EntityFrameworkCore.Storage.AlwaysStrategy(d, 0))));""",
        // Its own strategy allows transactions.
        """s.AddDbContext<ShopContext>(o => o.UseSqlServer("", n => n.ExecutionStrategy(d => new Microsoft.EntityFrameworkCore.Storage.TolerantStrategy(d))));""",
        // A setting decides.
        """s.AddDbContext<ShopContext>(o => o.UseSqlServer("", n => n.EnableRetryOnFailure(count, TimeSpan.Zero, null)));""",
        """s.AddDbContext<ShopContext>(o => o.UseSqlServer("", n => { if (count > 0) n.EnableRetryOnFailure(); }));""",
        """s.AddDbContext<ShopContext>(o => { if (inMemory) o.UseSqlite(""); else o.UseSqlServer("", n => n.EnableRetryOnFailure()); });""",
        """s.AddDbContext<ShopContext>(o => { switch (count) { case 1: o.UseSqlServer("", n => n.EnableRetryOnFailure()); break; default: o.UseSqlServer(""); break; } });""",
        """s.AddDbContext<ShopContext>(o => { if (inMemory) { o.UseSqlite(""); return; } o.UseSqlServer("", n => n.EnableRetryOnFailure()); });""",
        """if (inMemory) s.AddDbContext<ShopContext>(o => o.UseSqlite("")); else s.AddDbContext<ShopContext>(o => o.UseSqlServer("", n => n.EnableRetryOnFailure()));""",
        """s.AddDbContext<ShopContext>(o => o.UseSqlServer("", n => n.ExecutionStrategy(d => Make(d)))); Microsoft.EntityFrameworkCore.Storage.IExecutionStrategy Make(Microsoft.EntityFrameworkCore.Storage.ExecutionStrategyDependencies d) => new Microsoft.EntityFrameworkCore.Storage.AlwaysStrategy(d);""",
        // Development alone.
        """if (e.IsDevelopment()) s.AddDbContext<ShopContext>(o => o.UseSqlServer("", n => n.EnableRetryOnFailure())); else s.AddDbContext<ShopContext>(o => o.UseSqlServer(""));""",
        // Registered in two ways.
        """s.AddDbContext<ShopContext>(o => o.UseSqlServer("", n => n.EnableRetryOnFailure())); s.AddDbContextFactory<ShopContext>(o => o.UseSqlServer(""));""",
        """s.AddDbContext<ShopContext>(o => o.UseSqlServer("", n => n.EnableRetryOnFailure())); var plain = new ShopContext(new DbContextOptionsBuilder<ShopContext>().UseSqlServer("").Options);""",
        // Of another context.
        """s.AddDbContext<ShopContext>(o => o.UseSqlServer("")); s.AddDbContext<OtherContext>(o => o.UseSqlServer("", n => n.EnableRetryOnFailure()));""",
        """b.AddNpgsqlDbContext<ShopContext>("shop", settings => settings.DisableRetry = true);""",
        """b.AddNpgsqlDbContext<ShopContext>("shop", settings => settings.DisableRetry = inMemory);""",
        """b.AddNpgsqlDbContext<ShopContext>("shop", configure);""",
        // A method of the same name that is nobody's.
        """EnableRetryOnFailure(); s.AddDbContext<ShopContext>(o => o.UseSqlServer("")); void EnableRetryOnFailure() { }""",
    ];

    [Theory]
    [MemberData(nameof(RetryingConfigurations))]
    public Task ContextThatRetries_IsReported(string configuration) => Verify.Reported(With(configuration) + Reported + Stubs);

    [Theory]
    [MemberData(nameof(OtherConfigurations))]
    public Task ContextThatDoesNotRetryForSure_IsSilent(string configuration) => Verify.Silent(With(configuration) + Unmarked(Reported) + Stubs);

    [Fact]
    public Task OnConfiguring_IsReported() => Verify.Reported("""
        public class OwnContext : DbContext
        {
            public DbSet<Product> Products => Set<Product>();
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlServer("", n => n.EnableRetryOnFailure());
            public void Clean() { using var t = Database.[|BeginTransaction|](); Products.ExecuteDelete(); t.Commit(); }
        }

        public class Derived : OwnContext { }

        public class Service(Derived db) { public void Save() { using var t = db.Database.[|BeginTransaction|](); db.SaveChanges(); t.Commit(); } }
        """ + Stubs);

    [Fact]
    public Task OnConfiguringUnlessConfigured_OfAContextWithoutOptions_IsReported() => Verify.Reported("""
        public class OwnContext : DbContext
        {
            protected override void OnConfiguring(DbContextOptionsBuilder options) { if (!options.IsConfigured) options.UseSqlServer("", n => n.EnableRetryOnFailure()); }
            public void Clean() { using var t = Database.[|BeginTransaction|](); SaveChanges(); t.Commit(); }
        }
        """ + Stubs);

    [Fact]
    public Task OnConfiguringUnlessConfigured_IsSilent() => Verify.Silent("""
        public class OwnContext(DbContextOptions<OwnContext> options) : DbContext(options)
        {
            protected override void OnConfiguring(DbContextOptionsBuilder options) { if (!options.IsConfigured) options.UseSqlServer("", n => n.EnableRetryOnFailure()); }
            public void Clean() { using var t = Database.BeginTransaction(); SaveChanges(); t.Commit(); }
        }
        """ + Stubs);

    [Fact]
    public Task OnConfiguringReplacedInADerivedContext_IsSilent() => Verify.Silent("""
        public class OwnContext : DbContext
        {
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlServer("", n => n.EnableRetryOnFailure());
        }

        public class Derived : OwnContext { protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(""); }

        public class Service(Derived db) { public void Save() { using var t = db.Database.BeginTransaction(); db.SaveChanges(); t.Commit(); } }
        """ + Stubs);

    [Fact]
    public Task OptionsForTheDesigner_AreSilent() => Verify.Silent("""
        public class Designer : Microsoft.EntityFrameworkCore.Design.IDesignTimeDbContextFactory<ShopContext>
        {
            public ShopContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<ShopContext>().UseSqlServer("", n => n.EnableRetryOnFailure()).Options);
        }
        """ + Unmarked(Reported) + Stubs);

    [Fact]
    public Task ContextOfWhichOnlyTheBaseIsKnown_IsSilent() => Verify.Silent(With(RetryingShop) + Stubs + """
        public class Repository<T>(DbContext db) { public void Save() { using var t = db.Database.BeginTransaction(); db.SaveChanges(); t.Commit(); } }
        public class Generic<TContext>(TContext db) where TContext : DbContext { public void Save() { using var t = db.Database.BeginTransaction(); db.SaveChanges(); t.Commit(); } }
        """);

    [Fact]
    public Task CommandsOfAnotherContext_AreSilent() => Verify.Silent(With(RetryingShop) + Stubs + """
        public class Service(ShopContext db, OtherContext other)
        {
            public void Begin() { using var t = db.Database.BeginTransaction(); other.SaveChanges(); t.Commit(); }
            public void Other() { using var t = other.Database.BeginTransaction(); other.SaveChanges(); t.Commit(); }
            public void Scope() { using var t = new System.Transactions.TransactionScope(); other.SaveChanges(); t.Complete(); }
        }
        """);

    [Fact]
    public Task Report_NamesTheContextAndTheConfiguration() => Verify.Reported(
        With("""s.AddDbContext<ShopContext>(o => o.UseSqlServer("", n => n.{|#1:EnableRetryOnFailure|}()));""") + """

        public class Service(ShopContext db)
        {
            public async Task Save() { await using var t = await db.Database.{|#0:BeginTransactionAsync|}(); await db.SaveChangesAsync(); await t.CommitAsync(); }
        }
        """ + Stubs,
        expected: new DiagnosticResult("BP5008", DiagnosticSeverity.Warning).WithLocation(0).WithLocation(1)
            .WithMessage("'ShopContext' retries on failure, so the first command in this transaction throws; run the whole transaction through 'Database.CreateExecutionStrategy()'"));

    private const string RetryingShop = """s.AddDbContext<ShopContext>(o => o.UseSqlServer("", n => n.EnableRetryOnFailure())); s.AddDbContext<OtherContext>(o => o.UseSqlServer(""));""";

    private static string Unmarked(string source) => source.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);

    private static string With(string configuration) => $$"""
        public class OtherContext(DbContextOptions<OtherContext> options) : DbContext(options);

        public static class Registration
        {
            public static void Add(IServiceCollection s, IHostApplicationBuilder b, IHostEnvironment e, bool inMemory, int count, Action<NpgsqlSettings> configure) { {{configuration}} }
        }

        """;

}
