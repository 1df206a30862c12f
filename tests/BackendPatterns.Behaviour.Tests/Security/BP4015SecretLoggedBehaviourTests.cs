using System.Text.Json;
using BackendPatterns.Analyzers.CodeFixes.Security;
using BackendPatterns.Analyzers.Rules.Security;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.Security;

/// <summary>What a logger is given before and after the fix of BP4015: the secret goes, every other value keeps its name.</summary>
public class BP4015SecretLoggedBehaviourTests
{
    [Theory]
    [InlineData("\"Refused {Name} with {Token} from {City}\", name, token, city", "Refused ada from Ulm")]
    [InlineData("\"Refused {Token} of {Name} in {City}\", token, name, city", "Refused of ada in Ulm")]
    [InlineData("\"Refused {Name} in {City}: '{Token}'\", name, city, token", "Refused ada in Ulm")]
    [InlineData("\"{Token} {Key} {Name} {City}\", token, apiKey, name, city", "ada Ulm")]
    [InlineData("\"Refused {0} of {1} in {2}\", token, name, city", "Refused of ada in Ulm")]
    [InlineData("new Exception(), \"Refused {Name,5} ({Token:x}) {{in}} {City}\", name, token, city", "Refused   ada {in} Ulm")]
    [InlineData("$\"Refused {name} with {token} from {city}\"", "Refused ada from Ulm")]
    public async Task Value_IsDropped(string call, string message)
    {
        var run = await BeforeAndAfter.Of<BP4015SecretLoggedAnalyzer, BP4015SecretLoggedFix>(Source(call));
        var (before, after) = (Entry(run.Before), Entry(run.After));
        Assert.Contains("s3cret", before.Message, StringComparison.Ordinal);
        Assert.Equal(message, after.Message);
        Assert.Equal(before.Values.Where(value => !value.Value.StartsWith("s3cret", StringComparison.Ordinal)), after.Values);
    }

    [Theory]
    [InlineData("\"{Token}\", token", "[redacted]")]
    [InlineData("\"Refused {Name} with {Token} from \" + city, name, token", "Refused ada with [redacted] from Ulm")]
    [InlineData("\"Refused \" + name + \" with \" + token", "Refused ada with [redacted]")]
    public async Task Value_IsRedacted(string call, string message)
    {
        var run = await BeforeAndAfter.Of<BP4015SecretLoggedAnalyzer, BP4015SecretLoggedFix>(Source(call));
        Assert.Contains("s3cret", Entry(run.Before).Message, StringComparison.Ordinal);
        Assert.Equal(message, Entry(run.After).Message);
    }

    private static LogEntry Entry(ScenarioRun run) => JsonSerializer.Deserialize<LogEntry>(run.Answer)!;

    private static string Source(string call) => $$"""
        using Microsoft.Extensions.Logging;

        public sealed class Recorder : ILogger
        {
            public string Message = "";
            public Dictionary<string, string?> Values = [];

            public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> format)
            {
                Message = format(state, exception);
                foreach (var pair in (IEnumerable<KeyValuePair<string, object?>>)state!)
                {
                    if (pair.Key != "{OriginalFormat}")
                        Values.Add(pair.Key, pair.Value?.ToString());
                }
            }

            public bool IsEnabled(LogLevel level) => true;

            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        }

        public static class Scenario
        {
            public static object? Run(ShopContext db)
            {
                var recorder = new Recorder();
                Refuse(recorder, "ada", "s3cret-token", "s3cret-key", "Ulm");
                return new { recorder.Message, recorder.Values };
            }

            private static void Refuse(ILogger logger, string name, string token, string apiKey, string city) => logger.LogInformation({{call}});
        }
        """;

    private sealed record LogEntry(string Message, Dictionary<string, string> Values);
}
