using BackendPatterns.Analyzers.Baseline;

namespace BackendPatterns.Analyzers.Tests.Baseline;

/// <summary>Which changes of the code make a report new, and which do not.</summary>
public class FingerprintTests
{
    private const string Before = """
        namespace Shop;

        public class Orders(Store store)
        {
            public void Load(int[] ids, string region)
            {
                foreach (var id in ids)
                {
                    store.Find(id, "open");
                    store.Count(id);
                }
            }

            public int Sum() => 0;
        }

        public class Store
        {
            public int Find(int id, string state) => id;
            public int Count(int id) => id;
            public int Other(int id) => id;
        }
        """;

    /// <summary>Each change: what it replaces by what.</summary>
    public static TheoryData<string, string, string> Harmless => new()
    {
        { "lines before", "namespace Shop;", "// A comment\n\n\nnamespace Shop;" },
        { "reformatted", "store.Find(id, \"open\");", "store\n   .Find( id,\n /* why */ \"open\" ) ;" },
        { "the called method renamed", "Find", "FindAsync" },
        { "a parameter of the primary constructor renamed", "store", "db" },
        { "the variable of the loop renamed", "id", "key" },
        { "a parameter renamed", "region", "area" },
        { "another method renamed", "Sum", "Total" },
        { "the type of a field renamed", "Store", "Repository" },
        { "a parameter added", "string region)", "string region, bool all = false)" },
        { "a parameter removed", ", string region)", ")" },
        { "the result changed", "public void Load", "private static void Load" },
        { "a statement before", "foreach (var id in ids)", "var sum = Sum();\n foreach (var id in ids)" },
        { "a guard around", "foreach (var id in ids)", "if (ids.Length > 0)\n foreach (var id in ids)" },
        { "a local for the result", "store.Count(id);", "var count = store.Count(id);" },
        { "another report fixed", "store.Count(id);", "" },
        { "an overload before", "public void Load", "public void Load() { }\n public void Load" },
        { "another member moved", "public int Sum() => 0;", "" },
        { "a file-scoped namespace becomes a block", "namespace Shop;", "namespace Shop { } \n namespace Shop;" },
    };

    [Theory]
    [MemberData(nameof(Harmless))]
    public async Task HarmlessChange_ShowsNothing(string change, string old, string replacement)
    {
        var after = Before.Replace(old, replacement, StringComparison.Ordinal);
        Assert.NotEqual(Before, after);
        var run = await BaselineRun.Over(await BaselineRun.Written(Before), after);
        Assert.True(!run.Shown.Any(), $"{change}: {string.Join(", ", run.Shown)}");
    }

    [Theory]
    [InlineData("the member renamed", "Load(", "LoadAll(", 2)]
    [InlineData("the type renamed", "Orders", "OrderList", 2)]
    [InlineData("the namespace renamed", "namespace Shop", "namespace Store", 2)]
    [InlineData("another literal", "\"open\"", "\"shut\"", 1)]
    [InlineData("another argument", "store.Count(id)", "store.Count(id + 1)", 1)]
    [InlineData("one more call", "store.Count(id);", "store.Count(id); store.Other(id);", 1)]
    [InlineData("one more call before", "store.Find(id, \"open\");", "store.Other(id); store.Find(id, \"open\");", 1)]
    [InlineData("one more equal call", "store.Count(id);", "store.Count(id); store.Count(id);", 1)]
    public async Task OtherCode_IsShown(string change, string old, string replacement, int shown)
    {
        var run = await BaselineRun.Over(await BaselineRun.Written(Before), Before.Replace(old, replacement, StringComparison.Ordinal));
        Assert.True(run.Shown.Count() == shown, $"{change}: {string.Join(", ", run.Shown)}");
    }

    [Fact]
    public async Task NewCallOfTheSameShapeBeforeAnOldOne_IsTheOneShown()
    {
        var after = Before.Replace("store.Count(id);", "store.Other(id);\n store.Count(id);", StringComparison.Ordinal);
        var run = await BaselineRun.Over(await BaselineRun.Written(Before), after);
        Assert.Equal(["10"], run.Shown);
        Assert.Contains("store.Other(id)", after.Split('\n')[9], StringComparison.Ordinal);
        Assert.Empty(run.Removable);
    }

    [Fact]
    public async Task OneOfTwoEqualReportsFixed_LeavesExactlyOneEntry()
    {
        var twice = Before.Replace("store.Count(id);", "store.Count(id); store.Count(id);", StringComparison.Ordinal);
        var baseline = await BaselineRun.Written(twice);
        Assert.Equal(4, baseline.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        var run = await BaselineRun.Over(baseline, Before);
        Assert.Empty(run.Shown);
        Assert.Single(run.Removable);

        run = await BaselineRun.Over(baseline, twice);
        Assert.Empty(run.Shown);
        Assert.Empty(run.Removable);
    }

    [Fact]
    public async Task RenamedAndFixedAtOnce_LeavesOneEntry()
    {
        var after = Before.Replace("store", "db", StringComparison.Ordinal).Replace("db.Count(id);", "", StringComparison.Ordinal);
        var run = await BaselineRun.Over(await BaselineRun.Written(Before), after);
        Assert.Empty(run.Shown);
        Assert.Single(run.Removable);
    }

    [Fact]
    public async Task EqualCodeInOverloadsOfTwoFiles_IsToldApart()
    {
        const string First = "public partial class Loader { public void Load(int[] ids) { foreach (var id in ids) System.Console.WriteLine(id); } }";
        const string Second = "public partial class Loader { public void Load(int[] ids, bool all) { foreach (var id in ids) System.Console.WriteLine(id); } }";
        var baseline = await BaselineRun.Written(First, Second);
        Assert.Equal(3, baseline.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Empty((await BaselineRun.Over(baseline, First, Second)).Shown);
        Assert.Equal(["File1.cs:1"], (await BaselineRun.Over(await BaselineRun.Written(First), First, Second)).Shown);
    }

    [Fact]
    public async Task TypesOfOneFileWithTheSameName_AreToldApart()
    {
        const string Type = "file class Loader { public void Load(int[] ids) { foreach (var id in ids) System.Console.WriteLine(id); } }";
        Assert.Equal(["File1.cs:1"], (await BaselineRun.Over(await BaselineRun.Written(Type), Type, Type)).Shown);
    }

    [Fact]
    public async Task LongChain_IsReadInTime()
    {
        var chain = "using System.Linq; public class Chain { public void Run(int[] ids) { foreach (var id in ids) { ids.AsEnumerable()" + string.Concat(Enumerable.Repeat(".Skip(1)", 400)) + ".ToList(); } } }";
        var baseline = await BaselineRun.Written(chain);
        Assert.Equal(403, baseline.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Empty((await BaselineRun.Over(baseline, chain)).Shown);
    }

    [Theory]
    [InlineData("3f2a9c1d0b4e.0-77ab01c29d10.12")]
    public void Text_IsReadAsWritten(string text) => Assert.Equal(text, Fingerprint.Parse(text)!.Value.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("3f2a9c1d0b4e.0")]
    [InlineData("3f2a9c1d0b4e-77ab01c29d10")]
    [InlineData("3f2a9c1d0b4e.-1-77ab01c29d10.0")]
    [InlineData("3f2a9c1d0b4e.0-77ab01c29d10.")]
    [InlineData("3f2a9c1d0b4g.0-77ab01c29d10.0")]
    [InlineData("3f2a9c1d0b4e.0-77ab01c29d10.99999999999")]
    public void OtherText_IsNoFingerprint(string text) => Assert.Null(Fingerprint.Parse(text));
}
