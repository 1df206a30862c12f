namespace BackendPatterns.Analyzers.Tests.Robustness.Mutation;

/// <param name="Where">The rule, the fix or the generator that failed.</param>
/// <param name="What">The exception, or that the time was over.</param>
internal sealed record Finding(string Where, string What)
{
    private const string OwnFrame = "   at BackendPatterns.Analyzers.";

    /// <summary>The same for findings with the same cause: the failing part, the kind of exception, and where it passed our code last.</summary>
    public string Cause =>
        $"{Where}: {What.Split('\n')[0].Split(':')[0]} {What.Split('\n').Select(line => line.TrimEnd()).FirstOrDefault(line => line.StartsWith(OwnFrame, StringComparison.Ordinal) && !line.Contains(".Tests.", StringComparison.Ordinal))?.Trim()}";

    /// <summary>True where code of Roslyn threw: whether it does so without rules too is to be asked.</summary>
    public bool IsInCompiler => What.Split('\n').FirstOrDefault(static line => line.StartsWith("   at ", StringComparison.Ordinal))?.StartsWith("   at Microsoft.CodeAnalysis.", StringComparison.Ordinal) == true;
}
