using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis.CSharp;

namespace BackendPatterns.Benchmarks;

/// <summary>A build of a whole project, without and with all rules. Every pass starts with newly parsed files; parsing itself is not measured.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
[WarmupCount(1)]
[IterationCount(3)]
public class WholeProject
{
    private CSharpCompilation? _compilation;

    [ParamsSource(nameof(Subjects))]
    public Subject Subject { get; set; } = Subject.Sample;

    public static IEnumerable<Subject> Subjects => [Subject.Sample, Subject.TenThousand, Subject.HundredThousand, Subject.Million];

    [GlobalSetup]
    public Task Start() => WarmProcess.Reach();

    [IterationSetup]
    public void Parse() => _compilation = Subject.Compile();

    [IterationCleanup]
    public void Forget() => _compilation = null;

    [Benchmark(Baseline = true, Description = "compile")]
    public int Compile()
    {
        using var pass = Passes.Start(nameof(WholeProject), nameof(Compile), Subject);
        return Subject.WithoutErrors(_compilation!.GetDiagnostics()).Length;
    }

    [Benchmark(Description = "compile and analyse")]
    public async Task<int> Analyse()
    {
        using var pass = Passes.Start(nameof(WholeProject), nameof(Analyse), Subject);
        var result = await Subject.Analysis(_compilation!, measuresOwnTime: true).GetAnalysisResultAsync(CancellationToken.None);
        pass.Own = TimeSpan.FromTicks(result.AnalyzerTelemetryInfo.Values.Sum(rule => rule.ExecutionTime.Ticks));
        return result.GetAllDiagnostics().Length;
    }
}
