using System.Diagnostics;

namespace BackendPatterns.Package.Tests;

/// <summary>The command line tool for JSON that the examples for code scanning use.</summary>
internal static class Jq
{
    /// <summary>The tool, or null on a machine that does not have it.</summary>
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .SelectMany(static folder => new[] { System.IO.Path.Combine(folder, "jq"), System.IO.Path.Combine(folder, "jq.exe") }).FirstOrDefault(File.Exists);

    /// <summary>The output of a run that has to succeed.</summary>
    public static async Task<string> Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path!, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }
}

/// <summary>A test that needs <c>jq</c>, which the build machines of GitHub and Azure have.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JqFactAttribute : FactAttribute
{
    public JqFactAttribute()
    {
        if (Jq.Path is null)
            Skip = "jq is not installed.";
    }
}
