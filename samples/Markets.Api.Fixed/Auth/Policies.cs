namespace Markets.Api.Auth;

public static class Policies
{
    public const string Administration = "administration";
    public const string Publishing = "publishing";
}
