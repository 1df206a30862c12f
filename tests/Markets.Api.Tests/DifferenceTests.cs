namespace Markets.Api.Tests;

/// <summary>The applications are full copies so that a diff shows what the fixes do; this keeps them from drifting apart.</summary>
public sealed class DifferenceTests
{
    private static readonly string Samples = Path.Combine(RepositoryRoot(), "samples");

    [Fact]
    public void OnlyFilesThatAFixTouches_Differ()
    {
        var before = Sources("Markets.Api");
        var after = Sources("Markets.Api.Fixed");

        Assert.Empty(before.Keys.Except(after.Keys));
        Assert.Equal(
            [
                "Services/CreatorService.cs",
                "Services/ICreatorService.cs",
                "Services/IPositionService.cs",
                "Services/IUserService.cs",
                "Services/PositionService.cs",
                "Services/UserService.cs",
            ],
            after.Keys.Except(before.Keys).Order(StringComparer.Ordinal));
        Assert.Equal(
            [
                "ApplicationServices.cs",
                "Controllers/CreatorsController.cs",
                "Controllers/MarketsController.cs",
                "Controllers/OrdersController.cs",
                "Controllers/PositionsController.cs",
                "Controllers/UsersController.cs",
                "Endpoints/CategoryEndpoints.cs",
                "Endpoints/PriceEndpoints.cs",
                "Pricing/PriceFeedClient.cs",
                "Services/IOrderService.cs",
                "Services/MarketCatalogService.cs",
                "Services/OrderService.cs",
                "Services/PortfolioService.cs",
                "Services/ProfileService.cs",
            ],
            before.Where(x => x.Value != after[x.Key]).Select(x => x.Key).Order(StringComparer.Ordinal));
    }

    private static Dictionary<string, string> Sources(string application)
    {
        var root = Path.Combine(Samples, application);
        return Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(path => path.Split('/')[0] is not ("bin" or "obj") && Path.GetExtension(path) is (".cs" or ".html"))
            .ToDictionary(path => path, path => File.ReadAllText(Path.Combine(root, path)));
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "global.json")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
    }
}
