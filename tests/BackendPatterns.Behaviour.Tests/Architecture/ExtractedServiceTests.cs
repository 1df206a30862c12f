using System.Collections.Immutable;
using System.Text;
using BackendPatterns.Analyzers.CodeFixes.Architecture;
using BackendPatterns.Analyzers.Rules.Architecture;
using BackendPatterns.Behaviour.Tests.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Behaviour.Tests.Architecture;

/// <summary>
/// One application with a controller of each shape and a minimal API, started before and after its services were extracted: every answer and the number of SQL commands
/// behind it are the same.
/// </summary>
public class ExtractedServiceTests
{
    private const string Program = """
        using Microsoft.Data.Sqlite;
        using Microsoft.EntityFrameworkCore;

        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddControllers();
        builder.Services.AddDbContext<StoreContext>(options => options.UseSqlite(connection).AddInterceptors(new Commands()));
        builder.Services.AddScoped<IBookRepository, BookRepository>();
        builder.Services.AddScoped<IDiscountService, DiscountService>();
        var app = builder.Build();
        using (var scope = app.Services.CreateScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<StoreContext>();
            db.Database.EnsureCreated();
            db.AddRange(new Book { Title = "One", Price = 10 }, new Book { Title = "Two", Price = 20 }, new Book { Title = "Three", Price = 30 });
            db.SaveChanges();
        }

        app.Use((context, next) =>
        {
            Commands.Count = 0;
            context.Response.OnStarting(() =>
            {
                context.Response.Headers["X-Commands"] = Commands.Count.ToString();
                return Task.CompletedTask;
            });
            return next(context);
        });
        app.MapControllers();
        app.MapShelves();
        app.Run();
        """;

    private const string Data = """
        using System.Data.Common;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Diagnostics;

        public class Book
        {
            public int Id { get; set; }
            public string Title { get; set; } = "";
            public int Price { get; set; }
            public int Sold { get; set; }
        }

        public class StoreContext(DbContextOptions<StoreContext> options) : DbContext(options)
        {
            public DbSet<Book> Books => Set<Book>();
        }

        public interface IBookRepository
        {
            Task<Book?> FindAsync(int id);

            Task AddAsync(Book book);
        }

        public class BookRepository(StoreContext db) : IBookRepository
        {
            public Task<Book?> FindAsync(int id) => db.Books.FirstOrDefaultAsync(b => b.Id == id);

            public Task AddAsync(Book book)
            {
                db.Books.Add(book);
                return db.SaveChangesAsync();
            }
        }

        public interface IDiscountService { int Of(int price); }

        public class DiscountService : IDiscountService { public int Of(int price) => price - price / 10; }

        public class Commands : DbCommandInterceptor
        {
            public static int Count;

            public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
                DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
            {
                Count++;
                return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
            }

            public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
                DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
            {
                Count++;
                return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
            }
        }
        """;

