using System.Collections.Immutable;
using System.Globalization;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Tests.Repository;
using BackendPatterns.Analyzers.Tests.Verification;
using BackendPatterns.Benchmarks.Generated;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Benchmarks;

/// <summary>An application to analyse. It is read or generated when the first benchmark asks for it.</summary>
public sealed class Subject
{
    /// <summary>The libraries of the tests, and what only the sample has. Read once: a reference that is made anew is read again in every pass.</summary>
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. TestReferences.WithEfCore(TestReferences.NewestEfCore),
        .. new[] { "Hangfire.InMemory.dll", "Microsoft.AspNetCore.OpenApi.dll", "Microsoft.OpenApi.dll" }.Select(file => MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, file))),
    ];

    private readonly string _name;
    private readonly OutputKind _output;
    private readonly Lazy<ImmutableArray<(string Path, string Text)>> _files;

    private Subject(string name, OutputKind output, Func<ImmutableArray<(string Path, string Text)>> files)
    {
        _name = name;
        _output = output;
        _files = new Lazy<ImmutableArray<(string Path, string Text)>>(files);
    }

    /// <summary>The application of <c>samples/Markets.Api</c>: small, and with a mistake for every rule.</summary>
    public static Subject Sample { get; } = new("Markets.Api", OutputKind.ConsoleApplication, () =>
    [
        .. SourceFolder.Read("samples/Markets.Api").Compile().SyntaxTrees.Select(tree => (tree.FilePath, tree.ToString())),
    ]);

    public static Subject TenThousand { get; } = Generated(10_000);

    public static Subject HundredThousand { get; } = Generated(100_000);

    public static Subject Million { get; } = Generated(1_000_000);

    /// <summary>Every rule, as a project that installs the package runs them.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Rules { get; } =
    [
        .. typeof(RuleAnalyzer).Assembly.GetTypes().Where(type => !type.IsAbstract && typeof(RuleAnalyzer).IsAssignableFrom(type))
            .Select(type => (RuleAnalyzer)Activator.CreateInstance(type)!).OrderBy(rule => rule.Rule.Id, StringComparer.Ordinal),
    ];

    public int Lines => _files.Value.Sum(file => file.Text.Count(character => character == '\n'));

    /// <summary>A compilation of newly parsed files: nothing that a rule keeps for a file is known yet.</summary>
    public CSharpCompilation Compile() => CSharpCompilation.Create(
        "Subject",
        _files.Value.AsParallel().AsOrdered().Select(file => SourceFolder.Parse(file.Text, file.Path)),
        References,
        new CSharpCompilationOptions(_output, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>The rules over a compilation, on several cores as in a build; an exception in a rule ends the benchmark.</summary>
    public static CompilationWithAnalyzers Analysis(Compilation compilation, bool measuresOwnTime = false) =>
        compilation.WithAnalyzers(Rules, new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: static (failure, rule, _) => throw new InvalidOperationException($"{rule} failed.", failure),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: measuresOwnTime));

    /// <summary>The diagnostics of a compilation that is worth measuring.</summary>
    /// <exception cref="InvalidOperationException">One of them is an error.</exception>
    public static ImmutableArray<Diagnostic> WithoutErrors(ImmutableArray<Diagnostic> diagnostics) =>
        diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error) is { } error ? throw new InvalidOperationException(error.ToString()) : diagnostics;

    public override string ToString() => _name;

    private static Subject Generated(int lines) => new(
        lines.ToString("N0", CultureInfo.InvariantCulture) + " lines", OutputKind.ConsoleApplication,
        () => [.. GeneratedApplication.OfLines(lines).Select(file => (file.Path, file.Text))]);
}
