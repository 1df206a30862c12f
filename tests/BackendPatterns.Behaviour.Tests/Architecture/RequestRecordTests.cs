using System.Text;
using BackendPatterns.Analyzers.CodeFixes.Architecture;
using BackendPatterns.Analyzers.Rules.Architecture;
using BackendPatterns.Behaviour.Tests.Endpoints;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Behaviour.Tests.Architecture;

/// <summary>A request record over HTTP: the members that are meant behave as before, the others are not bound any more.</summary>
public class RequestRecordTests
{
    private const string Program = """
        using System.ComponentModel.DataAnnotations;
        using System.Text.Json.Serialization;

        var connection = new SqliteConnection("DataSource=:memory:");
        connection.Open();
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddDbContext<Store>(options => options.UseSqlite(connection));
        builder.Services.AddControllers();
        var app = builder.Build();
        using (var scope = app.Services.CreateScope())
            scope.ServiceProvider.GetRequiredService<Store>().Database.EnsureCreated();
        app.MapControllers();
        app.MapPost("/mapped", (Parcel parcel, Store db) =>
        {
            db.Add(parcel);
            db.SaveChanges();
            return parcel.Id;
        });
        app.MapGet("/parcels", (Store db) => db.Parcels.OrderBy(p => p.Id).Select(p => new { p.Id, p.Label, p.To, p.Weight, Parts = p.Parts.Count, Hash = p.PasswordHash }).ToList());
        app.Run();

        [ApiController]
        [Route("parcels")]
        public class ParcelsController(Store db) : ControllerBase
        {
            [HttpPost]
            public IActionResult Create(Parcel parcel)
            {
                db.Parcels.Add(parcel);
                db.SaveChanges();
                return Ok(new { parcel.Label });
            }

            [HttpPut("{id}")]
            public IActionResult Replace(int id, Parcel parcel)
            {
                if (id != parcel.Id)
                    return BadRequest();
                db.Entry(parcel).State = EntityState.Modified;
                db.SaveChanges();
                return NoContent();
            }
        }

        public class Store(DbContextOptions<Store> options) : DbContext(options)
        {
            public DbSet<Parcel> Parcels => Set<Parcel>();
            public DbSet<Part> Parts => Set<Part>();
        }

        public class Parcel
        {
            public int Id { get; set; }

            [Required, StringLength(10)]
            public string? Label { get; set; }

            [JsonPropertyName("receiver")]
            public string To { get; set; } = "nobody";

            public int Weight { get; set; } = 100;

            public string PasswordHash { get; set; } = "";

            public List<Part> Parts { get; set; } = [];
        }

        public class Part
        {
            public int Id { get; set; }

            public string Name { get; set; } = "";
        }

        public record ParcelDto(int Id);
        """;

    [Fact]
    public async Task IntendedMembers_AreBoundAsBefore_AndOthersNotAtAll()
    {
        var (before, after) = await FixedApplication.Of<BP2006EntityBoundFromRequestAnalyzer, BP2006EntityBoundFromRequestFix>(Program);
        Assert.NotEmpty(after.GetSymbolsWithName("CreateParcelRequest", SymbolFilter.Type));
        await using var old = await RunningApplication.Start(before);
        await using var fresh = await RunningApplication.Start(after);

        (string Method, string Path, string Body)[] meant =
        [
            ("POST", "/parcels", """{"label":"a","receiver":"Ada","weight":5}"""),
            ("POST", "/parcels", """{"label":"b"}"""),
            ("POST", "/parcels", """{"LABEL":"c","unknown":true}"""),
            ("POST", "/parcels", """{"receiver":"Ada"}"""),
            ("POST", "/parcels", """{"label":"much too long"}"""),
            ("POST", "/parcels", """{"label":"d","weight":"heavy"}"""),
            ("POST", "/mapped", """{"label":"e","receiver":"Eve"}"""),
            ("POST", "/mapped", """{"label":"f","weight":"heavy"}"""),
            ("PUT", "/parcels/1", """{"id":1,"label":"A","receiver":"Bob"}"""),
            ("PUT", "/parcels/1", """{"id":2,"label":"A"}"""),
            ("GET", "/parcels", ""),
        ];
        foreach (var request in meant)
        {
            // The message about a body that cannot be read names the parameter.
            var expected = (await Send(old, request.Method, request.Path, request.Body)).Replace("\"parcel\":[\"The parcel field", "\"request\":[\"The request field", StringComparison.Ordinal);
            Assert.Equal($"{request}: {expected}", $"{request}: {await Send(fresh, request.Method, request.Path, request.Body)}");
        }

        const string TooMuch = """{"id":70,"label":"x","passwordHash":"mine","parts":[{"name":"p"}]}""";
        await Send(old, "POST", "/parcels", TooMuch);
        await Send(fresh, "POST", "/parcels", TooMuch);
        Assert.Contains("""{"id":70,"label":"x","to":"nobody","weight":100,"parts":1,"hash":"mine"}""", await Send(old, "GET", "/parcels", ""), StringComparison.Ordinal);
        Assert.Contains(""","label":"x","to":"nobody","weight":100,"parts":0,"hash":""}""", await Send(fresh, "GET", "/parcels", ""), StringComparison.Ordinal);
        Assert.DoesNotContain("70", await Send(fresh, "GET", "/parcels", ""), StringComparison.Ordinal);
    }

    internal static async Task<string> Send(RunningApplication application, string method, string path, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body.Length > 0)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await application.Send(request);
        var text = await answer.Content.ReadAsStringAsync();
        // Every problem has the id of its own request.
        var trace = text.IndexOf("\"traceId\"", StringComparison.Ordinal);
        return $"{(int)answer.StatusCode} {(trace < 0 ? text : text[..trace])}";
    }
}
