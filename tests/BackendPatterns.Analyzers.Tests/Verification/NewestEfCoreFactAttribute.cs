namespace BackendPatterns.Analyzers.Tests.Verification;

/// <summary>A test whose source needs the newest EF Core or a package beside it; skipped where <see cref="TestReferences.EfCoreVariable"/> asks for an older one.</summary>
public sealed class NewestEfCoreFactAttribute : FactAttribute
{
    public NewestEfCoreFactAttribute()
    {
        if (TestReferences.EfCore != TestReferences.NewestEfCore)
            Skip = "needs the newest EF Core";
    }
}
