using System.Collections.Immutable;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;

namespace BackendPatterns.Analyzers.Tests.Model.Calls.Facts;

/// <summary>One project of a solution: its compilation, and what the generator makes of it.</summary>
internal sealed class FactProject
{
    private const string Prefix = "[assembly: global::System.Reflection.AssemblyMetadataAttribute(\"BackendPatterns.";

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private FactProject(CSharpCompilation compilation) => Compilation = compilation;

    public CSharpCompilation Compilation { get; }

    /// <summary>The text of the generated file, or null where there is none.</summary>
    public string? Generated { get; private set; }

    /// <summary>The round trips in the generated file.</summary>
    public IReadOnlyList<string> Facts => Lines("RoundTrip");

    /// <summary>The calls in the generated file.</summary>
    public IReadOnlyList<string> Calls => Lines("Call");

    /// <summary>What the generated file states about authorization.</summary>
    public IReadOnlyList<string> Authorization => Lines("Authorization");

    /// <summary>Compiles a project above other projects, or one that has the shop itself; throws where it does not compile.</summary>
    public static FactProject Compile(
        string name, IEnumerable<string> sources, IEnumerable<MetadataReference>? projects = null, IEnumerable<MetadataReference>? libraries = null,
        IReadOnlyDictionary<string, string>? options = null)
    {
        var trees = sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"/{name}/File{index}.cs")).ToList();
        if (libraries is null)
            trees.Add(CSharpSyntaxTree.ParseText(Shop.GlobalUsings, ParseOptions, $"/{name}/GlobalUsings.cs"));
        if (libraries is null && projects is null)
            trees.Add(CSharpSyntaxTree.ParseText(Shop.Domain, ParseOptions, $"/{name}/Shop.cs"));

        var compilation = CSharpCompilation.Create(
            name, trees, [.. libraries ?? TestReferences.All, .. projects ?? []],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var driver = CSharpGeneratorDriver.Create(
            [new FactsGenerator().AsSourceGenerator()], parseOptions: ParseOptions, optionsProvider: new Options(options ?? ImmutableDictionary<string, string>.Empty));
        var result = driver.RunGeneratorsAndUpdateCompilation(compilation, out var updated, out _).GetRunResult();
        var errors = updated.GetDiagnostics().Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
            throw new InvalidOperationException(string.Join(Environment.NewLine, errors));
        Assert.Null(result.Results[0].Exception);
        return new FactProject((CSharpCompilation)updated) { Generated = result.GeneratedTrees.SingleOrDefault()?.ToString() };
    }

    public static FactProject Compile(string source) => Compile("Project", [source]);

    /// <summary>The project as a build sees it: a reference assembly, without bodies.</summary>
    public MetadataReference AsReferenceAssembly()
    {
        using var image = new MemoryStream();
        var result = Compilation.Emit(image, options: new EmitOptions(metadataOnly: true, includePrivateMembers: false));
        Assert.True(result.Success, string.Join(Environment.NewLine, result.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    /// <summary>The project as an editor sees it.</summary>
    public MetadataReference AsProjectReference() => Compilation.ToMetadataReference();

    private IReadOnlyList<string> Lines(string key)
    {
        var start = $"{Prefix}{key}\", \"";
        return Generated is null ? [] : [.. Generated.Split('\n').Where(line => line.StartsWith(start, StringComparison.Ordinal)).Select(line => line[start.Length..^"\")]".Length])];
    }

    private sealed class Options(IReadOnlyDictionary<string, string> values) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(values);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values(IReadOnlyDictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
        }
    }
}
