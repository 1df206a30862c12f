using BackendPatterns.Analyzers.Tests.Verification;
using BackendPatterns.Benchmarks;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// A pass over a million lines takes minutes: few passes, each measured alone, in this process, so that no project is built for every benchmark.
var toolchain = new InProcessEmitToolchain(TimeSpan.FromHours(2), logOutput: true);
var job = Job.Default.WithToolchain(toolchain).WithStrategy(RunStrategy.Monitoring).WithInvocationCount(1).WithUnrollFactor(1);
var config = ManualConfig.Create(DefaultConfig.Instance)
    .AddColumn(StatisticColumn.P95, StatisticColumn.Median)
    .AddColumn(FigureColumn.All)
    .HideColumns(Column.InvocationCount, Column.UnrollFactor, Column.RunStrategy, Column.Toolchain)
    .WithArtifactsPath(Path.Combine(TestReferences.RepositoryRoot, "artifacts", "benchmarks"))
    .WithOptions(ConfigOptions.DisableLogFile);

var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config.AddJob(job)).ToList();
if (summaries.Count == 0)
    return 0;
var file = Path.Combine(TestReferences.RepositoryRoot, "artifacts", "benchmarks.json");
Figures.Write(summaries, file);
Console.WriteLine($"wrote {file}");
return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
