using BackendPatterns.Analyzers.Flow.Rows;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Tests.Verification;

namespace BackendPatterns.Analyzers.Tests.Flow.Rows;

public class RowUsesTests
{
    [Theory]
    [InlineData("foreach (var c in all) Use(c.Name, c.Email);", "Email,Name")]
    [InlineData("Use(all.Select(c => c.Name).First());", "Name")]
    [InlineData("Use(all.Select(c => new { c, c.City }).First().c.Phone);", "City,Phone")]
    [InlineData("Use(Local(all)); static int Local(List<Customer> rows) => rows.Sum(r => r.Points);", "Points")]
    [InlineData("Use(from c in all join d in all on c.Id equals d.Points select c.Name);", "Id,Name,Points")]
    [InlineData("if (all is [{ Name: \"x\" }, ..]) Use(1);", null)]
    [InlineData("Use(all);", null)]
    [InlineData("all[0].Name = \"x\";", null)]
    [InlineData("(all[0].Name, _) = (\"x\", 1);", null)]
    [InlineData("Swap(ref all); static void Swap(ref List<Customer> rows) { }", null)]
    [InlineData("Use(all[0] switch { { IsActive: true } => 1, _ => 2 });", "IsActive")]
    [InlineData("var (name, points) = new Half(all[0].Name, all[0].Points); Use(name, points);", "Name,Points")]
    [InlineData("Use($\"{all[0].Name,10} of {all[0].City}\");", "City,Name")]
    public void Columns_AreThoseThatAreRead(string statements, string? columns)
    {
        var uses = Uses(statements);
        Assert.Equal(columns is not null, uses.IsUnderstood);
        if (columns is not null)
            Assert.Equal(columns, string.Join(",", uses.Columns.Order()));
    }

    [Fact]
    public void OtherMembers_AreEntered() => Assert.True(Uses("Use(all.Select(Name)); static string Name(Customer c) => c.Name;").EntersOtherMembers);

    [Fact]
    public void HugeMember_EndsWithoutAnAnswer() => Assert.False(Uses(string.Concat(Enumerable.Repeat("Use(all[0].Name);\n", 5_000))).IsUnderstood);

    [Fact]
    public void DeepPattern_IsFollowedWithoutRecursion() =>
        Assert.True(Uses("Use(all[0] is " + string.Join(" or ", Enumerable.Repeat("null", 300)) + ", all[0].Name);").IsUnderstood);

    [Theory]
    [InlineData("var (a, b) = row; return a + b;", "A,B")]
    [InlineData("int a; (a, _) = row; return a;", "A,B")]
    [InlineData("var (a, b, c) = row; return a + b + c;", "A,B,C")]
    public void Deconstruction_ReadsWhatTheMethodReads(string statements, string columns)
    {
        var test = ModelTest.Compile($$"""
            public record Row(int A, int B)
            {
                public int Id { get; set; }
                public int C { get; set; }
                public void Deconstruct(out int a, out int b, out int c) { a = A; b = this.B; c = C; }
            }
            public class RowContext : DbContext { public DbSet<Row> Rows { get; set; } = null!; }
            public class Test(RowContext db) { public int Run() { var row = db.Rows.First(); {{statements}} } }
            """);
        var load = EntityLoad.Of(test.Call("db.Rows.First()"), test.Model);
        Assert.NotNull(load);
        var uses = RowUses.Of(load, test.Model, CancellationToken.None);
        Assert.True(uses.IsUnderstood);
        Assert.True(uses.EntersOtherMembers);
        Assert.Equal(columns, string.Join(",", uses.Columns.Order()));
    }

    [Fact]
    public void SeveralRules_GetTheSameAnswer()
    {
        var test = ModelTest.Compile("public class Test(ShopContext db) { public int Run() => db.Customers.ToList().Count; }");
        var call = test.Call("db.Customers.ToList()");
        var load = EntityLoad.Of(call, test.Model);
        Assert.NotNull(load);
        Assert.Same(load, EntityLoad.Of(call, test.Model));
        Assert.Same(RowUses.Of(load, test.Model, CancellationToken.None), RowUses.Of(load, test.Model, CancellationToken.None));
    }

    private static RowUses Uses(string statements)
    {
        var test = ModelTest.Compile($$"""
            public class Test(ShopContext db)
            {
                public async Task Run()
                {
                    var all = await db.Customers.ToListAsync();
                    {{statements}}
                }

                private static void Use(params object?[] values) { }
            }

            public record Half(string Name, int Points);
            """);
        var load = EntityLoad.Of(test.Call("db.Customers.ToListAsync()"), test.Model);
        Assert.NotNull(load);
        return RowUses.Of(load, test.Model, CancellationToken.None);
    }
}
