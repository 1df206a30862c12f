using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Tests.Model.Entities;

public class LazyLoadingTests
{
    private const string Proxies = "protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseLazyLoadingProxies();";

    [Theory]
    [InlineData("public virtual Shelf? Shelf { get; set; }", Proxies, LazyLoadingState.On)]
    [InlineData("public Shelf? Shelf { get; set; }", Proxies, LazyLoadingState.Off)]
    [InlineData("public virtual Shelf? Shelf { get; set; }", "", LazyLoadingState.Unknown)]
    [InlineData("public Shelf? Shelf { get; set; }", "", LazyLoadingState.Off)]
    [InlineData("public virtual Shelf? Shelf { get; set; }", "protected override void OnConfiguring(DbContextOptionsBuilder options) { }", LazyLoadingState.Off)]
    [InlineData("public virtual Shelf? Shelf { get; set; }", Proxies + " public void Stop() => ChangeTracker.LazyLoadingEnabled = false;", LazyLoadingState.Unknown)]
    [InlineData("private Shelf? _shelf; public Shelf? Shelf { get => _shelf; set => _shelf = value; }", Proxies, LazyLoadingState.Off)]
    [InlineData("private Shelf? _shelf; private readonly ILazyLoader? _loader; public Shelf? Shelf { get => _loader.Load(this, ref _shelf); set => _shelf = value; }", "", LazyLoadingState.On)]
    [InlineData("private Shelf? _shelf; public Shelf? Shelf { get => Find(_shelf); set => _shelf = value; } private static Shelf? Find(Shelf? shelf) => shelf;", "", LazyLoadingState.Unknown)]
    public void Navigation_IsLoadedLazily(string navigation, string configuring, LazyLoadingState expected)
    {
        var test = ModelTest.Compile($$"""
            using Microsoft.EntityFrameworkCore.Infrastructure;

            public class Shelf { public int Id { get; set; } }
            public class Book { public int Id { get; set; } {{navigation}} }
            public class Books : DbContext
            {
                public DbSet<Book> All { get; set; } = null!;
                {{configuring}}
            }
            """);
        var property = (IPropertySymbol)test.Compilation.GetTypeByMetadataName("Book")!.GetMembers("Shelf").Single();
        Assert.Equal(expected, test.Model.Entities.LazyLoading.Of(property, test.Compilation.GetTypeByMetadataName("Books")));
    }
}
