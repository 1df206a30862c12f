namespace Markets.Api.Tests;

/// <summary>The applications are full copies so that a diff shows what the fixes do; this keeps them from drifting apart.</summary>
public sealed class DifferenceTests
{
    [Fact]
    public void OnlyFilesThatAFixTouches_Differ()
    {
        var before = RepositoryFiles.SourcesOf("Markets.Api", ".cs", ".html");
        var after = RepositoryFiles.SourcesOf("Markets.Api.Fixed", ".cs", ".html");

        Assert.Empty(before.Keys.Except(after.Keys));
        Assert.Equal(
            [
                "Contracts/AddCategory.cs",
                "Contracts/EditorialAccount.cs",
                "Contracts/EditorialCategory.cs",
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
                "Auth/PartnerAuthentication.cs",
                "Auth/PartnerDesk.cs",
                "Auth/StaffSignIn.cs",
                "Background/OrderExpiryWorker.cs",
                "Background/StatementWorker.cs",
                "Controllers/CreatorsController.cs",
                "Controllers/LimitsController.cs",
                "Controllers/MarketsController.cs",
                "Controllers/OrdersController.cs",
                "Controllers/PositionsController.cs",
                "Controllers/UsersController.cs",
                "Endpoints/BackgroundEndpoints.cs",
                "Endpoints/CategoryEndpoints.cs",
                "Endpoints/EditorialEndpoints.cs",
                "Endpoints/HousekeepingEndpoints.cs",
                "Endpoints/LobbyEndpoints.cs",
                "Endpoints/MarketLinkEndpoints.cs",
                "Endpoints/PreviewEndpoints.cs",
                "Endpoints/PriceEndpoints.cs",
                "Endpoints/ReportEndpoints.cs",
                "Endpoints/SignInEndpoints.cs",
                "Endpoints/WidgetEndpoints.cs",
                "Pricing/PriceFeedClient.cs",
                "Pricing/QuoteDesk.cs",
                "Pricing/ReferencePriceService.cs",
                "Pricing/TradingCalendarClient.cs",
                "Program.cs",
                "Repositories/CategoryRepository.cs",
                "Repositories/ICategoryRepository.cs",
                "Services/ArchiveService.cs",
                "Services/CategoryOrderService.cs",
                "Services/CreatorTrustService.cs",
                "Services/DeskTreeService.cs",
                "Services/EditorialService.cs",
                "Services/GreetingService.cs",
                "Services/IEditorialService.cs",
                "Services/IGreetingService.cs",
                "Services/IOrderService.cs",
                "Services/LobbyService.cs",
                "Services/MarketCatalogService.cs",
                "Services/MarketInsightsService.cs",
                "Services/MarketLinks.cs",
                "Services/MenuService.cs",
                "Services/NoticeBoardService.cs",
                "Services/OrderService.cs",
                "Services/PaymentService.cs",
                "Services/PortfolioService.cs",
                "Services/ProfileService.cs",
                "Services/ReceiptPrinter.cs",
                "Services/ReceiptService.cs",
                "Services/ReviewService.cs",
                "Services/SearchService.cs",
                "Services/SettlementService.cs",
                "Services/SnapshotQueue.cs",
                "Services/StatisticsService.cs",
                "Services/WatchlistService.cs",
            ],
            before.Where(x => x.Value != after[x.Key]).Select(x => x.Key).Order(StringComparer.Ordinal));
    }
}
