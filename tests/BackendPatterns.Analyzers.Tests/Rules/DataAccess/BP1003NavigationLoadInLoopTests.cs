using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1003NavigationLoadInLoopAnalyzer,
    BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1003NavigationLoadInLoopTests
{
    [Fact]
    public Task Report_WithLazyLoading_SpeaksOfQueries() => Verify.Reported(
        Lazy("foreach (var book in await db.Books.ToListAsync()) Use({|#0:book.Author|}.Name);"),
        expected: Message("'Author' is read for each 'Book' but the query does not load it: lazy loading runs one more query per row; add 'Include'"));

    [Fact]
    public Task Report_WithoutLazyLoading_SpeaksOfNull() => Verify.Reported(
        Eager("foreach (var order in await db.Orders.ToListAsync()) Use({|#0:order.Customer|}!.Name);"),
        expected: Message("'Customer' is read for each 'Order' but the query does not load it: it is null in every row; add 'Include'"));

    [Fact]
    public Task Report_OfACollectionWithoutLazyLoading_SpeaksOfNothingInIt() => Verify.Reported(
        Eager("foreach (var order in await db.Orders.ToListAsync()) Use({|#0:order.Lines|}.Count);"),
        expected: Message("'Lines' is read for each 'Order' but the query does not load it: it is empty in every row; add 'Include'"));

    [Fact]
    public Task Report_WhereTheHostIsElsewhere_SaysBoth() => Verify.Reported(
        Library("foreach (var book in await db.Books.ToListAsync()) Use({|#0:book.Author|}.Name);", configuring: ""),
        expected: Message("'Author' is read for each 'Book' but the query does not load it: one more query per row with lazy loading, null without; add 'Include'"));

    [Fact]
    public Task Report_OfARowBelow_NamesThePathAndThenInclude() => Verify.Reported(
        Lazy("foreach (var book in await db.Books.Include(b => b.Reviews).ToListAsync()) foreach (var review in book.Reviews) Use({|#0:review.Reader|}.Name);"),
        expected: Message("'Reviews.Reader' is read for each 'Book' but the query does not load it: lazy loading runs one more query per row; add 'ThenInclude'"));

    [Theory]
    // The shapes of a loop.
    [InlineData("var books = await db.Books.ToListAsync(); foreach (var book in books) Use([|book.Author|].Name);")]
    [InlineData("var books = db.Books.Where(b => b.Id > 3).OrderBy(b => b.Title).ToArray(); for (var i = 0; i < books.Length; i++) Use([|books[i].Author|].Name);")]
    [InlineData("var books = db.Books.ToArray(); foreach (var book in books) Use([|book.Author|].Name);")]
    [InlineData("foreach (var book in db.Books) Use([|book.Author|].Name);")]
    [InlineData("await foreach (var book in db.Books.AsAsyncEnumerable()) Use([|book.Author|].Name);")]
    [InlineData("var books = await db.Books.ToListAsync(); return books.Select(b => new { b.Title, By = [|b.Author|].Name }).ToList();")]
    [InlineData("var books = await db.Books.ToListAsync(); return from b in books select [|b.Author|].Name;")]
    [InlineData("var books = await db.Books.ToListAsync(); books.ForEach(b => Use([|b.Author|].Name));")]
    [InlineData("var books = await db.Books.ToListAsync(); return books.ToDictionary(b => b.Id, b => [|b.Author|].Name);")]
    [InlineData("var books = await db.Books.ToListAsync(); return books.Sum(b => [|b.Reviews|].Count);")]
    [InlineData("var books = await db.Books.ToListAsync(); return books.Where(b => b.Id > 3).OrderBy(b => [|b.Author|].Name).ToList();")]
    [InlineData("var books = await db.Books.ToListAsync(); return books.SelectMany(b => [|b.Reviews|]).Select(r => r.Id).ToList();")]
    [InlineData("var byId = await db.Books.ToDictionaryAsync(b => b.Id); foreach (var each in ids) Use([|byId[each].Author|].Name);")]
    [InlineData("var books = await db.Books.ToListAsync(); foreach (var book in books) { var author = [|book.Author|]; Use(author.Name); }")]
    [InlineData("foreach (var book in await db.Books.ToListAsync()) Use([|book.Author|]?.Name);")]
    [InlineData("foreach (var book in await db.Books.ToListAsync()) Use([|book.Author|].Id);")]
    [InlineData("foreach (var book in await db.Books.ToListAsync()) { Use([|book.Author|].Name); Use(book.Author.Id); }")]
    [InlineData("foreach (var book in await db.Books.ToListAsync()) { if ([|book.Author|]?.Name is { } name) Use(name); }")]
    [InlineData("foreach (var book in await db.Books.ToListAsync()) foreach (var review in [|book.Reviews|]) Use(review.Id);")]
    // Rows below.
    [InlineData("var book = await db.Books.Include(b => b.Reviews).FirstAsync(b => b.Id == id); foreach (var review in book.Reviews) Use([|review.Reader|].Name);")]
    [InlineData("foreach (var book in await db.Books.ToListAsync()) foreach (var review in [|book.Reviews|]) Use([|review.Reader|].Name);")]
    [InlineData("foreach (var book in await db.Books.Include(b => b.Author).ToListAsync()) Use([|book.Author.Country|].Name);")]
    // The query through locals and methods.
    [InlineData("var query = db.Books.AsNoTracking(); if (id > 3) query = query.Where(b => b.Id == id); foreach (var book in await query.ToListAsync()) Use([|book.Author|].Name);")]
    [InlineData("foreach (var book in await Query().ToListAsync()) Use([|book.Author|].Name);")]
    [InlineData("foreach (var book in await Recent(db.Books, 3).ToListAsync()) Use([|book.Author|].Name);")]
    [InlineData("foreach (var book in await db.Set<Book>().Include(b => b.Reviews).ToListAsync()) Use([|book.Author|].Name);")]
    [InlineData("foreach (var book in await LoadAsync()) Use([|book.Author|].Name);")]
    // The read behind a method or a property.
    [InlineData("var books = await db.Books.ToListAsync(); return books.Select(b => [|BookDto.From(b)|]).ToList();")]
    [InlineData("var books = await db.Books.ToListAsync(); return books.Select([|BookDto.From|]).ToList();")]
    [InlineData("var books = await db.Books.ToListAsync(); return [|BookDto.FromAll(books)|];")]
    [InlineData("foreach (var book in await db.Books.ToListAsync()) Use([|book.Label|]);")]
    [InlineData("foreach (var book in await db.Books.ToListAsync()) Use([|book.Describe()|]);")]
    [InlineData("foreach (var book in await db.Books.ToListAsync()) { Guard.NotNull(book); Use([|book.Author|].Name); filler.Fill(book); }")]
    // What does not load.
    [InlineData("var books = await db.Books.Where(b => b.Author.Name == \"A\").ToListAsync(); foreach (var book in books) Use([|book.Author|].Name);")]
    [InlineData("foreach (var book in await db.Books.Include(b => b.Author).IgnoreAutoIncludes().ToListAsync()) Use([|book.Publisher|].Name);")]
    public Task ReadPerRow_IsReported(string statements) => Verify.Reported(Lazy(statements));

    [Theory]
    // Loaded.
    [InlineData("foreach (var book in await db.Books.Include(b => b.Author).ToListAsync()) Use(book.Author.Name);")]
    [InlineData("foreach (var book in await db.Books.Include(\"Author\").ToListAsync()) Use(book.Author.Name);")]
    [InlineData("foreach (var book in await db.Books.Include(\"Reviews.Reader\").ToListAsync()) foreach (var r in book.Reviews) Use(r.Reader.Name);")]
    [InlineData("foreach (var book in await db.Books.Include(b => b.Reviews.Where(r => r.Id > 3)).ThenInclude(r => r.Reader).ToListAsync()) foreach (var r in book.Reviews) Use(r.Reader.Name);")]
    [InlineData("foreach (var book in await db.Books.Include(b => b.Author.Country).ToListAsync()) Use(book.Author.Country.Name);")]
    [InlineData("foreach (var book in await db.Books.Select(b => new { b.Title, b.Author }).ToListAsync()) Use(book.Author.Name);")]
    [InlineData("foreach (var name in await db.Books.Select(b => b.Author.Name).ToListAsync()) Use(name);")]
    [InlineData("foreach (var book in await db.Books.ToListAsync()) Use(book.Publisher.Name);")]
    [InlineData("foreach (var book in await LoadWithAuthorsAsync()) Use(book.Author.Name);")]
    [InlineData("foreach (var book in await WithAuthors(db.Books).ToListAsync()) Use(book.Author.Name);")]
    // Loaded under the same condition as used.
    [InlineData("IQueryable<Book> query = db.Books; if (id > 3) query = query.Include(b => b.Author); foreach (var book in await query.ToListAsync()) if (id > 3) Use(book.Author.Name);")]
    [InlineData("var books = id > 3 ? await db.Books.Include(b => b.Author).ToListAsync() : await db.Books.ToListAsync(); foreach (var book in books) if (id > 3) Use(book.Author.Name);")]
    [InlineData("List<Book> books; if (id > 3) books = await db.Books.Include(b => b.Author).ToListAsync(); else books = await db.Books.ToListAsync(); foreach (var book in books) if (id > 3) Use(book.Author.Name);")]
    [InlineData("foreach (var book in await Including(db.Books, id).ToListAsync()) Use(book.Author.Name);")]
    // Loaded explicitly.
    [InlineData("var books = await db.Books.ToListAsync(); foreach (var book in books) { await EnsureLoadedAsync(book, b => b.Author); Use(book.Author.Name); }")]
    [InlineData("foreach (var book in await db.Books.ToListAsync()) { await db.Entry(book).Reference(b => b.Author).LoadAsync(); Use(book.Author.Name); }")]
    [InlineData("var books = await db.Books.ToListAsync(); foreach (var book in books) db.Entry(book).Collection(\"Reviews\").Load(); foreach (var book in books) Use(book.Reviews.Count);")]
    // Filled by tracked rows.
    [InlineData("await db.Authors.LoadAsync(); foreach (var book in await db.Books.ToListAsync()) Use(book.Author.Name);")]
    [InlineData("var books = await db.Books.ToListAsync(); var authors = await db.Authors.Where(a => a.Id > 3).ToListAsync(); foreach (var book in books) Use(book.Author.Name);")]
    [InlineData("var author = await db.Authors.Include(a => a.Books).FirstAsync(a => a.Id == id); foreach (var book in author.Books) Use(book.Author.Name);")]
    [InlineData("foreach (var book in await db.Books.Include(b => b.Reviews).ToListAsync()) foreach (var review in book.Reviews) Use(review.Book.Title);")]
    [InlineData("var author = Current(); foreach (var book in await db.Books.Where(b => b.Author == author).ToListAsync()) Use(book.Author.Name);")]
    // Assigned.
    [InlineData("var books = await db.Books.ToListAsync(); foreach (var book in books) book.Author = new Author(); foreach (var book in books) Use(book.Author.Name);")]
    [InlineData("foreach (var book in await db.Books.ToListAsync()) { Fill(book); Use(book.Author.Name); }")]
    [InlineData("foreach (var book in await db.Books.ToListAsync()) { filler.Fill(book); Use(book.Author.Name); }")]
    [InlineData("var books = await db.Books.ToListAsync(); await filler.FillAllAsync(books); foreach (var book in books) Use(book.Author.Name);")]
    // No read.
    [InlineData("foreach (var book in await db.Books.ToListAsync()) book.Reviews.Add(new Review());")]
    [InlineData("foreach (var book in await db.Books.ToListAsync()) book.Author = null!;")]
    [InlineData("foreach (var book in await db.Books.ToListAsync()) if (book.Author != null) Use(book.Title);")]
    [InlineData("foreach (var book in await db.Books.ToListAsync()) if (book.Author is null) Use(nameof(book.Author));")]
    [InlineData("foreach (var book in await db.Books.ToListAsync()) Use(book.AuthorId);")]
    // Owned, complex and JSON members are loaded with the row.
    [InlineData("foreach (var author in await db.Authors.ToListAsync()) Use(author.Address.City);")]
    [InlineData("foreach (var author in await db.Authors.ToListAsync()) Use(author.Settings.Theme, author.Size.Width, author.Notes.Count);")]
    // Not per row.
    [InlineData("var book = await db.Books.FirstAsync(b => b.Id == id); Use(book.Author.Name);")]
    [InlineData("var books = await db.Books.ToListAsync(); Use(books[0].Author.Name);")]
    [InlineData("var books = await db.Books.ToListAsync(); Use(books.First().Author.Name);")]
    [InlineData("var book = await db.Books.FirstAsync(b => b.Id == id); foreach (var review in book.Reviews) Use(review.Id);")]
    [InlineData("var book = await db.Books.FirstAsync(b => b.Id == id); foreach (var other in ids) Use(other, book.Author.Name);")]
    [InlineData("foreach (var book in await db.Books.ToListAsync()) { if (book.Id == id) return book.Author.Name; }")]
    [InlineData("foreach (var book in await db.Books.Take(3).ToListAsync()) Use(book.Author.Name);")]
    // The load itself is in the loop: that is the first mistake.
    [InlineData("foreach (var each in ids) { var book = await db.Books.FirstAsync(b => b.Id == each); Use(book.Author.Name); }")]
    // The query cannot be read.
    [InlineData("foreach (var book in await given.ToListAsync()) Use(book.Author.Name);")]
    [InlineData("foreach (var book in await source.Books().ToListAsync()) Use(book.Author.Name);")]
    [InlineData("foreach (var book in await db.Books.Include(Path()).ToListAsync()) Use(book.Author.Name);")]
    [InlineData("foreach (var book in await source.LoadAsync()) Use(book.Author.Name);")]
    [InlineData("foreach (var book in given) Use(book.Author.Name);")]
    [InlineData("foreach (var book in new List<Book>()) Use(book.Author.Name);")]
    // Translated, not executed.
    [InlineData("return await db.Books.Where(b => b.Author.Books.Any(x => x.Author.Name == \"A\")).ToListAsync();")]
    public Task LoadedOrNotRead_IsSilent(string statements) => Verify.Silent(Lazy(statements));

    [Theory]
    [InlineData("foreach (var order in await db.Orders.AsNoTracking().ToListAsync()) Use([|order.Customer|]!.Name);")]
    [InlineData("foreach (var order in await db.Orders.ToListAsync()) foreach (var line in [|order.Lines|]) Use(line.Price);")]
    [InlineData("var orders = await db.Orders.ToListAsync(); return orders.Sum(o => [|o.Lines|].Sum(l => l.Price));")]
    public Task NullOrEmptyNavigation_IsReported(string statements) => Verify.Reported(Eager(statements));

    [Theory]
    // The author knows that it may be missing.
    [InlineData("foreach (var order in await db.Orders.ToListAsync()) Use(order.Customer?.Name);")]
    [InlineData("foreach (var order in await db.Orders.ToListAsync()) if (order.Customer != null) Use(order.Customer.Name);")]
    [InlineData("foreach (var order in await db.Orders.ToListAsync()) if (order.Customer is { } customer) Use(customer.Name);")]
    [InlineData("foreach (var order in await db.Orders.ToListAsync()) Use((order.Customer ?? new Customer()).Name);")]
    // Rows below rows that are not there.
    [InlineData("var order = await db.Orders.FirstAsync(); foreach (var line in order.Lines) Use(line.Price);")]
    public Task MissingNavigationThatIsExpected_IsSilent(string statements) => Verify.Silent(Eager(statements));

    [Fact]
    public Task LoaderInTheGetter_IsReported() => Verify.Reported("""
        using Microsoft.EntityFrameworkCore.Infrastructure;

        public class Note
        {
            private readonly ILazyLoader? _loader;
            private List<Tag>? _tags;
            public Note() { }
            public Note(ILazyLoader loader) => _loader = loader;
            public int Id { get; set; }
            public List<Tag> Tags { get => _loader!.Load(this, ref _tags)!; set => _tags = value; }
        }

        public class Tag
        {
            private readonly Action<object, string>? _loader;
            private Note? _owner;
            public Tag() { }
            public Tag(Action<object, string> lazyLoader) => _loader = lazyLoader;
            public int Id { get; set; }
            public Note? Owner { get => _loader.Load(this, ref _owner); set => _owner = value; }
        }

        public static class Loading
        {
            public static T? Load<T>(this Action<object, string>? loader, object entity, ref T? field, [System.Runtime.CompilerServices.CallerMemberName] string name = "")
                where T : class
            {
                loader?.Invoke(entity, name);
                return field;
            }
        }

        public class NotesContext(DbContextOptions<NotesContext> options) : DbContext(options)
        {
            public DbSet<Note> Notes { get; set; } = null!;
            public DbSet<Tag> Tags { get; set; } = null!;
        }

        public class Report(NotesContext db)
        {
            public async Task<int> CountAsync()
            {
                var count = 0;
                foreach (var note in await db.Notes.ToListAsync())
                    count += [|note.Tags|].Count;
                return count;
            }

            public async Task<List<int>> OwnersAsync() => (await db.Tags.ToListAsync()).Select(tag => [|tag.Owner|]!.Id).ToList();
        }
        """);

    [Fact]
    public Task ConfigurationInAnotherProject_IsSilent() => Verify.Run(
        """
        public class Report(Elsewhere.OtherContext db)
        {
            public async Task<int> CountAsync()
            {
                var count = 0;
                foreach (var order in await db.Pages.ToListAsync())
                    count += order.Book!.Id;
                return count;
            }
        }
        """,
        fixedSource: null, options: null, OutputKind.DynamicallyLinkedLibrary,
        test =>
        {
            var other = test.TestState.AdditionalProjects["Elsewhere"];
            other.AdditionalReferences.AddRange(TestReferences.All);
            other.Sources.Add("""
                using Microsoft.EntityFrameworkCore;
                namespace Elsewhere;
                public class Page { public int Id { get; set; } public Volume? Book { get; set; } }
                public class Volume { public int Id { get; set; } }
                public class OtherContext : DbContext
                {
                    public DbSet<Page> Pages { get; set; } = null!;
                    public DbSet<Volume> Volumes { get; set; } = null!;
                    protected override void OnModelCreating(ModelBuilder b) => b.Entity<Page>().Navigation(x => x.Book).AutoInclude();
                }
                """);
            test.TestState.AdditionalProjectReferences.Add("Elsewhere");
        });

    [Theory]
    [InlineData("options.UseLazyLoadingProxies(false);", "it is null in every row")]
    [InlineData("", "one more query per row with lazy loading, null without")]
    [InlineData("options.UseLazyLoadingProxies();", "lazy loading runs one more query per row")]
    public Task Registration_SaysWhetherRowsAreLoadedLazily(string registration, string consequence) => Verify.Reported(
        Library("foreach (var book in await db.Books.ToListAsync()) Use({|#0:book.Author|}.Name);", configuring: "", tail: registration.Length == 0 ? "" : $$"""

            public static class Setup
            {
                public static void Add(IServiceCollection services) => services.AddDbContext<LibraryContext>(options => { {{registration}} });
            }
            """),
        expected: Message($"'Author' is read for each 'Book' but the query does not load it: {consequence}; add 'Include'"));

    [Fact]
    public Task LazyLoadingOfAnotherContext_CountsForThatOneOnly() => Verify.Reported(
        Library("foreach (var book in await db.Books.ToListAsync()) Use({|#0:book.Author|}.Name);", configuring: "", tail: """

            public static class Setup
            {
                public static void Add(IServiceCollection services)
                {
                    services.AddDbContext<ShopContext>(options => options.UseLazyLoadingProxies());
                    services.AddDbContext<LibraryContext>();
                }
            }
            """),
        expected: Message("'Author' is read for each 'Book' but the query does not load it: it is null in every row; add 'Include'"));

    [Fact]
    public Task Seeding_IsSilent() => Verify.Silent(Lazy("await Task.Yield();", members: """
        public async Task SeedAsync() { foreach (var book in await db.Books.ToListAsync()) Use(book.Author.Name); }
        """));

    private static DiagnosticResult Message(string text) => DiagnosticResult.CompilerWarning(BP1003NavigationLoadInLoopAnalyzer.Id).WithLocation(0).WithMessage(text)
        .WithOptions(DiagnosticOptions.IgnoreAdditionalLocations);

    private static string Eager(string statements) => $$"""
        public class Report(ShopContext db)
        {
            public async Task<object?> RunAsync()
            {
                {{statements}}
                await Task.Yield();
                return null;
            }

            private static void Use(params object?[] values) => Console.WriteLine(values.Length);
        }
        """;

    private static string Lazy(string statements, string members = "") =>
        Library(statements, "protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseLazyLoadingProxies();", members: members);

    private static string Library(string statements, string configuring, string tail = "", string members = "") => $$"""
        namespace Library;

        public class Country { public int Id { get; set; } public string Name { get; set; } = ""; }
        public class Publisher { public int Id { get; set; } public string Name { get; set; } = ""; }
        public class Reader { public int Id { get; set; } public string Name { get; set; } = ""; }
        public class Address { public string City { get; set; } = ""; }
        public class Settings { public string Theme { get; set; } = ""; }
        public class Size { public int Width { get; set; } }
        public class Note { public string Text { get; set; } = ""; }

        public class Author
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public virtual Country Country { get; set; } = null!;
            public virtual List<Book> Books { get; set; } = [];
            public virtual Address Address { get; set; } = null!;
            public virtual Settings Settings { get; set; } = null!;
            public virtual Size Size { get; set; } = null!;
            public virtual List<Note> Notes { get; set; } = [];
        }

        public class Review
        {
            public int Id { get; set; }
            public virtual Book Book { get; set; } = null!;
            public virtual Reader Reader { get; set; } = null!;
        }

        public class Book
        {
            public int Id { get; set; }
            public string Title { get; set; } = "";
            public int AuthorId { get; set; }
            public virtual Author Author { get; set; } = null!;
            public virtual Publisher Publisher { get; set; } = null!;
            public virtual List<Review> Reviews { get; set; } = [];
            public string Label => Author.Name + ": " + Title;
            public string Describe() => Title + " by " + Author.Name;
        }

        public class LibraryContext : DbContext
        {
            public DbSet<Book> Books { get; set; } = null!;
            public DbSet<Author> Authors { get; set; } = null!;
            public DbSet<Review> Reviews { get; set; } = null!;
            public DbSet<Reader> Readers { get; set; } = null!;
            public DbSet<Publisher> Publishers { get; set; } = null!;
            public DbSet<Country> Countries { get; set; } = null!;
            {{configuring}}

            protected override void OnModelCreating(ModelBuilder builder)
            {
                builder.Entity<Book>().Navigation(b => b.Publisher).AutoInclude();
                builder.Entity<Author>().OwnsOne(a => a.Address);
                builder.Entity<Author>().OwnsOne(a => a.Settings).ToJson();
                builder.Entity<Author>().ComplexProperty(a => a.Size);
                builder.Entity<Author>().OwnsMany(a => a.Notes);
            }
        }

        public record BookDto(string Title, string By)
        {
            public static BookDto From(Book book) => new(book.Title, book.Author.Name);

            public static List<BookDto> FromAll(List<Book> books)
            {
                var all = new List<BookDto>();
                foreach (var book in books)
                    all.Add(From(book));
                return all;
            }
        }

        public static class Guard { public static T NotNull<T>(T value) where T : class => value ?? throw new ArgumentNullException(nameof(value)); }
        public interface IFiller { void Fill(Book book); Task FillAllAsync(List<Book> books); }
        public interface ISource { IQueryable<Book> Books(); Task<List<Book>> LoadAsync(); }

        public class Report(LibraryContext db, IFiller filler, ISource source)
        {
            public async Task<object?> RunAsync(int id, List<int> ids, IQueryable<Book> given)
            {
                {{statements}}
                await Task.Yield();
                return null;
            }

            {{members}}

            public Task<object?> UnusedAsync() => Task.FromResult<object?>((filler, source));

            private static void Use(params object?[] values) => Console.WriteLine(values.Length);

            private static void Fill(Book book) => book.Author = new Author();

            private static Author Current() => new();

            private static string Path() => "Author";

            private Task EnsureLoadedAsync<T>(T entity, System.Linq.Expressions.Expression<Func<T, object>> navigation) where T : class =>
                db.Entry(entity).Reference(navigation).LoadAsync();

            private static IQueryable<Book> Including(IQueryable<Book> books, int id)
            {
                if (id > 3)
                    books = books.Include(b => b.Author);
                return books;
            }

            private IQueryable<Book> Query() => db.Books.Where(b => b.Id > 3);

            private static IQueryable<Book> Recent(IQueryable<Book> books, int count) => books.OrderBy(b => b.Id).Skip(count);

            private static IQueryable<Book> WithAuthors(IQueryable<Book> books) => books.Include(b => b.Author);

            private Task<List<Book>> LoadAsync() => db.Books.Where(b => b.Id > 3).ToListAsync();

            private async Task<List<Book>> LoadWithAuthorsAsync() => await db.Books.Include(b => b.Author).ToListAsync();
        }
        {{tail}}
        """;
}
