using BackendPatterns.Analyzers.Tests.Repository;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackendPatterns.Analyzers.Tests.Robustness;

/// <summary>No rule throws on its own source and on sources that are hardly any, and without the libraries it speaks about there is nothing to say.</summary>
public class OddSourceTests
{
    [Fact]
    public async Task OwnSource_IsAnalysed()
    {
        var roslyn = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file).StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))
            .Select(file => MetadataReference.CreateFromFile(file));
        await RuleRun.Over(SourceFolder.Read("src").Compile(TestReferences.All.Concat(roslyn)), AllRules.Analyzers);
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

    private static Compilation Compile(SyntaxTree tree, IEnumerable<MetadataReference> references) =>
        CSharpCompilation.Create("Test", [tree], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
}
