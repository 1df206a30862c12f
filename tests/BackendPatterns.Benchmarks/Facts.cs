using BackendPatterns.Analyzers.Framework;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis.CSharp;

namespace BackendPatterns.Benchmarks;

/// <summary>The generator that writes a project's facts into its assembly, once per build.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
[WarmupCount(1)]
[IterationCount(5)]
public class Facts
{
    private CSharpCompilation? _compilation;

    [ParamsSource(nameof(Subjects))]
    public Subject Subject { get; set; } = Subject.Sample;

    public static IEnumerable<Subject> Subjects => [Subject.Sample, Subject.TenThousand, Subject.HundredThousand];

    [GlobalSetup]
    public Task Start() => WarmProcess.Reach();

    [IterationSetup]
    public void Parse() => _compilation = Subject.Compile();

    [Benchmark(Baseline = true, Description = "compile")]
    public int Compile()
    {
        using var pass = Passes.Start(nameof(Facts), nameof(Compile), Subject);
        return _compilation!.GetDiagnostics().Length;
    }

    [Benchmark(Description = "facts")]
    public int Generate()
    {
        using var pass = Passes.Start(nameof(Facts), nameof(Generate), Subject);
        return CSharpGeneratorDriver.Create(new FactsGenerator()).RunGenerators(_compilation!).GetRunResult().GeneratedTrees.Length;
    }
}
