using BackendPatterns.Analyzers.Rules.Architecture;
using BackendPatterns.Analyzers.Tests.Repository;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Architecture.BP2008LayerViolationAnalyzer,
    BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Architecture;

public class BP2008LayerViolationTests
{
    private const string Rules = "backend_patterns.layers = Web > Application > Domain, Infrastructure > Application";

    private const string Types = """
        namespace Acme.Web
        {
            public class Page { public int Size; public static int Default => 20; public class Line { } }
            public class Page<T> { }
            public interface IView { }
            public enum Color { Red }
            public class ShownAttribute : Attribute { }
            public static class PageExtensions { public static int Shown(this string text) => 1; public static int Shown(int size) => size; }
            public delegate void Rendered();
        }
        namespace Acme.Application { public class OrderService { public Acme.Domain.Price Price = new(); } }
        namespace Acme.Domain { public class Price { } }
        namespace Acme.Infrastructure { public class Table { public Acme.Domain.Price? Price; } }
        namespace Acme { public class Clock { } }

        """;

    private static Task Reported(string source, string? rules = Rules) => Verify.Reported(Usings + Types + source, rules);

    private static Task Silent(string source, string? rules = Rules) => Verify.Silent(Usings + Types + source, rules);

    private const string Usings = "using Acme.Web; using Acme.Application; using Acme.Domain; using Acme.Infrastructure; using static Acme.Web.Page; using W = Acme.Web; using P = Acme.Web.Page;\n";

    [Theory]
    [InlineData("class A : [|Page|] { }")]
    [InlineData("class A : [|IView|] { }")]
    [InlineData("class A { [|Page|] _page; }")]
    [InlineData("class A { [|Page|]? Page { get; set; } }")]
    [InlineData("class A { [|Page|]? Get() => null; }")]
    [InlineData("class A { void Set([|Page|] page) { } }")]
    [InlineData("class A([|Page|] page) { public object P => page; }")]
    [InlineData("record A([|Page|] Page);")]
    [InlineData("class A { List<[|Page|]> _pages; }")]
    [InlineData("class A { [|Page|][] _pages; }")]
    [InlineData("class A { [|Page<int>|] _page; }")]
    [InlineData("class A { void M() { [|Page|] page = null; } }")]
    [InlineData("class A { object M() => new [|Page|](); }")]
    [InlineData("class A { object M() => typeof([|Page|]); }")]
    [InlineData("class A { string M() => nameof([|Page|]); }")]
    [InlineData("class A { int M() => [|Page|].Default; }")]
    [InlineData("class A { int M() => Acme.Web.[|Page|].Default; }")]
    [InlineData("class A { int M() => W.[|Page|].Default; }")]
    [InlineData("class A { int M() => [|P|].Default; }")]
    [InlineData("class A { int M() => [|Default|]; }")]
    [InlineData("class A { int M(object o) => o is [|Page|] ? 1 : 0; }")]
    [InlineData("class A { int M(object o) => o switch { [|Page|] => 1, _ => 0 }; }")]
    [InlineData("class A { object M(object o) => ([|Page|])o; }")]
    [InlineData("class A { Acme.Web.[|Page|].Line _line; }")]
    [InlineData("class A { int M() => \"\".[|Shown|](); }")]
    [InlineData("class A { int M() => [|PageExtensions|].Shown(1); }")]
    [InlineData("class A { object M() => [|Color|].Red; }")]
    [InlineData("[[|Shown|]] class A { }")]
    [InlineData("class A { [[|Shown|]] void M() { } }")]
    [InlineData("class A<T> where T : [|Page|] { }")]
    [InlineData("interface A { [|Page|] Get(); }")]
    [InlineData("struct A { [|Page|] _page; }")]
    [InlineData("delegate [|Page|] A();")]
    [InlineData("class A { event [|Rendered|] R; }")]
    [InlineData("class A { class B { [|Page|] _page; } }")]
    [InlineData("class A { void M() { try { } catch (Exception e) when (e.Data is [|IView|]) { } } }")]
    public Task ReferenceToAnUpperLayer_IsReported(string type) =>
        Verify.Run(Usings + "#nullable disable\n#pragma warning disable CS0067, CS0169\n" + Types.Replace("?", "", StringComparison.Ordinal) + "namespace Acme.Domain { " + type + " }", fixedSource: null, Rules, OutputKind.DynamicallyLinkedLibrary);

