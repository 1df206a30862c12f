namespace Markets.Api.Tests;

/// <summary>Requests to every endpoint, in the order of sending: reads, writes, and reads that see the writes.</summary>
public static class Requests
{
    private const string ClosingTime = "2036-06-01T12:00:00Z";

    private static readonly object Xena =
        new { handle = "xena", email = "xena@markets.example", password = "long-enough-1", country = "DE" };

    private static readonly object NewTitle = new { title = "A new title", description = "And a text.", closesAt = ClosingTime };

    private static readonly object Payment = new { reference = "pay-1", userId = 1, amountCents = 4_200 };

    public static readonly IReadOnlyList<Request> All =
    [
        new("GET health", "/health", 200),
        new("GET openapi/{documentName}.json", "/openapi/v1.json", 200),

        new("GET api/markets", "/api/markets", 200),
        new("GET api/markets", "/api/markets?status=Open&page=2&size=3", 200),
        new("GET api/markets", "/api/markets?size=101", 400),
        new("GET api/markets/{id:int}", "/api/markets/3", 200),
        new("GET api/markets/{id:int}", "/api/markets/9", 404),
        new("GET api/markets/board", "/api/markets/board", 200),
        new("GET api/markets/digest", "/api/markets/digest", 200),
        new("GET api/creators", "/api/creators", 200),
        new("GET api/creators/{id:int}", "/api/creators/2", 200),
        new("GET api/creators/{id:int}", "/api/creators/999", 404),
        new("GET api/categories", "/api/categories", 200),
        new("GET api/orders", "/api/orders?size=3", 200),
        new("GET api/orders/open", "/api/orders/open", 200),
        new("GET api/orders/{id:int}", "/api/orders/1", 200),
        new("GET api/orders/{id:int}", "/api/orders/2", 404),
        new("GET api/orders/book/{marketId:int}", "/api/orders/book/1", 200),
        new("GET api/orders/book/{marketId:int}", "/api/orders/book/999", 200),
        new("GET api/orders/export", "/api/orders/export", 200),
        new("GET api/positions", "/api/positions", 200),
        new("GET api/positions/{id:int}", "/api/positions/1", 200),
        new("GET api/positions/{id:int}", "/api/positions/2", 404),
        new("GET api/portfolio/statement", "/api/portfolio/statement", 200),
        new("GET api/portfolio/exposure", "/api/portfolio/exposure", 200),
        new("GET api/payments", "/api/payments", 200),
        new("GET api/profile", "/api/profile", 200),
        new("GET api/users", "/api/users", 200),
        new("GET api/statistics", "/api/statistics", 200),
        new("GET api/statistics/shares", "/api/statistics/shares", 200),
        new("GET api/prices/{symbol}", "/api/prices/MKT1", 200),
        new("GET api/watchlist/quotes", "/api/watchlist/quotes?symbols=MKT1&symbols=MKT4&symbols=OTHER", 200),
        new("GET api/watchlist/quotes", "/api/watchlist/quotes", 200),
        new("GET api/watchlist/seen", "/api/watchlist/seen?symbols=MKT1&symbols=MKT4", 200),
        new("GET api/directory/desks", "/api/directory/desks", 200),
        new("GET api/directory/creators", "/api/directory/creators", 200),
        new("GET api/archive/outcomes", "/api/archive/outcomes", 200),
        new("GET api/archive/outcomes", "/api/archive/outcomes?page=2", 200),
        new("GET api/review", "/api/review", 200),
        new("GET api/search/creators", "/api/search/creators?name=e", 200),
        new("GET api/search/creators", "/api/search/creators?name=nobody", 200),
        new("GET api/search/categories", "/api/search/categories?name=o", 200),
        new("GET api/insights/slugs/{slug}", "/api/insights/slugs/none", 200),
        new("GET api/insights/slugs/{slug}", "/api/insights/slugs/rate-cut", 200),
        new("GET api/insights/creators/{id:int}/volume", "/api/insights/creators/1/volume", 200),
        new("GET api/insights/creators/{id:int}/volume", "/api/insights/creators/999/volume", 200),
        new("GET api/insights/creators/{id:int}/popular", "/api/insights/creators/1/popular?atLeastCents=100000", 200),
        new("GET api/review/orders/{marketId:int}", "/api/review/orders/1", 200),
        new("GET api/archive/payments", "/api/archive/payments", 200),
        new("GET api/archive/payments", "/api/archive/payments?page=2&size=5", 200),
        new("GET api/archive/positions", "/api/archive/positions", 200),
        new("GET api/archive/positions", "/api/archive/positions?page=2", 200),

        new("POST auth/token", "/auth/token", 200, new { email = "tom@markets.example", password = "markets-demo" }),
        new("POST auth/token", "/auth/token", 401, new { email = "tom@markets.example", password = "wrong" }),
        new("POST auth/token", "/auth/token", 400, new { email = "tom" }),
        new("POST auth/register", "/auth/register", 200, Xena),
        new("POST auth/register", "/auth/register", 409, Xena),
        new("POST api/markets", "/api/markets", 201, NewMarket("Cup final")),
        new("POST api/markets", "/api/markets", 201, NewMarket("Cup: final?")),
        new("POST api/markets", "/api/markets", 400, new { title = "Incomplete" }),
        new("PUT api/markets/{id:int}", "/api/markets/2", 204, NewTitle),
        new("PUT api/markets/{id:int}", "/api/markets/999", 404, NewTitle),
        new("POST api/markets/{id:int}/close", "/api/markets/4/close", 204),
        new("POST api/markets/{id:int}/close", "/api/markets/4/close", 404),
        new("POST api/markets/{id:int}/resolve", "/api/markets/1/resolve", 200, new { outcomeId = 1 }),
        new("POST api/markets/{id:int}/resolve", "/api/markets/1/resolve", 409, new { outcomeId = 1 }),
        new("POST api/markets/{id:int}/cancel-orders", "/api/markets/3/cancel-orders", 200),
        new("POST api/markets/{id:int}/cancel-orders", "/api/markets/3/cancel-orders", 200),
        new("PUT api/creators/{id:int}", "/api/creators/1", 204, new { name = "Renamed desk", website = "https://new.example" }),
        new("PUT api/creators/{id:int}", "/api/creators/999", 404, new { name = "Renamed desk" }),
        new("POST api/categories", "/api/categories", 201, new { slug = "culture", name = "Culture" }),
        new("POST api/categories", "/api/categories", 409, new { slug = "culture", name = "Culture" }),
        new("GET api/categories", "/api/categories", 200),
        new("POST api/categories/reset-order", "/api/categories/reset-order", 204),
        new("GET api/categories", "/api/categories", 200),
        new("DELETE api/categories/{id:int}", "/api/categories/6", 204),
        new("DELETE api/categories/{id:int}", "/api/categories/1", 404),
        new("POST api/orders", "/api/orders", 201, NewOrder("Buy", 10)),
        new("POST api/orders", "/api/orders", 201, NewOrder("Sell", 1)),
        new("POST api/orders", "/api/orders", 422, NewOrder("Buy", 9_999)),
        new("DELETE api/orders/{id:int}", "/api/orders/1", 204),
        new("DELETE api/orders/{id:int}", "/api/orders/1", 404),
        new("PUT api/profile", "/api/profile", 204, new { displayName = "Ada", bio = "Watches the weather.", marketingConsent = true }),
        new("POST api/users/{id:int}/suspend", "/api/users/5/suspend", 204),
        new("POST api/users/{id:int}/suspend", "/api/users/999/suspend", 404),
        new("POST api/review/seen", "/api/review/seen", 204),
        new("PUT api/review/{id:int}/source", "/api/review/3/source?source=Gazette", 204),
        new("PUT api/review/{id:int}/source", "/api/review/999/source?source=Gazette", 404),
        new("POST api/prices/reload", "/api/prices/reload", 200),
        new("POST webhooks/payments", "/webhooks/payments", 202, Payment, IsSigned: true),
        new("POST webhooks/payments", "/webhooks/payments", 202, Payment, IsSigned: true),
        new("POST webhooks/payments", "/webhooks/payments", 401, Payment),

        new("GET api/markets", "/api/markets?size=100", 200),
        new("GET api/markets/{id:int}", "/api/markets/1", 200),
        new("GET api/markets/{id:int}", "/api/markets/10", 200),
        new("GET api/markets/board", "/api/markets/board", 200),
        new("GET api/markets/digest", "/api/markets/digest", 200),
        new("GET api/creators", "/api/creators", 200),
        new("GET api/categories", "/api/categories", 200),
        new("GET api/orders", "/api/orders?size=100", 200),
        new("GET api/orders/open", "/api/orders/open", 200),
        new("GET api/orders/export", "/api/orders/export", 200),
        new("GET api/positions", "/api/positions", 200),
        new("GET api/portfolio/statement", "/api/portfolio/statement", 200),
        new("GET api/portfolio/exposure", "/api/portfolio/exposure", 200),
        new("GET api/payments", "/api/payments", 200),
        new("GET api/profile", "/api/profile", 200),
        new("GET api/users", "/api/users", 200),
        new("GET api/statistics", "/api/statistics", 200),
    ];

    private static object NewMarket(string title) => new
    {
        creatorId = 1,
        categoryId = 1,
        title,
        description = "Who wins?",
        rules = "The referee decides.",
        closesAt = ClosingTime,
        outcomes = new[] { "Home", "Away" },
    };

    private static object NewOrder(string side, int shares) =>
        new { marketId = 2, outcomeId = 3, side, shares, limitPriceCents = 45, clientReference = $"{side}-{shares}" };
}
