using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackendPatterns.Analyzers.Tests.Verification;

/// <summary>The reference assemblies of .NET, ASP.NET Core and the libraries the rules know, loaded once for all tests.</summary>
public static class TestReferences
{
    /// <summary>The variable that makes every test of a run look at another version of EF Core: 8, 9 or 10.</summary>
    public const string EfCoreVariable = "BACKEND_PATTERNS_EF_CORE";

    public const int NewestEfCore = 10;

    private static readonly ConcurrentDictionary<int, Lazy<ImmutableArray<MetadataReference>>> Loaded = new();

    /// <summary>The major version of EF Core that <see cref="All"/> has.</summary>
    public static int EfCore { get; } = Environment.GetEnvironmentVariable(EfCoreVariable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : NewestEfCore;

    public static ImmutableArray<MetadataReference> All => WithEfCore(EfCore);

    /// <summary>The same with this version of EF Core; those before the newest come without PostgreSQL.</summary>
    public static ImmutableArray<MetadataReference> WithEfCore(int version) => Loaded.GetOrAdd(version, static v => new Lazy<ImmutableArray<MetadataReference>>(() => Read(v))).Value;

    /// <summary>The root folder of the repository, for tests that read its files.</summary>
    public static string RepositoryRoot => Metadata("RepositoryRoot");

    /// <summary>The version of Roslyn that the project of these tests states.</summary>
    public static string Roslyn => Metadata("Roslyn");

    /// <summary>The references whose file name does not start with one of these prefixes: a compilation in which those libraries are missing.</summary>
    public static ImmutableArray<MetadataReference> Without(params string[] prefixes) =>
        [.. All.Where(reference => !prefixes.Any(prefix => Path.GetFileName(reference.Display!).StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))];

    private static ImmutableArray<MetadataReference> Read(int version)
    {
        ImmutableArray<MetadataReference> files =
            [.. File.ReadAllLines(Metadata("ReferenceList." + version.ToString(CultureInfo.InvariantCulture))).Where(line => line.Length > 0).Select(file => MetadataReference.CreateFromFile(file))];
        return version == NewestEfCore ? files : files.Add(Proxies(files));
    }

    /// <summary>The one method of the proxies package that sources call: package sources that keep copies lack the older versions of it.</summary>
    private static MetadataReference Proxies(ImmutableArray<MetadataReference> files)
    {
        const string Source = """
            namespace Microsoft.EntityFrameworkCore;

            public static class ProxiesExtensions
            {
                public static DbContextOptionsBuilder UseLazyLoadingProxies(this DbContextOptionsBuilder optionsBuilder, bool useLazyLoadingProxies = true) => optionsBuilder;
            }
            """;
        var compilation = CSharpCompilation.Create(
            "Microsoft.EntityFrameworkCore.Proxies", [CSharpSyntaxTree.ParseText(Source)], files, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        return result.Success ? MetadataReference.CreateFromImage(image.ToArray()) : throw new InvalidOperationException(string.Join(Environment.NewLine, result.Diagnostics));
    }

    private static string Metadata(string key) =>
        typeof(TestReferences).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
