namespace BackendPatterns.Benchmarks.Generated;

/// <summary>One file of the generated application.</summary>
public sealed record GeneratedFile(string Path, string Text)
{
    public int Lines { get; } = Text.Count(character => character == '\n');
}
