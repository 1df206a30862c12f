using System.Diagnostics;
using System.Globalization;
using BackendPatterns.Analyzers.Tests.Robustness.Deep;

namespace BackendPatterns.Analyzers.Tests.Robustness;

/// <summary>
/// Very deep and very long code neither overflows the stack nor takes for ever. Each run is a process of its own; where the compiler alone overflows, which is another depth for each of its
/// versions, nothing is said about the rules.
/// </summary>
public class DeepNestingTests
{
    [Theory]
    [InlineData(DeepCommand.SmallStack, 40)]
    [InlineData(DeepCommand.LargeStack, 20)]
    public async Task DeepSources_AreAnalysed(string stack, int part)
    {
        var failures = new List<string>();
        var sources = new DeepSources(part).All();
        for (var number = 0; number < sources.Length; number++)
        {
            var (exitCode, lines) = await Run(stack, $"{part}", $"{number}");
            failures.AddRange(lines.Where(line => line.StartsWith(DeepCommand.Failed, StringComparison.Ordinal)));
            if (lines.Contains(DeepCommand.Done))
                break;
            // The process ended in the middle of this source.
            var last = lines.Last(line => line.StartsWith(DeepCommand.Starts, StringComparison.Ordinal))[DeepCommand.Starts.Length..];
            number = int.Parse(last.Split(' ')[0], CultureInfo.InvariantCulture);
            var (_, alone) = await Run(stack, DeepCommand.CompilerAlone, $"{part}", $"{number}", sources[number].Name);
            if (alone.Contains(DeepCommand.Done))
                failures.Add($"{last}: exit code {exitCode}\n{string.Join('\n', lines.SkipWhile(line => !line.Contains("tack", StringComparison.Ordinal)).Take(60))}");
        }

        Assert.Empty(failures);
    }

    private static async Task<(int ExitCode, List<string> Lines)> Run(string stack, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(DeepNestingTests).Assembly.Location, "deep", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[DeepCommand.StackVariable] = stack;
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, [.. output.Split('\n').Concat((await errors).Split('\n')).Select(line => line.TrimEnd())]);
    }
}
