namespace BackendPatterns.Analyzers.Build;

/// <summary>A reason not to write a baseline, said in one sentence.</summary>
public sealed class BaselineRefusal(string message) : Exception(message);