    [Theory]
    [InlineData("namespace Acme.Web { class A { OrderService S = new(); } }")]
    [InlineData("namespace Acme.Web { class A { Price P = new(); } }")]
    [InlineData("namespace Acme.Application { class A { Price P = new(); } }")]
    [InlineData("namespace Acme.Infrastructure { class A { OrderService S = new(); Price P = new(); } }")]
    [InlineData("namespace Acme.Web.Pages { class A { Page P = new(); } }")]
    [InlineData("namespace Acme.Domain { class A { Price P = new(); Clock C = new(); List<int> L = new(); } }")]
    [InlineData("namespace Acme { class A { Page P = new(); Table T = new(); } }")]
    [InlineData("namespace Acme.Domain { /* Page */ class A { /// <see cref=\"Page\"/>\n string M() => \"Page\"; } }")]
    [InlineData("namespace Acme.Domain { class A { int Page = 1; int M() => Page; int Default() => Default(); } }")]
    [InlineData("namespace Acme.Domain { class Page { } class A { Page P = new(); } }")]
    [InlineData("namespace Acme.Domain { class A { void Shown() { } void M() => Shown(); } }")]
    [InlineData("namespace Acme.WebPages { class A { Table T = new(); } }")]
    [InlineData("namespace Acme.Domain { class A { System.Web.HttpUtility? U; } }")]
    public Task AllowedReference_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData("Application", "Page")]
    [InlineData("Application", "Table")]
    [InlineData("Domain", "OrderService")]
    [InlineData("Domain", "Table")]
    [InlineData("Web", "Table")]
    [InlineData("Infrastructure", "Page")]
    public Task EveryOtherDirection_IsReported(string from, string to) => Reported($$"""namespace Acme.{{from}} { class A { [|{{to}}|] X = new(); } }""");

    [Fact]
    public Task SeveralReferencesToOneType_AreOneReport() => Verify.Reported(
        Usings + Types + """
        namespace Acme.Domain
        {
            class A
            {
                {|#0:Page|} _a = new {|#1:Page|}();
                int M() => {|#2:Page|}.Default + new Acme.Web.{|#3:Page|}.Line().GetHashCode();
                [|Color|] C;
            }
        }
        """,
        Rules,
        expected: new DiagnosticResult(BP2008LayerViolationAnalyzer.Id, DiagnosticSeverity.Warning).WithLocation(0).WithLocation(1).WithLocation(2).WithLocation(3)
            .WithMessage("'A' of layer 'Domain' uses 'Page' of layer 'Web', which no layer rule allows; turn the dependency around or move one of them"));

    [Fact]
    public Task PartialType_IsReportedOncePerPart() => Verify.Run(
        Usings + Types + "namespace Acme.Domain { partial class A { [|Page|] _page = new(); } }", fixedSource: null, Rules, OutputKind.DynamicallyLinkedLibrary,
        static test => test.TestState.Sources.Add(("Part.cs", "namespace Acme.Domain { partial class A { Acme.Web.[|Page|]? _other; Acme.Domain.Price? _price; } }")));

    [Theory]
    [InlineData(null)]
    [InlineData("backend_patterns.layers =")]
    [InlineData("backend_patterns.layers = Web > Application > Nothing")]
    public Task NoRuleForTheLayer_IsSilent(string? rules) => Silent("namespace Acme.Domain { class A { Page P = new(); } }", rules);

    [Theory]
    [InlineData("backend_patterns.layers = Web, Domain")]
    [InlineData("backend_patterns.layers = Acme.Web > Acme.Domain")]
    [InlineData("backend_patterns.layers = Acme.W* > **.Dom*")]
    [InlineData("backend_patterns.layers = Web|Domain")]
    public Task OtherFormsOfTheRules_AreReported(string rules) => Reported("namespace Acme.Domain { class A { [|Page|] P = new(); } }", rules);

    [Fact]
    public Task LibraryNamespace_IsALayerByItsWholeName() => Reported(
        "namespace Acme.Domain { class A { [|DbContext|]? C; System.Data.Common.DbException? E; } }", "backend_patterns.layers = Application > Domain, Microsoft.EntityFrameworkCore, Data");

    [Fact]
    public Task LayerOfAnotherProject_IsReported() => Verify.Run(
        "namespace Acme.Domain { class A { Acme.Web.[|Page|]? P; } }", fixedSource: null, Rules, OutputKind.DynamicallyLinkedLibrary,
        static test =>
        {
            test.TestState.AdditionalProjects["Web"].AdditionalReferences.AddRange(TestReferences.All);
            test.TestState.AdditionalProjects["Web"].Sources.Add("namespace Acme.Web { public class Page { } }");
            test.TestState.AdditionalProjectReferences.Add("Web");
        });

    [Fact]
    public Task FoldersWithTheirOwnRules_AreCheckedByThem() => Verify.Run(
        Types, fixedSource: null, options: null, OutputKind.DynamicallyLinkedLibrary,
        static test =>
        {
            test.TestState.Sources.Add(("/0/Strict/A.cs", "namespace Acme.Domain { class A { Acme.Web.[|Page|]? P; } }"));
            test.TestState.Sources.Add(("/0/Loose/B.cs", "namespace Acme.Domain { class B { Acme.Web.Page? P; Acme.Infrastructure.[|Table|]? T; } }"));
            test.TestState.Sources.Add(("/0/Free/C.cs", "namespace Acme.Domain { class C { Acme.Web.Page? P; } }"));
            test.TestState.AnalyzerConfigFiles.Add(("/0/.editorconfig", "root = true\n[Strict/*.cs]\nbackend_patterns.layers = Web > Domain\n[Loose/*.cs]\nbackend_patterns.layers = Domain > Web, Infrastructure\n"));
        });

    [Fact]
    public Task TopLevelStatements_AreFree() => Verify.Run(
        "using Acme.Web; var page = new Page(); System.Console.WriteLine(page);", fixedSource: null, Rules, OutputKind.ConsoleApplication,
        static test => test.TestState.Sources.Add(("Page.cs", "namespace Acme.Web { public class Page { } }")));

    [Fact]
    public Task GeneratedCode_IsSilent() => Verify.Run(
        Types, fixedSource: null, Rules, OutputKind.DynamicallyLinkedLibrary,
        static test => test.TestState.Sources.Add(("A.g.cs", "// <auto-generated/>\nnamespace Acme.Domain { class A { Acme.Web.Page P = new(); } }")));

    // BP0001 reports it.
    [Theory]
    [InlineData("Web > > Domain")]
    [InlineData("Web; Domain")]
    public Task RuleTextThatCannotBeRead_IsLeftAside(string rules) => Silent("namespace Acme.Domain { class A { Page P = new(); } }", "backend_patterns.layers = " + rules);

    [Fact]
    public async Task EveryPrefixOfAFile_IsSurvived()
    {
        const string Source = Usings + Types + "namespace Acme.Domain { [Shown] partial record A<T>(Page P) : Page<T> where T : IView { Page.Line? L => new(); int M() => \"\".Shown() + P.Default; } }";
        for (var length = Source.Length - 200; length < Source.Length; length += 3)
        {
            var tree = SourceFolder.Parse(Source[..length], "A.cs");
            var compilation = Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create("Half", [tree, SourceFolder.Parse(Shop.GlobalUsings, "GlobalUsings.cs"), SourceFolder.Parse(Shop.Domain, "Shop.cs")], TestReferences.All);
            Assert.All(await RuleRun.Over(compilation, Rules, new BP2008LayerViolationAnalyzer()), report => Assert.Equal(BP2008LayerViolationAnalyzer.Id, report.Id));
        }
    }
}
