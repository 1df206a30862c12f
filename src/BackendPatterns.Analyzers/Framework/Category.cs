namespace BackendPatterns.Analyzers.Framework;

/// <summary>The rule categories, one per thousand of rule ids and per folder of <c>Rules/</c>.</summary>
public static class Category
{
    public const string DataAccess = nameof(DataAccess);
    public const string Architecture = nameof(Architecture);
    public const string ApiDesign = nameof(ApiDesign);
    public const string Security = nameof(Security);
    public const string Resilience = nameof(Resilience);
    public const string Caching = nameof(Caching);
    public const string ErrorHandling = nameof(ErrorHandling);
    public const string Transactions = nameof(Transactions);
}
