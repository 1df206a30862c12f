namespace BackendPatterns.Analyzers.Framework;

/// <summary>The categories, in the order of the thousands of ids, each with a folder of <c>Rules/</c>. The first one is that of the messages about the set-up.</summary>
public static class Category
{
    public const string Configuration = nameof(Configuration);
    public const string DataAccess = nameof(DataAccess);
    public const string Architecture = nameof(Architecture);
    public const string ApiDesign = nameof(ApiDesign);
    public const string Security = nameof(Security);
    public const string Resilience = nameof(Resilience);
    public const string Caching = nameof(Caching);
    public const string ErrorHandling = nameof(ErrorHandling);
    public const string Transactions = nameof(Transactions);
}
