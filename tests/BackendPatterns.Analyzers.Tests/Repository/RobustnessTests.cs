using System.Collections.Immutable;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Tests.Repository;

/// <summary>No rule throws, whatever it is given: broken, half-typed, recursive, very deep code, missing libraries. All rules at once.</summary>
public class RobustnessTests
{
    // The sum over all files stays near a thousand compilations.
    private const int ShortestStep = 40;
    private const int MostCutsPerFile = 12;

    private static readonly SourceFolder Sample = SourceFolder.Read("samples/Markets.Api");

    [Fact]
    public async Task OwnSource_IsAnalysed()
    {
        var roslyn = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file).StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))
            .Select(file => MetadataReference.CreateFromFile(file));
        await RuleRun.Over(SourceFolder.Read("src").Compile(TestReferences.All.Concat(roslyn)), AllRules.Analyzers);
    }

    [Fact]
    public async Task SampleCutAnywhere_IsAnalysed()
    {
        var whole = Sample.Compile(output: OutputKind.ConsoleApplication);
        foreach (var tree in whole.SyntaxTrees)
        {
            var text = (await tree.GetTextAsync()).ToString();
            foreach (var length in Cuts(text))
                await Analyse(whole, tree, text[..length]);
        }
    }

    [Fact]
    public async Task SampleWithAHole_IsAnalysed()
    {
        var whole = Sample.Compile(output: OutputKind.ConsoleApplication);
        foreach (var tree in whole.SyntaxTrees)
        {
            var text = (await tree.GetTextAsync()).ToString();
            foreach (var start in Cuts(text).Where((_, index) => index % 3 == 0))
                await Analyse(whole, tree, text.Remove(start, Math.Min(7, text.Length - start)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Microsoft.EntityFrameworkCore")]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Microsoft.Extensions", "Dapper", "Polly", "StackExchange", "MongoDB", "Grpc")]
    [InlineData("System.Linq", "System.Collections")]
    [InlineData("Microsoft.", "System.", "netstandard", "mscorlib")]
    public async Task SampleWithoutLibraries_IsAnalysed(params string[] missing)
    {
        var references = missing is [""] ? TestReferences.All : TestReferences.Without(missing);
        await RuleRun.Over(Sample.Compile(references, OutputKind.ConsoleApplication), AllRules.Analyzers);
    }

    [Fact]
    public async Task WithoutLibraries_NothingIsReported()
    {
        var references = TestReferences.Without("Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Dapper", "Polly", "StackExchange", "MongoDB", "Grpc");
        var source = SourceFolder.Parse("""
            using System.Collections.Generic;
            using System.Linq;
            public class Names
            {
                public List<string> Of(IEnumerable<int> ids)
                {
                    var names = new List<string>();
                    foreach (var id in ids)
                        names.Add(ids.Where(other => other == id).Select(other => other.ToString()).First());
                    return names;
                }
            }
            """, "Names.cs");
        Assert.Empty(await RuleRun.Over(Compile(source, references), AllRules.Analyzers));
    }

    public static TheoryData<string> Oddities => new(
        "",
        " ",
        "\uFEFF",
        "class",
        "public class C { C() : this() { } }",
        "public class A : A { } public interface I : I { } public class B : D { } public class D : B { }",
        "public class C { void M() => M(); int P => P; C Self => new C().Self; }",
        "public class C<T> : C<C<T>> { T M(T t) { foreach (var x in M(t)) { await M(x); } } }",
        "while (true) { try { return; } catch { continue; } finally { } }",
        "await foreach (var x in x) { await x; }",
        "foreach (var a in a) foreach (var b in b) { db.Orders.Find(a).Lines.First(b => b.Id == }",
        "public class C : Microsoft.AspNetCore.Mvc.ControllerBase { [HttpPost] public C(DbContext db }",
        "public class C : Microsoft.EntityFrameworkCore.DbContext { public DbSet<> Orders; public DbSet<C> Self { get; } public void M() { foreach (var c in Self) Self.Find(c); } }",
        "public partial class P { partial void M(); } public partial class P { partial void M() { while (true) { try { M(); break; } catch (Exception) when (true) { } } } }",
        "var app = WebApplication.Create(); app.MapPost(\"/\", (); app.MapPost(; app.MapGroup(\"a\").MapPost(\"b\", app.MapPost",
        "var q = from x in q let y = from z in q where z == x select z select y.First(); foreach (var i in q) q = q.Where(j => j == i);");

    [Theory]
    [MemberData(nameof(Oddities))]
    public async Task OddSource_IsAnalysed(string source)
    {
        var tree = SourceFolder.Parse(source, "Odd.cs");
        await RuleRun.Over(Compile(tree, TestReferences.All), AllRules.Analyzers);
        await RuleRun.Over(Compile(tree, []), AllRules.Analyzers);
    }

    public static TheoryData<string> DeepSources => new(
        // Calls, operators, blocks, lambdas, conditions and else-ifs, each one inside or behind the other.
        Method("var q = db.Orders" + Repeat(".Where(o => o.Id > 1)", 1_000) + ".ToList();"),
        Method("var s = \"\"" + Repeat(" + \"a\"", 5_000) + ";"),
        Method(Repeat("foreach (var a in db.Orders.ToList()) {", 150) + "db.Orders.Find(1);" + Repeat("}", 150)),
        Method(Repeat("while (true) { try { ", 100) + "db.Orders.Find(1);" + Repeat("} catch { } }", 100)),
        Method("if (n == 0) { }" + Repeat(" else if (n == 1) { db.Orders.Find(n); }", 300)),
        Method("Func<int> f = " + Repeat("() => Run(", 60) + "1" + Repeat(")", 60) + ";"),
        Method(Repeat("n += db.Orders.Count();", 2_000)),
        "public class C { " + string.Concat(Enumerable.Range(0, 2_000).Select(i => $"void M{i}(ShopContext db) {{ M{(i + 1) % 2_000}(db); db.Orders.Find({i}); }}")) + "}");

    [Theory]
    [MemberData(nameof(DeepSources))]
    public async Task DeepSource_IsAnalysed(string source) =>
        await RuleRun.Over(
            Compile(SourceFolder.Parse(Shop.GlobalUsings + "\n" + source, "Deep.cs"), TestReferences.All).AddSyntaxTrees(SourceFolder.Parse(Shop.Domain, "Shop.cs")),
            AllRules.Analyzers);

    [Fact]
    public async Task Reports_DoNotDependOnTheOrderOfFiles()
    {
        var compilation = Sample.Compile(output: OutputKind.ConsoleApplication);
        var reversed = compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Reverse());
        Assert.Equal(Texts(await RuleRun.Over(compilation, AllRules.Analyzers)), Texts(await RuleRun.Over(reversed, AllRules.Analyzers)));

        static IEnumerable<string> Texts(ImmutableArray<Diagnostic> reports) => reports.Select(report => report.ToString()).Order(StringComparer.Ordinal);
    }

    private static async Task Analyse(Compilation whole, SyntaxTree tree, string text)
    {
        var changed = SourceFolder.Parse(text, tree.FilePath);
        await RuleRun.OverFile(whole.ReplaceSyntaxTree(tree, changed), changed, AllRules.Analyzers);
    }

    private static IEnumerable<int> Cuts(string text)
    {
        var step = Math.Max(ShortestStep, text.Length / MostCutsPerFile);
        for (var length = step; length < text.Length; length += step)
            yield return length;
    }

    private static Compilation Compile(SyntaxTree tree, IEnumerable<MetadataReference> references) =>
        Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create(
            "Test", [tree], references, new Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    private static string Method(string body) => "public class C { static int Run(Func<int> f) => f(); public void M(ShopContext db, int n) { " + body + " } }";

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
