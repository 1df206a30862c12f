using BackendPatterns.Analyzers.Flow.Retry;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Tests.Flow.Retry;

/// <summary>How long a retry waits, and what counts its attempts.</summary>
public class WaitTimeTests
{
    private const string Try = "try { return await http.GetStringAsync(\"a\"); }";

    [Theory]
    [InlineData("1500", RetryWaitKind.Constant, 1500.0)]
    [InlineData("TimeSpan.FromSeconds(1.5)", RetryWaitKind.Constant, 1500.0)]
    [InlineData("TimeSpan.FromMinutes(2)", RetryWaitKind.Constant, 120_000.0)]
    [InlineData("new TimeSpan(0, 1, 30)", RetryWaitKind.Constant, 90_000.0)]
    [InlineData("Number * 2", RetryWaitKind.Constant, 500.0)]
    [InlineData("Static", RetryWaitKind.Constant, 2000.0)]
    [InlineData("_readOnly", RetryWaitKind.Constant, 3000.0)]
    [InlineData("Property", RetryWaitKind.Constant, 2000.0)]
    [InlineData("pause", RetryWaitKind.Constant, null)]
    [InlineData("Through(TimeSpan.FromSeconds(4))", RetryWaitKind.Constant, 4000.0)]
    [InlineData("Through(Through(Static))", RetryWaitKind.Constant, 2000.0)]
    [InlineData("Through(TimeSpan.FromSeconds(attempt))", RetryWaitKind.Growing, null)]
    [InlineData("Power(attempt)", RetryWaitKind.Growing, null)]
    [InlineData("Power(3)", RetryWaitKind.Constant, null)]
    [InlineData("TimeSpan.FromSeconds(Math.Pow(2, attempt))", RetryWaitKind.Growing, null)]
    [InlineData("Static * attempt", RetryWaitKind.Growing, null)]
    [InlineData("numbers[attempt]", RetryWaitKind.Growing, null)]
    [InlineData("numbers[0]", RetryWaitKind.Unknown, null)]
    [InlineData("attempt switch { 0 => 10, _ => 20 }", RetryWaitKind.Growing, null)]
    [InlineData("_mutable", RetryWaitKind.Unknown, null)]
    [InlineData("_given", RetryWaitKind.Unknown, null)]
    [InlineData("http.Timeout", RetryWaitKind.Unknown, null)]
    [InlineData("Random.Shared.Next(1, 9)", RetryWaitKind.Unknown, null)]
    [InlineData("Random.Shared.Next(1, 9) + 100 * attempt", RetryWaitKind.Growing, null)]
    [InlineData("Endless(attempt)", RetryWaitKind.Unknown, null)]
    [InlineData("Endless(1)", RetryWaitKind.Unknown, null)]
    public void Time_IsFollowed(string time, RetryWaitKind kind, double? milliseconds)
    {
        var wait = Of("for (var attempt = 0; attempt < 3; attempt++) { " + Try + " catch (HttpRequestException) { await Task.Delay(" + time + "); } } return \"\";").Retry.Wait!;
        Assert.Equal((kind, milliseconds), (wait.Kind, wait.Time.Milliseconds));
    }

    [Fact]
    public void WaitsOfTwoKinds_AreUnknown()
    {
        var wait = Of("for (var n = 0; n < 3; n++) { " + Try + " catch (TimeoutException) { await Task.Delay(n); } catch (HttpRequestException) { await Task.Delay(5); } } return \"\";").Retry.Wait!;
        Assert.Equal((RetryWaitKind.Unknown, false), (wait.Kind, wait.IsOnly));
    }

    [Theory]
    [InlineData("for (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { } }", "i", 3)]
    [InlineData("for (var i = 1; i <= 3; i++) { " + Try + " catch (HttpRequestException) { } }", "i", 3)]
    [InlineData("for (var i = 5; i > 0; i--) { " + Try + " catch (HttpRequestException) { } }", "i", 5)]
    [InlineData("for (var i = 0; ; i++) { " + Try + " catch (HttpRequestException) when (i < 3) { } }", "i", 4)]
    [InlineData("var n = 0; while (true) { " + Try + " catch (HttpRequestException) { if (++n >= 3) throw; } }", "n", 3)]
    [InlineData("var n = 0; while (true) { " + Try + " catch (HttpRequestException) { if (n++ >= 3) throw; } }", "n", 4)]
    [InlineData("var n = 0; while (true) { " + Try + " catch (HttpRequestException) when (n++ < 3) { } }", "n", 4)]
    [InlineData("var n = 0; while (true) { if (n == 3) break; n++; " + Try + " catch (HttpRequestException) { } }", "n", 3)]
    [InlineData("var n = 3; while (n-- > 0) { " + Try + " catch (HttpRequestException) { } }", "n", 3)]
    [InlineData("var n = 3; while (0 < n) { " + Try + " catch (HttpRequestException) { n -= 1; } }", "n", 3)]
    [InlineData("var n = 0; do { " + Try + " catch (HttpRequestException) { } } while (++n < 3);", "n", 3)]
    [InlineData("for (var i = 0; i < 9; i++) { " + Try + " catch (HttpRequestException) { if (i == 1) throw; } }", "i", 2)]
    [InlineData("for (var i = 0; i < pause; i++) { " + Try + " catch (HttpRequestException) { } }", "i", null)]
    [InlineData("while (pause-- > 0) { " + Try + " catch (HttpRequestException) { } }", "pause", null)]
    [InlineData("var n = 0; while (DateTime.UtcNow.Year > 3) { " + Try + " catch (HttpRequestException) { n++; } }", null, null)]
    [InlineData("var n = 0; while (n < 9) { " + Try + " catch (HttpRequestException) { n++; n++; } }", null, null)]
    [InlineData("var n = 0; while (DateTime.UtcNow.Year > 3) { " + Try + " catch (HttpRequestException) { if (++n > 2) http.CancelPendingRequests(); } }", null, null)]
    public void Counter_IsFound(string loop, string? name, int? attempts)
    {
        var counter = Of(loop + " return \"\";").Counter;
        Assert.Equal((name, attempts), (counter?.Variable.Name, counter?.Attempts));
    }

    private static (RetryLoop Retry, AttemptCounter? Counter) Of(string body)
    {
        var test = ModelTest.Compile($$"""
            public class Client(HttpClient http, TimeSpan given)
            {
                private const int Number = 250;
                private static readonly TimeSpan Static = TimeSpan.FromSeconds(2);
                private readonly TimeSpan _readOnly = TimeSpan.FromSeconds(3);
                private readonly TimeSpan _given = given;
                private TimeSpan _mutable = TimeSpan.FromSeconds(3);

                private static TimeSpan Property => Static;

                public async Task<string> LoadAsync(int pause, int[] numbers)
                {
            #pragma warning disable CS0162
                    {{body}}
                }

                public override string ToString() => "" + http + _readOnly + _given + _mutable++;

                private static TimeSpan Through(TimeSpan time) => time;

                private static TimeSpan Power(int attempt) => TimeSpan.FromSeconds(Math.Pow(2, attempt));

                private static TimeSpan Endless(int attempt) => Endless(attempt);
            }
            """.Replace("_mutable++", "(_mutable = _given)", StringComparison.Ordinal));
        var loop = test.Tree.GetRoot().DescendantNodes().First(node => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax);
        var retry = Retries.Of(test.Model.SemanticModelOf(test.Tree)!.GetOperation(loop)!, test.Model, CancellationToken.None)!;
        return (retry, AttemptCounter.Of(retry, test.Model));
    }
}
