using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>
/// What BP1003 says happens: with lazy loading the fix gives the same answer with fewer commands; without it the navigation is null or empty before and filled after.
/// </summary>
public class BP1003LazyLoadingTests
{
    [Theory]
    // Four books; one query for them, and one per author that is not tracked yet.
    [InlineData("var names = new List<string>(); foreach (var book in await db.Books.OrderBy(b => b.Id).ToListAsync()) names.Add(book.Title + book.Author.Name); return names;", 4, 1)]
    [InlineData("return (await db.Books.AsNoTracking().OrderBy(b => b.Id).ToListAsync()).Select(b => new { b.Title, By = b.Author.Name }).ToList();", 5, 1)]
    [InlineData("var books = db.Books.OrderBy(b => b.Id).ToArray(); var count = 0; for (var i = 0; i < books.Length; i++) count += books[i].Reviews.Count; await Task.Yield(); return count;", 5, 1)]
    [InlineData("return (await db.Books.OrderBy(b => b.Id).ToListAsync()).Select(b => Describe(b)).ToList();", 8, 1)]
    [InlineData("return (await db.Books.OrderBy(b => b.Id).ToListAsync()).Select(b => b.Label).ToList();", 4, 1)]
    // The rows below come with the rows; what they lead to does not.
    [InlineData("var n = new List<string>(); foreach (var b in await db.Books.Include(b => b.Reviews).OrderBy(b => b.Id).ToListAsync()) foreach (var r in b.Reviews) n.Add(r.Reader.Name); return n;", 3, 1)]
    [InlineData("var n = new List<string>(); foreach (var b in await db.Books.OrderBy(b => b.Id).ToListAsync()) foreach (var r in b.Reviews) n.Add(r.Reader.Name); return n;", 7, 1)]
    [InlineData("var book = await db.Books.Include(b => b.Reviews).FirstAsync(b => b.Id == 1); return book.Reviews.Select(r => r.Reader.Name).ToList();", 3, 1)]
    [InlineData("var q = db.Books.AsQueryable(); if (db != null) q = q.Where(b => b.Id < 3); return (await q.OrderBy(b => b.Id).Skip(1).Take(10).ToListAsync()).Sum(b => b.Author.Id);", 2, 1)]
    public async Task LazyLoads_BecomeOneQueryWithTheSameAnswer(string statements, int before, int after)
    {
        var run = await Run(statements, "UseLazyLoadingProxies()");
        Assert.Equal(run.Before.Answer, run.After.Answer);
        Assert.DoesNotContain("throws", run.After.Answer, StringComparison.Ordinal);
        Assert.Equal((before, after), (run.Before.Commands.Count, run.After.Commands.Count));
    }

    [Theory]
    [InlineData("return (await db.Books.OrderBy(b => b.Id).ToListAsync()).Select(b => b.Author.Name).ToList();", "throws System.NullReferenceException", "Author 1")]
    [InlineData("return (await db.Books.AsNoTracking().ToListAsync()).Sum(b => b.Reviews.Count);", "0", "4")]
    [InlineData("var n = 0; foreach (var b in await db.Books.Include(b => b.Reviews).ToListAsync()) foreach (var r in b.Reviews) n += r.Reader.Id; return n;", "throws System.NullReferenceException", "6")]
    public async Task WithoutLazyLoading_WhatWasMissingIsThere(string statements, string before, string after)
    {
        var run = await Run(statements, "EnableDetailedErrors()");
        Assert.Equal(before, run.Before.Answer);
        Assert.Contains(after, run.After.Answer, StringComparison.Ordinal);
        Assert.Equal((1, 1), (run.Before.Commands.Count, run.After.Commands.Count));
    }

    /// <summary>Why the rule is silent there: tracked rows fill each other's navigations.</summary>
    [Theory]
    [InlineData("await db.Authors.LoadAsync(); return (await db.Books.OrderBy(b => b.Id).ToListAsync()).Select(b => b.Author.Name).ToList();", "Author 1")]
    [InlineData("return (await db.Books.Include(b => b.Reviews).ToListAsync()).SelectMany(b => b.Reviews).Select(r => r.Book.Title).ToList();", "Book 1")]
    public async Task FixUp_FillsWhatTheQueryDoesNotLoad(string statements, string answer)
    {
        var run = await Run(statements, "EnableDetailedErrors()");
        Assert.Equal(Source(statements, "EnableDetailedErrors()"), run.FixedSource);
        Assert.Contains(answer, run.Before.Answer, StringComparison.Ordinal);
    }

    private static Task<BeforeAndAfter> Run(string statements, string option) =>
        BeforeAndAfter.Of<BP1003NavigationLoadInLoopAnalyzer, BP1003NavigationLoadInLoopFix>(Source(statements, option), isCollectible: false);

    private static string Source(string statements, string option) => $$"""
        using Microsoft.EntityFrameworkCore.Infrastructure;

        public class Author { public int Id { get; set; } public string Name { get; set; } = ""; }
        public class Reader { public int Id { get; set; } public string Name { get; set; } = ""; }

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
            public virtual List<Review> Reviews { get; set; } = [];
            public string Label => Title + Author.Name;
        }

        public class LibraryContext(ShopContext shop, bool isCounted) : DbContext
        {
            public DbSet<Book> Books { get; set; } = null!;
            public DbSet<Author> Authors { get; set; } = null!;
            public DbSet<Review> Reviews { get; set; } = null!;
            public DbSet<Reader> Readers { get; set; } = null!;

            protected override void OnConfiguring(DbContextOptionsBuilder options)
            {
                options.UseSqlite(shop.Database.GetDbConnection()).{{option}};
                if (isCounted)
                    options.AddInterceptors(shop.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()!.Interceptors!);
            }
        }

        public static class Scenario
        {
            public static async Task<object?> Run(ShopContext shop)
            {
                await using (var library = new LibraryContext(shop, isCounted: false))
                    await FillAsync(library);
                await using var db = new LibraryContext(shop, isCounted: true);
                return await AnswerAsync(db);
            }

            private static async Task<object?> AnswerAsync(LibraryContext db)
            {
                {{statements}}
            }

            private static string Describe(Book book) => book.Author.Name + book.Reviews.Count;

            private static async Task FillAsync(LibraryContext db)
            {
                await db.Database.ExecuteSqlRawAsync(db.Database.GenerateCreateScript());
                await db.Database.ExecuteSqlRawAsync(@"
                    INSERT INTO Authors (Id, Name) VALUES (1, 'Author 1'), (2, 'Author 2'), (3, 'Author 3');
                    INSERT INTO Readers (Id, Name) VALUES (1, 'Reader 1'), (2, 'Reader 2');
                    INSERT INTO Books (Id, Title, AuthorId) VALUES (1, 'Book 1', 1), (2, 'Book 2', 2), (3, 'Book 3', 3), (4, 'Book 4', 1);
                    INSERT INTO Reviews (Id, BookId, ReaderId) VALUES (1, 1, 1), (2, 1, 2), (3, 2, 1), (4, 4, 2);");
            }
        }
        """;
}
