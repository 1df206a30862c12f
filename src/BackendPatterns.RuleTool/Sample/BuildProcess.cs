using System.Diagnostics;

namespace BackendPatterns.RuleTool.Sample;

/// <summary>Runs the dotnet command line, away from the settings of a build or test run that this process may itself be part of.</summary>
public static class BuildProcess
{
    /// <summary>The standard output of a successful run.</summary>
    /// <exception cref="ToolFailure">The command could not be started or failed; the message shows what it printed.</exception>
    public static string Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(IsOfTheHost).ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var process = Process.Start(start) ?? throw new ToolFailure("The command 'dotnet' could not be started.");
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new ToolFailure($"'dotnet {string.Join(' ', arguments)}' failed with exit code {process.ExitCode}:\n{output}{errors.Result}");
    }

    private static bool IsOfTheHost(string name) => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name is "VSTEST_CONNECTION_TIMEOUT";
}
