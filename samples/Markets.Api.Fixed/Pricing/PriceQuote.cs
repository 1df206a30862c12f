namespace Markets.Api.Pricing;

public sealed record PriceQuote(string Symbol, int YesCents);
