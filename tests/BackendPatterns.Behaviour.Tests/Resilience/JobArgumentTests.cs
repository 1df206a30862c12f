using System.Reflection;
using System.Runtime.Loader;
using BackendPatterns.Analyzers.Rules.Resilience;
using BackendPatterns.Behaviour.Tests.Endpoints;
using BackendPatterns.Behaviour.Tests.Framework;
using Hangfire.Common;
using Hangfire.Storage;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>Arguments of Hangfire jobs, written and read back as Hangfire does it: the rule reports exactly those that fail on the way or come back as something else.</summary>
public class JobArgumentTests
{
    private const string Prelude = """
        using System.Security.Claims;
        using Hangfire.Common;
        using Microsoft.EntityFrameworkCore;

        public class Item { public int Id { get; set; } public string Name { get; set; } = ""; public Item? Parent { get; set; } public List<Item> Parts { get; set; } = []; }

        public class Db(DbContextOptions<Db> options) : DbContext(options) { public DbSet<Item> Items => Set<Item>(); }

        public record Receipt(int Id, string Name, DateTime At, DayOfWeek Day);

        public class Upload { public string Name { get; set; } = ""; public Stream Content { get; set; } = new MemoryStream([1, 2, 3]); }

        public class Attachment { public string Name { get; set; } = ""; [Newtonsoft.Json.JsonIgnore] public Stream? Content { get; set; } }

        public class Envelope { public Item? Item { get; set; } }

        public class Worker { public void Take<T>(T value) { } }

        public static class Shapes
        {
            private static Db Open()
            {
                var db = new Db(new DbContextOptionsBuilder<Db>().UseSqlite("Data Source=:memory:").Options);
                db.Database.OpenConnection();
                db.Database.EnsureCreated();
                db.Items.Add(new Item { Name = "a", Parts = { new Item { Name = "b" } } });
                db.SaveChanges();
                return db;
            }

            private static bool IsTracked(Db db, object? item) => item is not null && db.Entry(item).State is not EntityState.Detached;
        """;

