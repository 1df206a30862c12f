namespace Markets.Api.Entities;

public enum OrderStatus
{
    Open,
    Filled,
    Cancelled,
}
