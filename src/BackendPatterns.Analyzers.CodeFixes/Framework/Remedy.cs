using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.CodeFixes.Framework;

/// <summary>One change that a fix offers.</summary>
/// <param name="Title">What the user reads in the menu: the remedy, in the imperative.</param>
/// <param name="Key">Tells the remedies of one rule apart; Fix All applies the one with the same key everywhere.</param>
/// <param name="ApplyAsync">Returns the changed solution.</param>
/// <param name="IsForFixAll">False for a change that a person should decide one place at a time.</param>
public sealed record Remedy(string Title, string Key, Func<CancellationToken, Task<Solution>> ApplyAsync, bool IsForFixAll = true)
{
    /// <summary>A change of one document.</summary>
    public Remedy(string Title, string Key, Func<CancellationToken, Task<Document>> ApplyAsync, bool IsForFixAll = true)
        : this(Title, Key, async cancellation => (await ApplyAsync(cancellation).ConfigureAwait(false)).Project.Solution, IsForFixAll)
    {
    }
}
