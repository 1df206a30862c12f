using System.Collections.Concurrent;
using System.Diagnostics;

namespace BackendPatterns.RuleTool.Measure;

/// <summary>The program outside this repository that compiles applications in memory and runs analyzers over them.</summary>
public sealed class CorpusDriver(MeasureArguments arguments)
{
    // The driver's own code for: done, but an analyzer threw or did not end.
    private const int AnalyzerFailed = 3;
    private const int LinesShown = 20;

    /// <summary>The report of one run with these further options; what the driver prints goes to the error output as it comes.</summary>
    /// <exception cref="ToolFailure">The driver could not be started, failed, or left no readable report.</exception>
    public DriverReport Run(params IEnumerable<string> options)
    {
        var folder = Directory.CreateTempSubdirectory("measure-");
        try
        {
            var file = Path.Combine(folder.FullName, "report.json");
            Start([
                "run", "--corpus", arguments.Corpus, .. arguments.Inputs, .. arguments.Sets.SelectMany(set => new[] { "--set", set }),
                "--no-binding", "--no-diagnostics", .. options, "--out", file,
            ]);
            return DriverReport.Read(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private void Start(IEnumerable<string> options)
    {
        var driver = Path.GetFullPath(arguments.Driver!);
        var isAssembly = driver.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(isAssembly ? "dotnet" : driver, isAssembly ? options.Prepend(driver) : options) { RedirectStandardOutput = true, RedirectStandardError = true };
        var last = new ConcurrentQueue<string>();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Show(line.Data);
        process.ErrorDataReceived += (_, line) => Show(line.Data);
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new ToolFailure($"The corpus driver '{driver}' could not be started: {failure.Message}");
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        if (process.ExitCode is not (0 or AnalyzerFailed))
            throw new ToolFailure($"The corpus driver ended with exit code {process.ExitCode}:\n{string.Join('\n', last)}");

        void Show(string? line)
        {
            if (line is null)
                return;
            Console.Error.WriteLine(line);
            last.Enqueue(line);
            while (last.Count > LinesShown)
                last.TryDequeue(out _);
        }
    }
}