    private const string Controllers = """
        using Microsoft.EntityFrameworkCore;

        [ApiController, Route("books")]
        public class BooksController : ControllerBase
        {
            private readonly StoreContext _db;
            private readonly IDiscountService _discounts;

            public BooksController(StoreContext db, IDiscountService discounts)
            {
                _db = db;
                _discounts = discounts;
            }

            [HttpGet]
            public async Task<ActionResult<IEnumerable<Book>>> List(CancellationToken cancellationToken) => Ok(await _db.Books.OrderBy(b => b.Id).ToListAsync(cancellationToken));

            [HttpGet("{id:int}")]
            public async Task<IActionResult> Get(int id)
            {
                var book = await _db.Books.FirstOrDefaultAsync(b => b.Id == id);
                if (book is null)
                    return NotFound();
                return Ok(new { book.Title, Price = _discounts.Of(book.Price) });
            }

            [HttpPost]
            public async Task<IActionResult> Create(Book book, CancellationToken cancellationToken)
            {
                if (await _db.Books.AnyAsync(b => b.Title == book.Title, cancellationToken))
                    return Conflict();

                _db.Books.Add(book);
                await _db.SaveChangesAsync(cancellationToken);
                return CreatedAtAction(nameof(Get), new { id = book.Id }, book);
            }

            [HttpPut("{id:int}/price/{price:int}")]
            public async Task<IActionResult> Reprice(int id, int price)
            {
                var book = await _db.Books.FindAsync(id);
                if (book == null)
                {
                    return NotFound();
                }

                book.Price = price;
                await _db.SaveChangesAsync();
                return NoContent();
            }

            [HttpDelete("{id:int}")]
            public async Task<IActionResult> Delete(int id)
            {
                var deleted = await _db.Books.Where(b => b.Id == id).ExecuteDeleteAsync();
                return deleted == 0 ? NotFound() : NoContent();
            }
        }

        [ApiController, Route("sales")]
        public class SalesController(IBookRepository books, StoreContext db) : ControllerBase
        {
            [HttpPost("{id:int}")]
            public async Task<ActionResult<int>> Sell(int id)
            {
                var book = await books.FindAsync(id);
                if (book is null)
                    return NotFound();
                book.Sold++;
                await db.SaveChangesAsync();
                return book.Sold;
            }
        }

        [ApiController, Route("lists")]
        public class ListsController(StoreContext db) : ControllerBase
        {
            [HttpGet]
            public async Task<IActionResult> List()
            {
                var books = await db.Books.Select(b => new { b.Id, title = b.Title, Cheap = b.Price < 20 }).OrderBy(b => b.title).ToListAsync();
                return Ok(books);
            }

            [HttpGet("{id:int}")]
            public async Task<IActionResult> Get(int id)
            {
                var book = await db.Books.Where(b => b.Id == id).Select(b => new { b.Title, Dearer = db.Books.Where(o => o.Price > b.Price).OrderBy(o => o.Id).Select(o => new { o.Id, Gap = o.Price }).ToList() }).FirstOrDefaultAsync();
                return book is null ? NotFound() : Ok(book);
            }

            [HttpGet("sold")]
            public async Task<IActionResult> Sold()
            {
                var rows = await (from b in db.Books where b.Price > 5 select new { b.Sold, b.Title }).Where(b => b.Sold >= 0).OrderByDescending(b => b.Title).Take(2).ToListAsync();
                return Ok(new { rows, rows.Count, first = rows.FirstOrDefault() });
            }

            [HttpGet("prices")]
            public async Task<IActionResult> Prices()
            {
                var prices = await db.Books.GroupBy(b => new { Even = b.Price % 2 == 0 }).Select(g => new { g.Key.Even, Count = g.Count(), Most = g.Max(b => b.Price) }).ToListAsync();
                return Ok(prices);
            }
        }

        public static class Shelves
        {
            public static void MapShelves(this WebApplication app)
            {
                app.MapGet("/shelves/{limit:int}", async (StoreContext db, int limit) => await db.Books.Where(b => b.Price <= limit).OrderBy(b => b.Title).Select(b => b.Title).ToListAsync());
                app.MapGet("/shelves/dearest", async (StoreContext db) =>
                {
                    var book = await db.Books.OrderByDescending(b => b.Price).FirstOrDefaultAsync();
                    return book is null ? Results.NotFound() : Results.Ok(book);
                });
            }
        }
        """;

    private static readonly (string Method, string Path, string? Body)[] Requests =
    [
        ("GET", "/books", null), ("GET", "/books/1", null), ("GET", "/books/99", null),
        ("POST", "/books", """{"title":"Four","price":40}"""), ("POST", "/books", """{"title":"Four","price":40}"""), ("POST", "/books", "[]"),
        ("PUT", "/books/2/price/25", null), ("PUT", "/books/99/price/25", null), ("DELETE", "/books/3", null), ("DELETE", "/books/3", null),
        ("POST", "/sales/1", null), ("POST", "/sales/1", null), ("POST", "/sales/99", null),
        ("GET", "/shelves/25", null), ("GET", "/shelves/dearest", null), ("GET", "/books", null),
        ("GET", "/lists", null), ("GET", "/lists/1", null), ("GET", "/lists/99", null), ("GET", "/lists/sold", null), ("GET", "/lists/prices", null),
    ];

