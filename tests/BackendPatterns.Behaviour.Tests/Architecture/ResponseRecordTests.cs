using BackendPatterns.Analyzers.CodeFixes.Architecture;
using BackendPatterns.Analyzers.Rules.Architecture;
using BackendPatterns.Behaviour.Tests.Endpoints;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Behaviour.Tests.Architecture;

/// <summary>A response record over HTTP: the answers are the same, but for navigations, which nothing loaded.</summary>
public class ResponseRecordTests
{
    private const string Program = """
        using System.Text.Json.Serialization;

        var connection = new SqliteConnection("DataSource=:memory:");
        connection.Open();
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddDbContext<Store>(options => options.UseSqlite(connection));
        builder.Services.AddControllers();
        var app = builder.Build();
        using (var scope = app.Services.CreateScope())
            Seed.Fill(scope.ServiceProvider.GetRequiredService<Store>());
        app.MapControllers();
        app.MapGet("/mapped", async (Store db) => await db.Parcels.OrderByDescending(p => p.Id).ToListAsync());
        app.MapGet("/mapped/{id}", async (int id, Store db) => await db.Parcels.FirstOrDefaultAsync(p => p.Id == id) is { } parcel ? Results.Ok(parcel) : Results.NotFound());
        app.Run();

        [ApiController]
        [Route("parcels")]
        public class ParcelsController(Store db) : ControllerBase
        {
            [HttpGet]
            public async Task<ActionResult<IEnumerable<Parcel>>> List() => await db.Parcels.AsNoTracking().OrderBy(p => p.Label).ToListAsync();

            [HttpGet("{id}")]
            [ProducesResponseType(typeof(Parcel), 200)]
            public async Task<ActionResult<Parcel>> Get(int id)
            {
                var parcel = await db.Parcels.SingleOrDefaultAsync(p => p.Id == id);
                if (parcel is null)
                    return NotFound();
                return parcel;
            }

            [HttpGet("boxes")]
            public async Task<IActionResult> Boxes() => Ok(await db.Boxes.ToListAsync());
        }

        public class Store(DbContextOptions<Store> options) : DbContext(options)
        {
            public DbSet<Parcel> Parcels => Set<Parcel>();
            public DbSet<Box> Boxes => Set<Box>();
        }

        public static class Seed
        {
            public static void Fill(Store store)
            {
                store.Database.EnsureCreated();
                store.Add(new Parcel { Label = "a", Weight = 2.50m, State = State.Sent, SentAt = new DateTime(2026, 1, 2, 3, 4, 5), Secrets = "x" });
                store.Add(new Parcel { Label = "b" });
                store.Add(new Box { Size = 3, Parcels = { new Parcel { Label = "c" } } });
                store.SaveChanges();
            }
        }

        public enum State { New, Sent }

        public class Parcel
        {
            public int Id { get; set; }
            public string Label { get; set; } = "";
            [JsonPropertyName("grams")]
            public decimal? Weight { get; set; }
            [JsonConverter(typeof(JsonStringEnumConverter))]
            public State State { get; set; }
            [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
            public DateTime? SentAt { get; set; }
            [JsonIgnore]
            public string? Secrets { get; set; }
        }

        public class Box
        {
            public int Id { get; set; }
            public List<Parcel> Parcels { get; set; } = [];
            public int Size { get; set; }
        }

        public record OtherDto(int Id);
        """;

    [Fact]
    public async Task Answers_AreTheSame_WithoutNavigations()
    {
        var (before, after) = await FixedApplication.Of<BP2004EntityInResponseAnalyzer, BP2004EntityInResponseFix>(Program);
        Assert.Single(after.GetSymbolsWithName("ParcelResponse", SymbolFilter.Type));
        Assert.Empty((await new BP2004Run(after).ReportsAsync()).Select(report => report.ToString()));
        await using var old = await RunningApplication.Start(before);
        await using var fresh = await RunningApplication.Start(after);
        foreach (var path in new[] { "/parcels", "/parcels/1", "/parcels/2", "/parcels/99", "/mapped", "/mapped/1", "/mapped/99" })
            Assert.Equal(await RequestRecordTests.Send(old, "GET", path, ""), await RequestRecordTests.Send(fresh, "GET", path, ""));
        Assert.Contains("\"grams\":2.5", await RequestRecordTests.Send(fresh, "GET", "/parcels/1", ""), StringComparison.Ordinal);
        Assert.Equal("""200 [{"id":1,"parcels":[],"size":3}]""", await RequestRecordTests.Send(old, "GET", "/parcels/boxes", ""));
        Assert.Equal("""200 [{"id":1,"size":3}]""", await RequestRecordTests.Send(fresh, "GET", "/parcels/boxes", ""));
    }

    private sealed record BP2004Run(Compilation Compilation)
    {
        public async Task<IEnumerable<Diagnostic>> ReportsAsync() =>
            await Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzerExtensions.WithAnalyzers(Compilation, [new BP2004EntityInResponseAnalyzer()]).GetAnalyzerDiagnosticsAsync();
    }
}
