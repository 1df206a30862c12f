using System.Net;
using System.Web;

namespace Markets.Api.Pricing;

/// <summary>Stands in for the price feed: the same symbol always has the same price, and nothing leaves the process.</summary>
public sealed class InProcessPriceFeed : HttpMessageHandler
{
    private const string QuotesPath = "/v1/quotes";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(Answer(request.RequestUri!));

    private static HttpResponseMessage Answer(Uri uri)
    {
        if (uri.AbsolutePath == QuotesPath)
        {
            var symbols = HttpUtility.ParseQueryString(uri.Query)["symbols"] ?? "";
            return Json(symbols.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Quote).ToList());
        }

        return uri.AbsolutePath.StartsWith($"{QuotesPath}/", StringComparison.Ordinal)
            ? Json(Quote(Uri.UnescapeDataString(uri.Segments[^1])))
            : new HttpResponseMessage(HttpStatusCode.NotFound);
    }

    private static PriceQuote Quote(string symbol) =>
        new(symbol, 5 + symbol.Aggregate(7, (hash, letter) => (hash * 31 + letter) % 9_973) % 91);

    private static HttpResponseMessage Json<T>(T value) => new(HttpStatusCode.OK) { Content = JsonContent.Create(value) };
}
