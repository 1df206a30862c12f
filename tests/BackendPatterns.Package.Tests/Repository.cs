using System.Reflection;

namespace BackendPatterns.Package.Tests;

/// <summary>What the build says about this repository.</summary>
internal static class Repository
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    public static string Url { get; } = Metadata("RepositoryUrl");

    public static string Version { get; } = Metadata("Version");

    public static string Configuration { get; } = Metadata("Configuration");

    public static string EfCoreVersion { get; } = Metadata("EfCoreVersion");

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
