namespace BackendPatterns.Package.Tests;

/// <summary>The solution of four projects, built once for the tests that only look at the result.</summary>
public sealed class BuiltFourProjects(PackedPackage package) : IAsyncLifetime
{
    private static readonly Dictionary<string, string[]> Projects = new()
    {
        ["Domain"] = [],
        ["Application"] = ["Domain"],
        ["Infrastructure"] = ["Application"],
        ["Web"] = ["Infrastructure"],
    };

    internal SolutionBuild Solution { get; } = Of(package);

    internal IReadOnlyList<SolutionReport> Reports { get; private set; } = [];

    /// <summary>A copy of the solution that is not built yet.</summary>
    internal static SolutionBuild Of(PackedPackage package) => new(package, "FourProjects", Projects);

    public async Task InitializeAsync() => Reports = await Solution.Build();

    public Task DisposeAsync()
    {
        Solution.Dispose();
        return Task.CompletedTask;
    }
}
