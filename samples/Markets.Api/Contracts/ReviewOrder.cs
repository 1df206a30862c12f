namespace Markets.Api.Contracts;

public record ReviewOrder(int Id, string Trader, int Shares);
