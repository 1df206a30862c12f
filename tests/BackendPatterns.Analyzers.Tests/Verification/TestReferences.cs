using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Tests.Verification;

/// <summary>The reference assemblies of .NET, ASP.NET Core and the libraries the rules know, loaded once for all tests.</summary>
public static class TestReferences
{
    private static readonly Lazy<ImmutableArray<MetadataReference>> Loaded = new(() =>
        [.. File.ReadAllLines(Metadata("ReferenceList")).Where(line => line.Length > 0).Select(file => MetadataReference.CreateFromFile(file))]);

    public static ImmutableArray<MetadataReference> All => Loaded.Value;

    /// <summary>The root folder of the repository, for tests that read its files.</summary>
    public static string RepositoryRoot => Metadata("RepositoryRoot");

    /// <summary>The references whose file name does not start with one of these prefixes: a compilation in which those libraries are missing.</summary>
    public static ImmutableArray<MetadataReference> Without(params string[] prefixes) =>
        [.. All.Where(reference => !prefixes.Any(prefix => Path.GetFileName(reference.Display!).StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))];

    private static string Metadata(string key) =>
        typeof(TestReferences).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
