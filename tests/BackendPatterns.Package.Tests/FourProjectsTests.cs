using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace BackendPatterns.Package.Tests;

/// <summary>
/// A solution of four projects, in which most queries stand in another project than the loop. A build sees only reference assemblies of the projects below, an
/// editor sees their source: both have to report the same.
/// </summary>
[Collection(InstalledPackage.Collection)]
public class FourProjectsTests(PackedPackage package, BuiltFourProjects once) : IClassFixture<BuiltFourProjects>
{
    private const string QueryInLoop = "BP1001";

    private static readonly Regex Word = new(@"\w+");

    [Fact]
    public async Task BuildAndWorkspace_ReportTheSame()
    {
        var (solution, built) = (once.Solution, once.Reports);
        Assert.Equal(solution.Marks, built.Where(report => report.Id == QueryInLoop).Select(report => (report.File, report.Line, report.Id)));
        var opened = await SolutionWorkspace.Reports(solution);
        Assert.Empty(built.Except(opened));
        Assert.Empty(opened.Except(built));

        // Round trips that are cached, or in a loop of the repository, are not among them.
        Assert.Empty(FactsIn(solution.ReferenceAssembly("Domain")));
        Assert.Equal(
            [
                "1|M:Shop.Application.IOrderService.AverageAsync(System.Int32)||M:Shop.Application.IOrderRepository.AverageAsync|||OrderService.AverageAsync",
                "1|M:Shop.Application.IOrderService.ProductNameAsync(System.Int32)||M:Shop.Application.ICatalog.FindAsync(System.Int32)||1|OrderService.ProductNameAsync",
                "1|M:Shop.Application.IOrderService.SummaryAsync(System.Int32)||M:Shop.Application.IOrderRepository.LinesAsync(System.Int32)||1|OrderService.SummaryAsync",
                "1|M:Shop.Application.OrderService.AverageAsync(System.Int32)||M:Shop.Application.IOrderRepository.AverageAsync|||OrderService.AverageAsync",
                "1|M:Shop.Application.OrderService.ProductNameAsync(System.Int32)||M:Shop.Application.ICatalog.FindAsync(System.Int32)||1|OrderService.ProductNameAsync",
                "1|M:Shop.Application.OrderService.SummaryAsync(System.Int32)||M:Shop.Application.IOrderRepository.LinesAsync(System.Int32)||1|OrderService.SummaryAsync",
            ],
            FactsIn(solution.ReferenceAssembly("Application")));
        Assert.Equal(
            [
                "1|M:Shop.Application.IOrderRepository.AverageAsync||DatabaseRead|EntityFrameworkCore|0|0|0|0||OrderRepository.AverageAsync|IQueryable.AverageAsync",
                "1|M:Shop.Application.IOrderRepository.LinesAsync(System.Int32)||DatabaseRead|EntityFrameworkCore|1|0|0|0||OrderRepository.LinesAsync|IQueryable.ToListAsync",
                "1|M:Shop.Application.IRepository`1.GetAsync(System.Int32)||DatabaseRead|EntityFrameworkCore|1|0|0|0||Repository.GetAsync|DbSet.FindAsync",
                "1|M:Shop.Application.IRepository`1.ListAsync||DatabaseRead|EntityFrameworkCore|0|0|0|0||Repository.ListAsync|IQueryable.ToListAsync",
                "1|M:Shop.Application.PriceList.PriceAsync(System.Int32)||DatabaseRead|EntityFrameworkCore|1|0|0|0||StoredPrices.PriceAsync|IQueryable.SumAsync",
                "1|M:Shop.Infrastructure.CustomerQueries.FindCustomerAsync(Shop.Infrastructure.ShopContext,System.Int32)||DatabaseRead|EntityFrameworkCore|2|0|0|0|||IQueryable.FirstOrDefaultAsync",
                "1|M:Shop.Infrastructure.Reports.LinesOfAsync(System.Int32)||DatabaseRead|EntityFrameworkCore|1|0|0|0|||OrderRepository.LinesAsync → IQueryable.ToListAsync",
                "1|M:Shop.Infrastructure.Repository`1.GetAsync(System.Int32)||DatabaseRead|EntityFrameworkCore|1|0|0|0|||DbSet.FindAsync",
                "1|M:Shop.Infrastructure.Repository`1.ListAsync||DatabaseRead|EntityFrameworkCore|0|0|0|0|||IQueryable.ToListAsync",
            ],
            FactsIn(solution.ReferenceAssembly("Infrastructure")));
    }

    [Fact]
    public async Task SwitchedOff_NoProjectKnowsOfAnother()
    {
        using var solution = BuiltFourProjects.Of(package);
        var built = await solution.Build("-p:BackendPatternsFacts=false");
        Assert.Equal(
            solution.Marks.Where(mark => mark.File.StartsWith("Infrastructure/", StringComparison.Ordinal)),
            built.Where(report => report.Id == QueryInLoop).Select(report => (report.File, report.Line, report.Id)));
        foreach (var project in solution.Projects)
            Assert.Empty(FactsIn(solution.ReferenceAssembly(project)));
    }