    /// <summary>The name, whether it survives, and a method that returns the job and tells whether what came back is the same.</summary>
    public static TheoryData<string, bool, string> Arguments => new()
    {
        { "Entity", false, "var db = Open(); var item = db.Items.First(); return (Job.FromExpression<Worker>(w => w.Take(item)), back => IsTracked(db, back));" },
        { "EntityWithoutCycle", false, "var db = Open(); db.ChangeTracker.Clear(); var item = db.Items.First(i => i.Name == \"b\"); return (Job.FromExpression<Worker>(w => w.Take(item)), back => IsTracked(db, back));" },
        { "ListOfEntities", false, "var db = Open(); var items = db.Items.ToList(); return (Job.FromExpression<Worker>(w => w.Take(items)), back => IsTracked(db, ((List<Item>)back!)[0]));" },
        { "EntityInData", false, "var db = Open(); var data = new Envelope { Item = db.Items.First() }; return (Job.FromExpression<Worker>(w => w.Take(data)), back => IsTracked(db, ((Envelope)back!).Item));" },
        { "Context", false, "var db = Open(); return (Job.FromExpression<Worker>(w => w.Take(db)), back => back is Db own && own.Items.Any());" },
        { "HttpContext", false, "HttpContext context = new DefaultHttpContext { TraceIdentifier = \"t\" }; return (Job.FromExpression<Worker>(w => w.Take(context)), back => back is HttpContext { TraceIdentifier: \"t\" });" },
        { "Principal", false, "var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(\"name\", \"ada\")])); return (Job.FromExpression<Worker>(w => w.Take(user)), back => back is ClaimsPrincipal p && p.HasClaim(\"name\", \"ada\"));" },
        { "Stream", false, "Stream stream = new MemoryStream([1, 2, 3]); return (Job.FromExpression<Worker>(w => w.Take(stream)), back => back is Stream { Length: 3 });" },
        { "StreamInData", false, "var upload = new Upload(); return (Job.FromExpression<Worker>(w => w.Take(upload)), back => back is Upload { Content.Length: 3 });" },
        { "FormFile", false, "IFormFile file = new FormFile(new MemoryStream([1, 2, 3]), 0, 3, \"a\", \"a.txt\"); return (Job.FromExpression<Worker>(w => w.Take(file)), back => back is IFormFile f && f.OpenReadStream().Length == 3);" },
        { "Delegate", false, "var count = 0; Action add = () => count++; return (Job.FromExpression<Worker>(w => w.Take(add)), back => { ((Action)back!)(); return count == 1; });" },
        { "Id", true, "var db = Open(); var item = db.Items.First(); return (Job.FromExpression<Worker>(w => w.Take(item.Id)), back => back is 1 or 2);" },
        { "Text", true, "return (Job.FromExpression<Worker>(w => w.Take(\"a\")), back => back is \"a\");" },
        { "Identifier", true, "var id = Guid.NewGuid(); return (Job.FromExpression<Worker>(w => w.Take(id)), back => back is Guid g && g == id);" },
        { "Enum", true, "return (Job.FromExpression<Worker>(w => w.Take(DayOfWeek.Friday)), back => back is DayOfWeek.Friday);" },
        { "Record", true, "var receipt = new Receipt(1, \"a\", new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc), DayOfWeek.Friday); return (Job.FromExpression<Worker>(w => w.Take(receipt)), back => receipt.Equals(back));" },
        { "ListOfIds", true, "var ids = new List<int> { 1, 2 }; return (Job.FromExpression<Worker>(w => w.Take(ids)), back => back is List<int> { Count: 2 });" },
        { "Dictionary", true, "var counts = new Dictionary<string, int> { [\"a\"] = 1 }; return (Job.FromExpression<Worker>(w => w.Take(counts)), back => back is Dictionary<string, int> d && d[\"a\"] == 1);" },
        { "Nullable", true, "int? id = 3; return (Job.FromExpression<Worker>(w => w.Take(id)), back => back is 3);" },
        { "Null", true, "return (Job.FromExpression<Worker>(w => w.Take<Item?>(null)), back => back is null);" },
        { "NewObjectOfAnEntityType", true, "return (Job.FromExpression<Worker>(w => w.Take(new Item { Name = \"new\" })), back => back is Item { Id: 0, Name: \"new\" });" },
        { "StreamThatIsNotWritten", true, "var file = new Attachment { Name = \"a\" }; return (Job.FromExpression<Worker>(w => w.Take(file)), back => back is Attachment { Name: \"a\" });" },
        // Hangfire stores no token, and gives the job its own one.
        { "Token", true, "using var source = new CancellationTokenSource(); var token = source.Token; return (Job.FromExpression<Worker>(w => w.Take(token)), back => back is null or CancellationToken { CanBeCanceled: false });" },
    };

    [Theory]
    [MemberData(nameof(Arguments))]
    public async Task Verdict_AgreesWithWhatComesBack(string name, bool survives, string body)
    {
        var compilation = ApplicationSource.Compile($"{Prelude}\npublic static (Job Job, Func<object?, bool> IsSame) {name}() {{ {body} }}\n}}")
            .WithOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var reports = await compilation.WithAnalyzers([new BP5013JobArgumentAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        using var image = ScenarioCode.ImageOf(compilation);
        var assembly = AssemblyLoadContext.Default.LoadFromStream(image);

        var outcome = Outcome(assembly.GetType("Shapes")!.GetMethod(name)!);

        Assert.True(survives == (outcome is null), $"'{name}' was expected to {(survives ? "survive" : "be lost")}: {outcome}");
        Assert.True(survives == reports.IsEmpty, $"'{name}': {string.Join(", ", reports)}");
    }

    /// <summary>Null where the argument came back the same, otherwise what happened.</summary>
    private static string? Outcome(MethodInfo shape)
    {
        try
        {
            var (job, isSame) = ((Job, Func<object?, bool>))shape.Invoke(null, null)!;
            var payload = InvocationData.SerializeJob(job).SerializePayload();
            var back = InvocationData.DeserializePayload(payload).DeserializeJob();
            return isSame(back.Args[0]) ? null : "came back different";
        }
        catch (Exception failure)
        {
            return failure.GetBaseException().GetType().Name;
        }
    }
}
