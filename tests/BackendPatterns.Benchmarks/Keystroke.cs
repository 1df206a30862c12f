using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Benchmarks;

/// <summary>What an editor does after each keystroke in a document of an application of 100,000 lines whose other documents the rules have seen.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
[WarmupCount(18)]
[IterationCount(180)]
public class Keystroke
{
    private readonly TypedDocument _typed = new();
    private Compilation? _before;

    [GlobalSetup]
    public async Task Open()
    {
        await WarmProcess.Reach();
        _before = Subject.HundredThousand.Compile();
        await Subject.Analysis(_before).GetAnalysisResultAsync(CancellationToken.None);
    }

    [IterationSetup]
    public void Type() => _typed.TypeInto(_before!);

    [Benchmark(Baseline = true, Description = "compiler alone")]
    public int CompilerAlone()
    {
        using var pass = Passes.Start(nameof(Keystroke), nameof(CompilerAlone));
        return _typed.Compile();
    }

    [Benchmark(Description = "all rules, warm index")]
    public async Task<int> AllRules()
    {
        using var pass = Passes.Start(nameof(Keystroke), nameof(AllRules));
        return await _typed.Analyse();
    }
}
