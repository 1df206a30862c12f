using BackendPatterns.RuleTool;

try
{
    return await Commands.Run(args);
}
catch (ToolFailure failure)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 2;
}
catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"A file could not be read or written: {failure.Message}");
    return 2;
}
