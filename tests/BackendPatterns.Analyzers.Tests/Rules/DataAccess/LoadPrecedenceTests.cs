using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

/// <summary>One load, at most one of BP1010 to BP1013.</summary>
public class LoadPrecedenceTests
{
    [Theory]
    [InlineData("var all = await db.Customers.ToListAsync(); return all.Count;", "BP1011")]
    [InlineData("return (await db.Customers.ToListAsync()).Any(c => c.IsActive);", "BP1011")]
    [InlineData("return (await db.Customers.ToListAsync()).First(c => c.IsActive).Name;", "BP1011")]
    [InlineData("return (await db.Customers.ToListAsync()).Count > 0;", "BP1011")]
    [InlineData("return (await db.Customers.ToListAsync()).Where(c => c.IsActive).Select(c => c.Name).ToList();", "BP1012")]
    [InlineData("var all = await db.Customers.ToListAsync(); foreach (var c in all.OrderBy(c => c.Points).Take(3)) Use(c.Name);", "BP1012")]
    [InlineData("return (await db.Customers.ToListAsync()).Where(c => c.IsActive).Count();", "BP1012")]
    [InlineData("return await db.Customers.CountAsync() > 0;", "BP1013")]
    [InlineData("return await db.Customers.FirstOrDefaultAsync(c => c.Id == id) != null;", "BP1013")]
    [InlineData("var c = await db.Customers.FirstOrDefaultAsync(c => c.Id == id); if (c == null) return null; return c.Name;", "BP1010")]
    [InlineData("var all = await db.Customers.ToListAsync(); Use(all.Count); foreach (var c in all) Use(c.Name);", "BP1010")]
    // Where the database cannot do it, fewer columns are all that is left.
    [InlineData("return (await db.Customers.ToListAsync()).Where(c => Good(c.Name)).Select(c => c.Name).ToList();", "BP1010")]
    [InlineData("var all = await db.Customers.ToListAsync(); foreach (var i in new[] { 1, 2 }) Use(all.First(c => c.Id == i).Name);", "BP1010")]
    [InlineData("return await db.Customers.ToListAsync();", "")]
    public async Task OneLoad_HasOneReport(string statements, string expected)
    {
        var test = ModelTest.Compile($$"""
            public class Test(ShopContext db)
            {
                public async Task<object?> Run(int id)
                {
                    {{statements}}
                    return null;
                }

                private static bool Good(string name) => name.Length > 3;
                private static void Use(params object?[] values) { }
            }
            """);
        var diagnostics = await test.Compilation.WithAnalyzers(
            [new BP1010UnprojectedQueryAnalyzer(), new BP1011AggregateInMemoryAnalyzer(), new BP1012FilterInMemoryAnalyzer(), new BP1013ExistenceByLoadingAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        Assert.Equal(expected, string.Join(",", diagnostics.Select(diagnostic => diagnostic.Id)));
    }
}
