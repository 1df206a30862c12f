namespace Markets.Api.Entities;

public enum MarketStatus
{
    Draft,
    Open,
    Closed,
    Resolved,
}
