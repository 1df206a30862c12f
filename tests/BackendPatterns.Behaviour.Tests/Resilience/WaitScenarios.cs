namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>Retries with the constants and helpers that their waits come from.</summary>
internal static class WaitScenarios
{
    /// <summary>A method <c>Run</c> with this body, which returns nothing of interest once its attempts are used up.</summary>
    public static RetryScenario With(string body, string parameters = "") => new(
        $$"""
            private const int Pause = 250;

            private static readonly TimeSpan PauseTime = TimeSpan.FromMilliseconds(250);

            private int _pause = 10;

            private int _noted;

            public async Task<string> Run({{parameters}})
            {
        #pragma warning disable CS0162
                {{body}}
                return "gave up";
        #pragma warning restore CS0162
            }

            public override string ToString() => $"{Pause} {PauseTime} {_pause} {_noted}";

            private Task<string> Load() => http.GetStringAsync("/a");

            private async Task<string> LoadSlowly()
            {
                await Task.Delay(_pause++);
                return await http.GetStringAsync("/a");
            }

            private static async Task Pausing(int attempt) => await Task.Delay(attempt);

            private static TimeSpan Fixed() => PauseTime;

            private static TimeSpan Ignoring(int _) => PauseTime;

            private static TimeSpan Growing(int attempt) => TimeSpan.FromMilliseconds(100 * attempt);

            private void Note(int attempt) => _noted += attempt;
        """);
}
