using System.Collections.Immutable;
using BackendPatterns.Analyzers.Tests.Verification;

namespace BackendPatterns.Analyzers.Tests.Repository;

/// <summary>The page of one rule and its marked code blocks, in order.</summary>
internal sealed class RulePage
{
    private const string Fence = "```";
    private const string Opening = "```csharp";

    private RulePage(ImmutableArray<string> lines)
    {
        Lines = lines;
        Blocks = [.. Read(lines)];
    }

    public ImmutableArray<string> Lines { get; }

    public ImmutableArray<CodeBlock> Blocks { get; }

    public static RulePage Of(string id) => new([.. File.ReadAllLines(Path.Combine(TestReferences.RepositoryRoot, "docs", "rules", id + ".md"))]);

    private static IEnumerable<CodeBlock> Read(ImmutableArray<string> lines)
    {
        for (var at = 0; at < lines.Length; at++)
        {
            if (!lines[at].StartsWith(Opening, StringComparison.Ordinal))
                continue;
            var end = at + 1;
            while (end < lines.Length && lines[end] != Fence)
                end++;
            yield return new CodeBlock(lines[at][Opening.Length..].Trim(), string.Concat(lines[(at + 1)..end].Select(line => line + "\n")), at + 1);
            at = end;
        }
    }
}

/// <param name="Kind">What stands after <c>```csharp</c>: violation, fixed, ok, or nothing.</param>
/// <param name="Code">The text, every line with a line feed.</param>
/// <param name="Line">The line of the opening fence in the page.</param>
internal sealed record CodeBlock(string Kind, string Code, int Line)
{
    private const string OptionMark = "// .editorconfig: ";

    /// <summary>The options that the first lines of the block state, for a rule that needs one; else null.</summary>
    public string? Options =>
        string.Join('\n', Code.Split('\n').TakeWhile(line => line.StartsWith(OptionMark, StringComparison.Ordinal)).Select(line => line[OptionMark.Length..])) is { Length: > 0 } options ? options : null;

    public bool IsProgram => Code.StartsWith("// program", StringComparison.Ordinal);
}
