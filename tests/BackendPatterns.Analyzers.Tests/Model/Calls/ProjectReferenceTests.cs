using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Tests.Model.Calls;

/// <summary>As in an editor: a project reference is the other project's compilation.</summary>
public class ProjectReferenceTests
{
    private const string Domain = """
        namespace Domain;
        public interface IStore { System.Threading.Tasks.Task<Shop.Customer?> Load(int id); }
        """;

    private const string Application = """
        namespace Application;
        public class Loader(Domain.IStore store) { public Task<Customer?> Load(int id) => store.Load(id); }
        """;

    private const string Infrastructure = """
        namespace Infrastructure;
        public class Store(ShopContext db) : Domain.IStore { public Task<Customer?> Load(int id) => db.Customers.FirstOrDefaultAsync(c => c.Id == id); }
        """;

    private const string Web = """
        public class Report(Application.Loader loader, Domain.IStore store)
        {
            public async Task Run(List<int> ids)
            {
                foreach (var id in ids)
                {
                    await loader.Load(id);
                    await store.Load(id);
                }
            }
        }
        """;

    [Fact]
    public void Chain_LeadsThroughTheSourceOfOtherProjects()
    {
        var web = Projects(TestReferences.All);
        Assert.Equal("Loader.Load → Store.Load → IQueryable.FirstOrDefaultAsync", ChainOf(web, "loader.Load(id)")?.Text);
        Assert.Equal("Store.Load → IQueryable.FirstOrDefaultAsync", ChainOf(web, "store.Load(id)")?.Text);
        // Nothing on the way stands in this project.
        Assert.Empty(ChainOf(web, "loader.Load(id)")!.Locations);
    }

    [Fact]
    public void ProjectsWithOtherVersionsOfTheLibraries_AreSeenToo()
    {
        // A project compiled against other assemblies is seen through retargeting symbols.
        var older = CSharpCompilation.Create("Microsoft.Extensions.Other", [CSharpSyntaxTree.ParseText("[assembly: System.Reflection.AssemblyVersion(\"1.0.0.0\")] public class Marker;")], TestReferences.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var newer = CSharpCompilation.Create("Microsoft.Extensions.Other", [CSharpSyntaxTree.ParseText("[assembly: System.Reflection.AssemblyVersion(\"2.0.0.0\")] public class Marker;")], TestReferences.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var web = Projects(TestReferences.All.Add(Image(older)), TestReferences.All.Add(Image(newer)));
        Assert.Equal("Loader.Load → Store.Load → IQueryable.FirstOrDefaultAsync", ChainOf(web, "loader.Load(id)")?.Text);

        static MetadataReference Image(CSharpCompilation compilation)
        {
            using var stream = new MemoryStream();
            Assert.True(compilation.Emit(stream).Success);
            return MetadataReference.CreateFromImage(stream.ToArray());
        }
    }

    [Fact]
    public async Task Report_HasOnlyPlacesOfItsOwnProject()
    {
        var reports = await Projects(TestReferences.All).WithAnalyzers([new BP1001QueryInLoopAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        Assert.Equal(
            [
                "'Loader.Load → Store.Load → IQueryable.FirstOrDefaultAsync' runs one query per element of the loop; load the rows before the loop",
                "'Store.Load → IQueryable.FirstOrDefaultAsync' runs one query per element of the loop; load the rows before the loop",
            ],
            reports.Select(report => report.GetMessage(System.Globalization.CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task WithoutSource_NothingIsKnown()
    {
        var references = TestReferences.All;
        foreach (var (name, source) in new[] { ("Shop", Shop.Domain), ("Domain", Domain), ("Application", Application), ("Infrastructure", Infrastructure) })
        {
            using var stream = new MemoryStream();
            Assert.True(Compile(name, source, references).Emit(stream).Success);
            references = references.Add(MetadataReference.CreateFromImage(stream.ToArray()));
        }

        Assert.Empty(await Compile("Web", Web, references).WithAnalyzers([new BP1001QueryInLoopAnalyzer()]).GetAnalyzerDiagnosticsAsync());
    }

    private static CallChain? ChainOf(CSharpCompilation web, string text)
    {
        var tree = web.SyntaxTrees[^1];
        var model = BackendModel.For(web);
        var call = tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Single(node => node.ToString() == text);
        return model.Calls.RoundTripBehind(model.SemanticModelOf(tree)!.GetOperation(call)!, RoundTripKind.DatabaseRead, _ => true);
    }

    private static CSharpCompilation Projects(ImmutableArray<MetadataReference> references, ImmutableArray<MetadataReference>? webReferences = null)
    {
        var shop = Compile("Shop", Shop.Domain, references).ToMetadataReference();
        var domain = Compile("Domain", Domain, references.Add(shop)).ToMetadataReference();
        var application = Compile("Application", Application, [.. references, shop, domain]).ToMetadataReference();
        var infrastructure = Compile("Infrastructure", Infrastructure, [.. references, shop, domain]).ToMetadataReference();
        return Compile("Web", Web, [.. webReferences ?? references, shop, domain, application, infrastructure]);
    }

    private static CSharpCompilation Compile(string name, string source, ImmutableArray<MetadataReference> references)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        var usings = name is "Shop" ? Shop.GlobalUsings.Replace("global using Shop;", "", StringComparison.Ordinal) : Shop.GlobalUsings;
        var compilation = CSharpCompilation.Create(
            name, [CSharpSyntaxTree.ParseText(usings, options), CSharpSyntaxTree.ParseText(source, options, name + ".cs")], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error));
        return compilation;
    }
}
