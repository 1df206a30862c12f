using BackendPatterns.RuleTool.Documents;
using BackendPatterns.RuleTool.Measure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackendPatterns.RuleTool.Tests;

/// <summary><c>measure</c> with a driver that answers what a test tells it to.</summary>
public sealed class MeasureTests : IDisposable
{
    private const string Report = """
        {
          "roslyn": "5.0.0.0", "date": "2026-01-01", "cores": 4,
          "sets": [
            { "name": "Ours", "files": [], "analyzers": 2, "rules": 2, "enabledRules": 2, "problems": [] },
            { "name": "R&D <other>", "files": [], "analyzers": 1, "rules": 40, "enabledRules": 30, "problems": [] }
          ],
          "projects": [ { "repo": "a", "project": "a.csproj", "lines": 1500, "sets": {} }, { "repo": "b", "project": "b.csproj", "lines": 500, "sets": {} } ],
          "totals": {
            "lines": 2000, "compileMs": 400, "projects": 2,
            "sets": {
              "Ours": {
                "wallMs": 440, "ratioToCompile": 1.1, "analyzerMs": 20, "analyzerMsPerThousandLines": 10, "diagnostics": 3, "exceptions": FAILURES, "timedOut": 0,
                "slowest": [ { "name": "B", "ids": "BP1001", "ms": 15 }, { "name": "A", "ids": "BP4001", "ms": 5 } ], "countById": {}
              },
              "R&D <other>": {
                "wallMs": 4000, "ratioToCompile": 10, "analyzerMs": 2500, "diagnostics": 1234, "exceptions": 0, "timedOut": 1, "slowest": [], "countById": {}
              }
            }
          }
        }
        """;

    private const string Benchmarks = """
        [
          { "benchmark": "WholeProject", "method": "Compile", "subject": "10,000 lines", "lines": 10000, "passes": 3, "medianMilliseconds": 1000, "percentile95Milliseconds": 1, "processorMilliseconds": 1500, "processorPercentile95Milliseconds": 1500, "ownMilliseconds": null, "allocatedKilobytes": 1000 },
          { "benchmark": "WholeProject", "method": "Analyse", "subject": "10,000 lines", "lines": 10000, "passes": 3, "medianMilliseconds": 1100, "percentile95Milliseconds": 1, "processorMilliseconds": 1720, "processorPercentile95Milliseconds": 1720, "ownMilliseconds": 125, "allocatedKilobytes": 3000 },
          { "benchmark": "Keystroke", "method": "CompilerAlone", "passes": 9, "medianMilliseconds": 4, "percentile95Milliseconds": 5, "processorMilliseconds": 3, "processorPercentile95Milliseconds": 4, "allocatedKilobytes": 10 },
          { "benchmark": "Keystroke", "method": "AllRules", "passes": 9, "medianMilliseconds": 12, "percentile95Milliseconds": 31.5, "processorMilliseconds": 20, "processorPercentile95Milliseconds": 44, "allocatedKilobytes": 60 }
        ]
        """;

    private readonly TemporaryRepository _copy = new();

    public void Dispose() => _copy.Dispose();

