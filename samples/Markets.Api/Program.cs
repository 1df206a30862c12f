using System.Text.Json.Serialization;
using Markets.Api;
using Markets.Api.Auth;
using Markets.Api.Background;
using Markets.Api.Data;
using Markets.Api.Endpoints;
using Markets.Api.Pricing;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddMemoryCache();
builder.Services.AddProblemDetails();
builder.Services.AddValidation();
builder.Services.AddHealthChecks();
builder.Services.AddControllers().AddJsonOptions(options => options.JsonSerializerOptions.Converters.Add(new JsonStringEnumConverter()));
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));
builder.Services.AddOpenApi(options => options.AddDocumentTransformer((document, _, _) =>
{
    document.Info.Title = "Markets API";
    return Task.CompletedTask;
}));
builder.Services.AddDatabase(builder.Configuration);
builder.Services.AddTokenAuthentication(builder.Configuration);
builder.Services.AddBrowserClients(builder.Configuration);
builder.Services.AddRateLimits();
builder.Services.AddWidgetOrigins();
builder.AddPartnerTokens();
builder.Services.AddPricing(builder.Configuration);
builder.Services.AddApplicationServices();
builder.Services.AddBackgroundWorkers(builder.Configuration);

var app = builder.Build();

await app.CreateAndSeedDatabaseAsync();

app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseDefaultFiles();
app.UseStaticFiles();
app.UseAuthentication();
app.UseAuthorization();
app.UseCors();

app.MapOpenApi();
app.MapHealthChecks("/health");
app.MapControllers();
app.MapAuthEndpoints();
app.MapCategoryEndpoints();
app.MapPaymentEndpoints();
app.MapPriceEndpoints();
app.MapReferencePriceEndpoints();
app.MapQuoteEndpoints();
app.MapPortfolioEndpoints();
app.MapProfileEndpoints();
app.MapStatisticsEndpoints();
app.MapWebhookEndpoints();
app.MapWatchlistEndpoints();
app.MapDirectoryEndpoints();
app.MapEditorialEndpoints();
app.MapArchiveEndpoints();
app.MapReviewEndpoints();
app.MapMenuEndpoints();
app.MapSearchEndpoints();
app.MapInsightEndpoints();
app.MapCategoryOrderEndpoints();
app.MapReportEndpoints();
app.MapWidgetEndpoints();
app.MapSignInEndpoints();
app.MapPreviewEndpoints();
app.MapPartnerEndpoints();
app.MapMarketLinkEndpoints();
app.MapLobbyEndpoints();
app.MapHousekeepingEndpoints();
app.MapNoticeBoardEndpoints();
app.MapBackgroundEndpoints();

app.Run();
