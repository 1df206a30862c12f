using BenchmarkDotNet.Attributes;

namespace BackendPatterns.Benchmarks;

/// <summary>What an editor does after the first keystroke in an application of 100,000 lines that was just opened: the rules have seen no document of it.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
[WarmupCount(9)]
[IterationCount(36)]
public class FirstKeystroke
{
    private readonly TypedDocument _typed = new();

    [GlobalSetup]
    public Task Start() => WarmProcess.Reach();

    [IterationSetup]
    public void OpenAndType() => _typed.TypeInto(Subject.HundredThousand.Compile());

    [Benchmark(Baseline = true, Description = "compiler alone")]
    public int CompilerAlone() => _typed.Compile();

    [Benchmark(Description = "all rules, cold index")]
    public Task<int> AllRules() => _typed.Analyse();
}
