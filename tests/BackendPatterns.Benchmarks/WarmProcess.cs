namespace BackendPatterns.Benchmarks;

/// <summary>
/// The compiler and the rules as they run in a process that has been at work for a while, as the compiler server of a build is: without it the first benchmark alone would pay for the
/// code that the runtime compiles and recompiles. The development corpus shows what a cold process costs.
/// </summary>
internal static class WarmProcess
{
    private const int Passes = 6;
    private static bool s_isWarm;

    public static async Task Reach()
    {
        for (var pass = 0; pass < Passes && !s_isWarm; pass++)
        {
            var compilation = Subject.TenThousand.Compile();
            compilation.GetDiagnostics();
            await Subject.Analysis(compilation).GetAnalysisResultAsync(CancellationToken.None);
        }

        s_isWarm = true;
    }
}
