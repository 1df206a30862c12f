using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Model.Translation;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Tests.Model.Translation;

public class LambdaTranslationTests
{
    [Theory]
    [InlineData("c => c.IsActive", "SameAnswer")]
    [InlineData("c => !c.IsActive && c.Points > id || c.Phone == null", "SameAnswer")]
    [InlineData("c => c.Points * 2 - 1 >= limit", "SameAnswer")]
    [InlineData("c => c.Name == name", "SameAnswer")]
    [InlineData("c => c.Name.Contains(name) && c.Name.Length > 2", "SameAnswer")]
    [InlineData("c => c.CreatedAt > since && c.CreatedAt.Date.Year == 2026", "SameAnswer")]
    [InlineData("c => ids.Contains(c.Id)", "SameAnswer")]
    [InlineData("c => (c.Phone ?? c.Name) == \"x\"", "SameAnswer")]
    [InlineData("c => string.IsNullOrEmpty(c.Phone)", "SameAnswer")]
    [InlineData("c => c.Name.StartsWith(name)", "Translated")]
    [InlineData("c => c.Name.ToLower() == name", "Translated")]
    [InlineData("c => c.CreatedAt < DateTime.UtcNow", "Translated")]
    [InlineData("c => c.Points == Next()", "Translated")]
    [InlineData("c => Math.Abs(c.Points) > 3", "Translated")]
    [InlineData("c => c.Orders.Any(o => o.CustomerId == id)", "Translated")]
    [InlineData("c => set.Contains(c.Name)", "Translated")]
    [InlineData("c => c.Orders.Count > 3", "Translated")]
    [InlineData("c => Good(c)", "Unknown")]
    [InlineData("c => c.Name.Equals(name, StringComparison.Ordinal)", "Unknown")]
    [InlineData("c => c.Name[0] == 'x'", "Unknown")]
    [InlineData("c => c == null", "Unknown")]
    [InlineData("c => c.Orders.Sum(o => o.Total) > 3", "Unknown")]
    [InlineData("c => c.Orders.First().Id == 3", "Unknown")]
    [InlineData("c => name.Contains(c.Name, StringComparison.Ordinal)", "Unknown")]
    [InlineData("c => c is { IsActive: true }", "Unknown")]
    [InlineData("c => { return c.IsActive; }", "SameAnswer")]
    [InlineData("c => { limit++; return c.IsActive; }", "Unknown")]
    public void Condition_OnSqliteAndPostgres(string lambda, string expected) => Assert.Equal(expected, Of(lambda));

    [Theory]
    // SQL Server ignores case by default; without a provider nothing is known.
    [InlineData("c => c.Name == name", "Microsoft.EntityFrameworkCore.SqlServer", "Translated")]
    [InlineData("c => c.Name == name", null, "Translated")]
    [InlineData("c => c.Points == id", null, "SameAnswer")]
    [InlineData("c => c.Money > 3", "Microsoft.EntityFrameworkCore.SqlServer", "SameAnswer")]
    [InlineData("c => c.Money > 3", "Microsoft.EntityFrameworkCore.Sqlite", "Unknown")]
    [InlineData("c => c.Money > 3", null, "Unknown")]
    public void Condition_DependsOnTheProvider(string lambda, string? provider, string expected)
    {
        var references = TestReferences.All.Where(reference => !IsProvider(reference)).ToList();
        if (provider is not null)
            references.Add(Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create(provider).ToMetadataReference());
        Assert.Equal(expected, Of(lambda, references));
    }

    private static bool IsProvider(MetadataReference reference) =>
        reference.Display is { } path && (path.Contains("EntityFrameworkCore.Sqlite", StringComparison.OrdinalIgnoreCase) || path.Contains("Npgsql", StringComparison.OrdinalIgnoreCase));

    private static string Of(string lambda, IEnumerable<MetadataReference>? references = null)
    {
        var test = ModelTest.Compile(
            $$"""
            public class Buyer : Customer { public decimal Money { get; set; } }
            public class BuyerContext : DbContext { public DbSet<Buyer> Buyers { get; set; } = null!; }
            public class Test(BuyerContext db)
            {
                public object Run(int id, string name, List<int> ids, HashSet<string> set, DateTime since)
                {
                    var limit = 3;
                    return db.Buyers.ToList().Where({{lambda}});
                }

                private static int Next() => 3;
                private static bool Good(Customer customer) => customer.IsActive;
            }
            """,
            references);
        var call = (IInvocationOperation)test.Call("db.Buyers.ToList().Where(");
        var load = (IInvocationOperation)call.Arguments[0].Value.Unwrap();
        var query = test.Model.DataAccess.QueryOf(load.Arguments[0].Value);
        Assert.Equal(QueryProvider.EntityFrameworkCore, query!.Provider);
        return LambdaTranslation.Of(call.ArgumentAt(1).AsLambda()!, RowShape.Of(query, test.Model)!, test.Model).ToString();
    }
}