    [Fact]
    public async Task Figures_AreSavedAndTheRepositoryIsAsGenerated()
    {
        Assert.Equal(0, await Measure(Driver(Report.Replace("FAILURES", "0", StringComparison.Ordinal)), "--benchmarks", File("benchmarks.json", Benchmarks), "--save"));

        var page = _copy.Repository.Read(PerformancePage.File);
        Assert.Contains("2,000 lines in 2 projects of 2 applications, Roslyn 5.0.0.0", page, StringComparison.Ordinal);
        Assert.Contains("| Ours | 2 | 10.0 | 10.0 | 10.0 | 1.10 × compile | 3 | 0 |", page, StringComparison.Ordinal);
        Assert.Contains("| R&D <other> | 40 | 1,250.0 (125.0 ×) | 1,250.0 (125.0 ×) | 1,250.0 (125.0 ×) | 10.00 × compile | 1,234 | 3 |", page, StringComparison.Ordinal);
        Assert.Contains("| [BP1001](rules/BP1001.md) | 7.500 | 7.500 | 75.0 % |\n| [BP4001](rules/BP4001.md) | 2.500 | 2.500 | 25.0 % |", page, StringComparison.Ordinal);
        Assert.Contains("| generated | 10,000 | 12.5 ms | 22.0 ms | 1.10 × compile | 200 KB |", page, StringComparison.Ordinal);
        Assert.Contains("| the other documents are known (warm index) | 9 | 4.0 ms | 12.0 ms | 31.5 ms | 44.0 ms | 50 KB |", page, StringComparison.Ordinal);
        Assert.Equal(page, new PerformancePage(_copy.Repository).Text());

        var plot = _copy.Repository.Read(PerformancePlot.File);
        Assert.Equal(plot, new PerformancePlot(_copy.Repository).Text());
        Assert.Contains("R&amp;D &lt;other&gt;", plot, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", plot, StringComparison.Ordinal);
        Assert.Equal(4, System.Xml.Linq.XDocument.Parse(plot).Descendants("{http://www.w3.org/2000/svg}rect").Count());
    }

    [Fact]
    public async Task Driver_IsAskedForOnePassAsInstalled_ThenWithAllRulesForOneAndForTheBestOfSeveral()
    {
        var driver = Driver(Report.Replace("FAILURES", "0", StringComparison.Ordinal));
        await Measure(driver, "--repeat", "7", "--repo", "a", "--folder", _copy.Repository.Root);
        var calls = System.IO.File.ReadAllLines(driver + ".calls");
        Assert.Equal(3, calls.Length);
        Assert.All(calls, call => Assert.Contains($"--folder {_copy.Repository.Root} --repo a --set Ours=", call, StringComparison.Ordinal));
        Assert.All(calls[..2], call => Assert.DoesNotContain("--sequential", call, StringComparison.Ordinal));
        Assert.All(calls[..2], call => Assert.DoesNotContain("--repeat", call, StringComparison.Ordinal));
        Assert.Contains("--sequential --repeat 7", calls[2], StringComparison.Ordinal);
        Assert.DoesNotContain("--all-rules", calls[0], StringComparison.Ordinal);
        Assert.All(calls[1..], call => Assert.Contains("--all-rules", call, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WithoutSave_NothingIsWritten()
    {
        var before = _copy.Repository.Read(PerformanceData.File);
        await Measure(Driver(Report.Replace("FAILURES", "0", StringComparison.Ordinal)));
        Assert.Equal(before, _copy.Repository.Read(PerformanceData.File));
    }

    [Fact]
    public async Task BenchmarksAlone_KeepTheFiguresOfTheCorpus()
    {
        await Measure(Driver(Report.Replace("FAILURES", "0", StringComparison.Ordinal)), "--save");
        Assert.Equal(0, await Commands.Run(["measure", "--benchmarks", File("benchmarks.json", Benchmarks), "--save", "--root", _copy.Repository.Root]));
        var data = PerformanceData.Read(_copy.Repository);
        Assert.Equal(2_000, data.Corpus?.Lines);
        Assert.Equal(2, data.Benchmarks.Count);
    }

    [Fact]
    public async Task AnalyzerOfOurs_ThatThrew_IsExitCodeOne() => Assert.Equal(1, await Measure(Driver(Report.Replace("FAILURES", "1", StringComparison.Ordinal), exitCode: 3)));

    [Theory]
    [InlineData("", 0, "wrote no report")]
    [InlineData("{ \"roslyn\": ", 0, "is damaged")]
    [InlineData("null", 0, "is damaged")]
    [InlineData("{ \"sets\": [] }", 0, "is damaged")]
    [InlineData("{ \"roslyn\": \"5\", \"sets\": [], \"projects\": [], \"totals\": { \"lines\": 0, \"compileMs\": 0, \"sets\": {} } }", 0, "analysed nothing")]
    [InlineData("{ \"roslyn\": \"5\", \"sets\": [{ \"name\": \"x\", \"analyzers\": 1, \"rules\": 1 }], \"projects\": [], \"totals\": { \"lines\": 1, \"compileMs\": 1, \"sets\": {} } }", 0, "no totals of 'x'")]
    [InlineData("{}", 9, "exit code 9")]
    public async Task DriverThatFailsOrWritesNoReport_IsAClearFailure(string report, int exitCode, string reason)
    {
        var failure = await Assert.ThrowsAsync<ToolFailure>(() => Measure(Driver(report, exitCode)));
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--set is missing", "measure needs --set", "--driver", "EXISTS", "--corpus", "EXISTS")]
    [InlineData("no driver", "There is no corpus driver", "--driver", "/no/driver", "--corpus", "EXISTS", "--set", "a=EXISTS")]
    [InlineData("no corpus", "measure needs --corpus", "--driver", "EXISTS", "--set", "a=EXISTS")]
    [InlineData("no corpus file", "There is no corpus file", "--driver", "EXISTS", "--corpus", "/no/corpus", "--set", "a=EXISTS")]
    [InlineData("no dll", "there is no '/no/dll'", "--driver", "EXISTS", "--corpus", "EXISTS", "--set", "a=/no/dll")]
    [InlineData("no name", "is not <name>=", "--driver", "EXISTS", "--corpus", "EXISTS", "--set", "EXISTS")]
    [InlineData("twice", "the same name", "--driver", "EXISTS", "--corpus", "EXISTS", "--set", "a=EXISTS", "--set", "a=EXISTS")]
    [InlineData("no folder", "There is no folder", "--driver", "EXISTS", "--corpus", "EXISTS", "--set", "a=EXISTS", "--folder", "/no/folder")]
    [InlineData("repeat", "not a number of passes", "--driver", "EXISTS", "--corpus", "EXISTS", "--set", "a=EXISTS", "--repeat", "0")]
    [InlineData("unknown", "does not know '--fast'", "--fast")]
    [InlineData("value", "--driver needs a value", "--driver")]
    [InlineData("benchmarks", "There are no figures of benchmarks", "--benchmarks", "/no/file")]
    public async Task WrongOptions_AreRefused(string what, string reason, params string[] options)
    {
        var existing = File(what + ".file", "");
        var failure = await Assert.ThrowsAsync<ToolFailure>(
            () => Commands.Run(["measure", .. options.Select(option => option.Replace("EXISTS", existing, StringComparison.Ordinal)), "--root", _copy.Repository.Root]));
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "has no figures")]
    [InlineData("[ { } ]", "is damaged")]
    [InlineData("[ { \"benchmark\": \"Facts\", \"method\": \"Generate\", \"passes\": 1, \"medianMilliseconds\": 1, \"percentile95Milliseconds\": 1, \"processorMilliseconds\": 1, \"processorPercentile95Milliseconds\": 1 } ]", "without its baseline")]
    public async Task DamagedBenchmarks_AreAClearFailure(string text, string reason)
    {
        var failure = await Assert.ThrowsAsync<ToolFailure>(() => Commands.Run(["measure", "--benchmarks", File("damaged.json", text), "--save", "--root", _copy.Repository.Root]));
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"corpus\": ")]
    [InlineData("{ \"corpus\": { \"repositories\": 1, \"projects\": 1, \"lines\": 1, \"roslyn\": \"5\", \"repeat\": 1, \"packages\": [ { \"name\": \"a\", \"rules\": 1 } ], \"rules\": [] } }")]
    [InlineData("null")]
    public void DamagedSavedFigures_AreAClearFailure(string text)
    {
        _copy.Repository.Write(PerformanceData.File, text);
        Assert.Contains("is damaged", Assert.Throws<ToolFailure>(() => new PerformancePlot(_copy.Repository).Text()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DamagedSavedFigures_AreToldOfBeforeTheDriverRuns()
    {
        _copy.Repository.Write(PerformanceData.File, "null");
        var driver = Driver(Report.Replace("FAILURES", "0", StringComparison.Ordinal));
        await Assert.ThrowsAsync<ToolFailure>(() => Measure(driver, "--save"));
        Assert.False(System.IO.File.Exists(driver + ".calls"));
    }

    private Task<int> Measure(string driver, params string[] options) => Commands.Run(
    [
        "measure", "--driver", driver, "--corpus", File("corpus.json", "{}"), "--set", "Ours=" + File("ours.dll", ""), "--set", "R&D <other>=" + _copy.Repository.Root,
        .. options, "--root", _copy.Repository.Root,
    ]);

    private string File(string name, string text)
    {
        _copy.Repository.Write("measure/" + name, text);
        return _copy.Repository.PathOf("measure/" + name);
    }

    /// <summary>A program that writes down its arguments, and this report (none where it is empty).</summary>
    private string Driver(string report, int exitCode = 0)
    {
        var answer = File("answer.json", report);
        var file = File("driver.dll", "");
        File("driver.runtimeconfig.json", """{ "runtimeOptions": { "framework": { "name": "Microsoft.NETCore.App", "version": "10.0.0" } } }""");
        var source = $$"""
            using System;
            using System.IO;
            File.AppendAllText(@"{{file}}.calls", string.Join(' ', args) + "\n");
            var report = File.ReadAllText(@"{{answer}}");
            if (report.Length > 0)
                File.WriteAllText(args[Array.IndexOf(args, "--out") + 1], report);
            Console.WriteLine("analysed");
            return {{exitCode}};
            """;
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)).Select(path => MetadataReference.CreateFromFile(path));
        var result = CSharpCompilation.Create("driver", [CSharpSyntaxTree.ParseText(source)], references, new CSharpCompilationOptions(OutputKind.ConsoleApplication)).Emit(file);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return file;
    }
}
