using Markets.Api.Endpoints;
using Markets.Api.Pricing;
using Markets.Api.Repositories;
using Markets.Api.Services;

namespace Markets.Api;

public static class ApplicationServices
{
    public static IServiceCollection AddApplicationServices(this IServiceCollection services)
    {
        services.AddScoped<IMarketRepository, MarketRepository>();
        services.AddScoped<IOrderRepository, OrderRepository>();
        services.AddScoped<IPositionRepository, PositionRepository>();

        services.AddScoped<IMarketCatalogService, MarketCatalogService>();
        services.AddScoped<IMarketAdministrationService, MarketAdministrationService>();
        services.AddScoped<ISettlementService, SettlementService>();
        services.AddScoped<IOrderService, OrderService>();
        services.AddScoped<IOrderExportService, OrderExportService>();
        services.AddScoped<IPortfolioService, PortfolioService>();
        services.AddScoped<IProfileService, ProfileService>();
        services.AddScoped<ICategoryService, CategoryService>();
        services.AddScoped<IStatisticsService, StatisticsService>();
        services.AddScoped<IAccountService, AccountService>();
        services.AddScoped<IPaymentService, PaymentService>();
        services.AddScoped<IWatchlistService, WatchlistService>();
        services.AddScoped<IDeskTreeService, DeskTreeService>();
        services.AddScoped<ICreatorTrustService, CreatorTrustService>();
        services.AddScoped<IArchiveService, ArchiveService>();
        services.AddScoped<IReviewService, ReviewService>();
        services.AddScoped<IMenuService, MenuService>();
        services.AddScoped<ICategoryOrderService, CategoryOrderService>();
        services.AddScoped<IEditorialService, EditorialService>();
        services.AddScoped<ISearchService, SearchService>();
        services.AddScoped<IMarketInsightsService, MarketInsightsService>();
        services.AddScoped<IHousekeepingService, HousekeepingService>();
        services.AddScoped<IReferencePriceService, ReferencePriceService>();
        services.AddSingleton<PaymentSignature>();
        services.AddLobby();
        services.AddQuoteDesk();
        services.AddNoticeBoard();
        services.AddBackgroundWork();
        return services;
    }
}