    [Fact]
    public void Sarif_HasTheHelpOfEveryRule()
    {
        using var log = JsonDocument.Parse(File.ReadAllText(once.Solution.SarifOf("Web")));
        var run = Assert.Single(log.RootElement.GetProperty("runs").EnumerateArray());
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Where(IsOurs).ToList();
        Assert.NotEmpty(rules);
        Assert.All(rules, rule =>
        {
            Assert.Equal($"{Repository.Url}/blob/main/docs/rules/{rule.GetProperty("id").GetString()}.md", rule.GetProperty("helpUri").GetString());
            Assert.NotEmpty(rule.GetProperty("shortDescription").GetProperty("text").GetString()!);
            Assert.NotEmpty(rule.GetProperty("fullDescription").GetProperty("text").GetString()!);
            Assert.NotEmpty(rule.GetProperty("properties").GetProperty("category").GetString()!);
            Assert.NotEmpty(rule.GetProperty("properties").GetProperty("tags").EnumerateArray());
        });
        Assert.Contains(rules, rule => rule.GetProperty("id").GetString() == "BP4001" && rule.GetProperty("properties").GetProperty("tags")[0].GetString() == "security");
    }

    [Fact]
    public void Sarif_HasThePlacesOfAChain()
    {
        // The chain ends in the same project: the loop, then the call in the method that the loop calls.
        var report = Assert.Single(ResultsOf("Infrastructure"), result => MessageOf(result).StartsWith("'OrderRepository.LinesAsync → IQueryable.ToListAsync'", StringComparison.Ordinal));
        Assert.Equal(["Infrastructure/Reports.cs: foreach", "Infrastructure/Repositories.cs: ToListAsync"], report.GetProperty("relatedLocations").EnumerateArray().Select(Described));
        Assert.Equal("warning", report.GetProperty("level").GetString());

        // It ends in another project, whose source a build does not see.
        var other = ResultsOf("Web").First(result => MessageOf(result).StartsWith("'OrderService.SummaryAsync → OrderRepository.LinesAsync", StringComparison.Ordinal));
        Assert.Equal(["Web/OrdersController.cs: foreach"], other.GetProperty("relatedLocations").EnumerateArray().Select(Described));
    }

    [JqFact]
    public async Task SarifForCodeScanning_IsOneRunWithHelpAndLinks()
    {
        var text = await Jq.Run(
            once.Solution.Folder,
            [
                "--slurp", "--arg", "root", once.Solution.Folder, "--arg", "category", "backend-patterns",
                "--from-file", Path.Combine(Repository.Root, "docs", "ci", "code-scanning.jq"), .. once.Solution.Projects.Select(once.Solution.SarifOf),
            ]);
        using var log = JsonDocument.Parse(text);
        var run = Assert.Single(log.RootElement.GetProperty("runs").EnumerateArray());
        Assert.Equal("backend-patterns/", run.GetProperty("automationDetails").GetProperty("id").GetString());
        Assert.All(run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray(), rule =>
        {
            Assert.True(IsOurs(rule));
            Assert.EndsWith(rule.GetProperty("helpUri").GetString()!, rule.GetProperty("help").GetProperty("text").GetString(), StringComparison.Ordinal);
        });
        var results = run.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(once.Reports.Count, results.Count);
        var chain = Assert.Single(results, result => MessageOf(result).StartsWith("'OrderRepository.LinesAsync → IQueryable.ToListAsync'", StringComparison.Ordinal) && UriOf(result.GetProperty("locations")[0]) == "Infrastructure/Reports.cs");
        Assert.Matches(@"; load the rows before the loop\. See \[Reports\.cs:\d+\]\(1\), \[Repositories\.cs:\d+\]\(2\)$", MessageOf(chain));
        Assert.Equal([1, 2], chain.GetProperty("relatedLocations").EnumerateArray().Select(place => place.GetProperty("id").GetInt32()));
    }

    private static bool IsOurs(JsonElement rule) => rule.GetProperty("id").GetString()!.StartsWith("BP", StringComparison.Ordinal);

    private List<JsonElement> ResultsOf(string project)
    {
        using var log = JsonDocument.Parse(File.ReadAllText(once.Solution.SarifOf(project)));
        return [.. log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().Select(static result => result.Clone())];
    }

    private static string MessageOf(JsonElement result) => result.GetProperty("message").GetProperty("text").GetString()!;

    private static string UriOf(JsonElement location) => location.GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()!;

    /// <summary>The file of a location, and the first word of its text.</summary>
    private string Described(JsonElement location)
    {
        var (path, region) = (new Uri(UriOf(location)).LocalPath, location.GetProperty("physicalLocation").GetProperty("region"));
        var line = File.ReadAllLines(path)[region.GetProperty("startLine").GetInt32() - 1];
        var text = line[(region.GetProperty("startColumn").GetInt32() - 1)..];
        return once.Solution.Relative(path) + ": " + Word.Matches(text).Select(static word => word.Value).First(static word => word is "foreach" or "ToListAsync");
    }

    /// <summary>The values of our attributes in an assembly.</summary>
    private static IReadOnlyList<string> FactsIn(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        var facts = new List<string>();
        foreach (var attribute in metadata.GetAssemblyDefinition().GetCustomAttributes().Select(metadata.GetCustomAttribute))
        {
            if (TypeOf(attribute, metadata) != "AssemblyMetadataAttribute")
                continue;
            // A prolog of two bytes, the key, the value.
            var value = metadata.GetBlobReader(attribute.Value);
            value.ReadUInt16();
            if (value.ReadSerializedString() is "BackendPatterns.RoundTrip" or "BackendPatterns.Call")
                facts.Add(value.ReadSerializedString()!);
        }

        return facts;
    }

    private static string? TypeOf(CustomAttribute attribute, MetadataReader metadata) =>
        attribute.Constructor.Kind is HandleKind.MemberReference
        && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } type
            ? metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name)
            : null;
}
