namespace Markets.Api.Entities;

public enum OrderSide
{
    Buy,
    Sell,
}
