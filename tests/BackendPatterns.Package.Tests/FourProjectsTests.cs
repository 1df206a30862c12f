using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace BackendPatterns.Package.Tests;

/// <summary>
/// A solution of four projects, in which most queries stand in another project than the loop. A build sees only reference assemblies of the projects below, an
/// editor sees their source: both have to report the same.
/// </summary>
[Collection(InstalledPackage.Collection)]
public class FourProjectsTests(PackedPackage package)
{
    private const string QueryInLoop = "BP1001";

    private static readonly Dictionary<string, string[]> Projects = new()
    {
        ["Domain"] = [],
        ["Application"] = ["Domain"],
        ["Infrastructure"] = ["Application"],
        ["Web"] = ["Infrastructure"],
    };

    [Fact]
    public async Task BuildAndWorkspace_ReportTheSame()
    {
        using var solution = new SolutionBuild(package, "FourProjects", Projects);
        var built = await solution.Build();
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
        using var solution = new SolutionBuild(package, "FourProjects", Projects);
        var built = await solution.Build("-p:BackendPatternsFacts=false");
        Assert.Equal(
            solution.Marks.Where(mark => mark.File.StartsWith("Infrastructure/", StringComparison.Ordinal)),
            built.Where(report => report.Id == QueryInLoop).Select(report => (report.File, report.Line, report.Id)));
        foreach (var project in solution.Projects)
            Assert.Empty(FactsIn(solution.ReferenceAssembly(project)));
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
