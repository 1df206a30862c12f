namespace BackendPatterns.Analyzers.Flow.Boundaries;

/// <summary>Whether an execution strategy runs an operation.</summary>
internal enum StrategyPlace
{
    /// <summary>Nobody visible calls it, or somebody whose own callers cannot be told.</summary>
    Unknown,

    /// <summary>Every way to it leads through a strategy.</summary>
    Inside,

    /// <summary>There is a way to it from an entry point of the application that leads through none.</summary>
    Outside,
}
