namespace Markets.Api.Auth;

public static class Roles
{
    public const string Admin = "admin";
    public const string Creator = "creator";
    public const string Trader = "trader";
}
