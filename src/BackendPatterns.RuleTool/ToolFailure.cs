namespace BackendPatterns.RuleTool;

/// <summary>A reason to stop that the caller can mend: a wrong argument, a missing file. Printed as one message, exit code 2.</summary>
public sealed class ToolFailure(string message) : Exception(message);