    [Fact]
    public async Task EveryAnswer_AndItsSqlCommands_AreTheSame()
    {
        var compilation = ApplicationSource.Compile(Program, ("Data.cs", Data), ("Controllers.cs", Controllers));
        var before = await Answers(compilation);
        var (after, services) = await Extract(compilation);
        Assert.Equal(["BooksService", "ListsService", "SalesService", "ShelvesService"], services.Where(static name => name.EndsWith("Service", StringComparison.Ordinal)));
        Assert.Equal(5, services.Count(static name => name.EndsWith("Response", StringComparison.Ordinal)));
        Assert.Equal(before, await Answers(after.WithAssemblyName(compilation.AssemblyName + "After")));
        Assert.Contains(before, static answer => answer.Contains("201 2 ", StringComparison.Ordinal));
        Assert.Contains(before, static answer => answer.StartsWith("GET /lists/1: 200 1 ", StringComparison.Ordinal) && answer.Contains("\"gap\":", StringComparison.Ordinal));
    }

    private static async Task<List<string>> Answers(Compilation compilation)
    {
        await using var application = await RunningApplication.Start(compilation);
        var answers = new List<string>();
        foreach (var (method, path, body) in Requests)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (body is not null)
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await application.Send(request);
            var commands = response.Headers.TryGetValues("X-Commands", out var counted) ? string.Concat(counted) : "";
            var text = (int)response.StatusCode >= 400 ? "" : await response.Content.ReadAsStringAsync();
            answers.Add($"{method} {path}: {(int)response.StatusCode} {commands} {response.Headers.Location} {text}");
        }

        return answers;
    }

    /// <summary>Applies the fixes of both rules until nothing is reported, and returns the names of the new services.</summary>
    private static async Task<(Compilation After, IEnumerable<string> Services)> Extract(Compilation compilation)
    {
        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Application", compilation.AssemblyName!, LanguageNames.CSharp,
            compilationOptions: compilation.Options, parseOptions: compilation.SyntaxTrees.First().Options, metadataReferences: compilation.References));
        foreach (var tree in compilation.SyntaxTrees)
            project = project.AddDocument(tree.FilePath, await tree.GetRootAsync()).Project;
        var known = project.DocumentIds.ToHashSet();
        (DiagnosticAnalyzer Rule, CodeFixProvider Fix)[] rules =
        [
            (new BP2001DbContextInControllerAnalyzer(), new BP2001DbContextInControllerFix()), (new BP2002RepositoryInControllerAnalyzer(), new BP2002RepositoryInControllerFix()),
        ];
        foreach (var (rule, fix) in rules)
        {
            while ((await Reports(project, rule)).MinBy(static report => report.Location.SourceSpan.Start) is { } report)
                project = await Apply(project, fix, report);
        }

        var added = project.Documents.Where(document => !known.Contains(document.Id)).Select(static document => Path.GetFileNameWithoutExtension(document.Name));
        return ((await project.GetCompilationAsync())!, added.Where(static name => name[0] != 'I').Order(StringComparer.Ordinal));
    }

    private static async Task<ImmutableArray<Diagnostic>> Reports(Project project, DiagnosticAnalyzer rule) =>
        await (await project.GetCompilationAsync())!.WithAnalyzers([rule]).GetAnalyzerDiagnosticsAsync();

    private static async Task<Project> Apply(Project project, CodeFixProvider fix, Diagnostic report)
    {
        CodeAction? action = null;
        await fix.RegisterCodeFixesAsync(new CodeFixContext(project.GetDocument(report.Location.SourceTree)!, report, (offered, _) => action ??= offered, CancellationToken.None));
        Assert.True(action is not null, $"No fix for {report}");
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(project.Id)!;
    }
}
