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
    public int CompilerAlone()
    {
        using var pass = Passes.Start(nameof(FirstKeystroke), nameof(CompilerAlone));
        return _typed.Compile();
    }

    [Benchmark(Description = "all rules, cold index")]
    public async Task<int> AllRules()
    {
        using var pass = Passes.Start(nameof(FirstKeystroke), nameof(AllRules));
        return await _typed.Analyse();
    }
}
