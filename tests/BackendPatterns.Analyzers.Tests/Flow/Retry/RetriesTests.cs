using BackendPatterns.Analyzers.Flow.Retry;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Tests.Flow.Retry;

/// <summary>The questions of the retry model: is it a retry, what bounds it, how does it wait.</summary>
public class RetriesTests
{
    private const string Try = "try { return await http.GetStringAsync(\"a\"); }";

    [Theory]
    [InlineData("while (true) { " + Try + " catch (HttpRequestException) { } }", true)]
    [InlineData("for (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { } } return \"\";", true)]
    [InlineData("do { " + Try + " catch (HttpRequestException) { } } while (true);", true)]
    [InlineData("while (true) { var r = await http.GetAsync(\"a\"); if (r.IsSuccessStatusCode) return \"\"; }", true)]
    [InlineData("while (true) { try { await http.GetStringAsync(\"a\"); } catch (HttpRequestException) { } }", false)]
    [InlineData("while (true) { " + Try + " catch (HttpRequestException) { throw; } }", false)]
    [InlineData("while (true) { " + Try + " catch (FormatException) { } }", false)]
    [InlineData("while (true) { try { return int.Parse(name).ToString(); } catch (Exception) { Thread.Sleep(1); } }", false)]
    [InlineData("while (true) { try { await Task.Yield(); return name; } catch (Exception) { } }", false)]
    [InlineData("while (await http.GetStringAsync(\"a\") == name) { await Task.Delay(1); } return \"\";", false)]
    public void IsRetry(string body, bool expected) => Assert.Equal(expected, Of(body) is not null);

    [Fact]
    public void NestedFunction_IsNotTheLoopsBusiness() =>
        Assert.Null(Of("while (true) { Func<Task<string>> load = async () => { " + Try + " catch (HttpRequestException) { return name; } }; await Task.Yield(); load.ToString(); }"));

    [Theory]
    [InlineData("while (true) { " + Try + " catch (HttpRequestException) { } }", null)]
    [InlineData("while (true) { " + Try + " catch (HttpRequestException e) when (e.StatusCode == null) { } }", null)]
    [InlineData("for (var i = 0; i < 3; i++) { " + Try + " catch (HttpRequestException) { } } return \"\";", RetryBoundKind.Condition)]
    [InlineData("var n = 0; while (true) { " + Try + " catch (HttpRequestException) when (n++ < 3) { } }", RetryBoundKind.Condition)]
    [InlineData("var n = 0; while (true) { " + Try + " catch (HttpRequestException) { if (++n > 3) throw; } }", RetryBoundKind.Condition)]
    [InlineData("while (true) { " + Try + " catch (HttpRequestException) { await Task.Delay(1, ct); } }", RetryBoundKind.Cancellation)]
    [InlineData("while (!ct.IsCancellationRequested) { " + Try + " catch (HttpRequestException) { } } return \"\";", RetryBoundKind.Cancellation)]
    [InlineData("while (true) { " + Try + " catch (HttpRequestException) { await Task.Delay(1, CancellationToken.None); } }", null)]
    [InlineData("var waits = new Queue<int>(); while (true) { " + Try + " catch (HttpRequestException) { await Task.Delay(waits.Dequeue()); } }", RetryBoundKind.Call)]
    [InlineData("var waits = new int[3]; var n = 0; while (true) { " + Try + " catch (HttpRequestException) { await Task.Delay(waits[n++]); } }", RetryBoundKind.Call)]
    [InlineData("var waits = new int[3]; var n = 0; while (true) { " + Try + " catch (HttpRequestException) { await Task.Delay(waits[n++ % 3]); } }", null)]
    public void Bound(string body, RetryBoundKind? expected) => Assert.Equal(expected, Assert.Single(Of(body)!.Failures).Bound?.Kind);

    [Theory]
    [InlineData("", null)]
    [InlineData("await Task.Delay(1000);", RetryWaitKind.Constant)]
    [InlineData("await Task.Delay(TimeSpan.FromSeconds(2));", RetryWaitKind.Constant)]
    [InlineData("Thread.Sleep(10);", RetryWaitKind.Constant)]
    [InlineData("await Task.Delay(attempt * 100);", RetryWaitKind.Growing)]
    [InlineData("await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt)));", RetryWaitKind.Growing)]
    [InlineData("await Task.Delay(pause);", RetryWaitKind.Constant)]
    [InlineData("await Task.Delay(http.Timeout);", RetryWaitKind.Unknown)]
    public void Wait(string wait, RetryWaitKind? expected) =>
        Assert.Equal(expected, Of("for (var attempt = 0; ; attempt++) { " + Try + " catch (HttpRequestException) { " + wait + " } }")!.Wait?.Kind);

    [Theory]
    [InlineData("", "LoadAsync(name, depth: depth)", null)]
    [InlineData("", "LoadAsync(name, depth + 1)", null)]
    [InlineData("if (depth > 3) throw;", "LoadAsync(name, depth + 1)", RetryBoundKind.Condition)]
    [InlineData("var n = 0; if (++n > 3) throw;", "LoadAsync(name, depth)", null)]
    [InlineData("if (++_count > 3) throw;", "LoadAsync(name, depth)", RetryBoundKind.Condition)]
    [InlineData("await Task.Delay(1, ct);", "LoadAsync(name, depth, ct)", RetryBoundKind.Cancellation)]
    [InlineData("await Task.Delay(1);", "LoadAsync(name, depth, ct)", null)]
    public void BoundOfRecursion(string handler, string call, RetryBoundKind? expected) => Assert.Equal(expected, Assert.Single(OfRecursion(handler, call)!.Failures).Bound?.Kind);

    [Theory]
    [InlineData("", "LoadAsync(name)")]
    [InlineData("", "LoadAsync(name + 1, depth)")]
    [InlineData("", "LoadAsync(\"b\", depth)")]
    [InlineData("name = name.Trim();", "LoadAsync(name, depth)")]
    [InlineData("", "other.LoadAsync(name, depth)")]
    [InlineData("", "Task.Run(() => LoadAsync(name, depth))")]
    [InlineData("throw;", "LoadAsync(name, depth)")]
    public void OtherWork_IsNoRecursiveRetry(string handler, string call) => Assert.Null(OfRecursion(handler, call));

    [Fact]
    public void TwoFailures_AreToldApart()
    {
        var retry = Of("var n = 0; while (true) { " + Try + " catch (TimeoutException) { if (++n > 3) throw; } catch (HttpRequestException) { } }")!;
        Assert.Equal([RetryBoundKind.Condition, null], retry.Failures.Select(failure => failure.Bound?.Kind));
        Assert.Same(retry.Failures[1], retry.Unbounded);
    }

    [Fact]
    public void ExceptionAndStatus_AreTwoFailures()
    {
        var retry = Of("while (true) { try { var r = await http.GetAsync(\"a\"); if (r.IsSuccessStatusCode) return \"\"; } catch (HttpRequestException) { } }")!;
        Assert.Equal([RetryFailureKind.Exception, RetryFailureKind.Status], retry.Failures.Select(failure => failure.Kind));
    }

    [Fact]
    public void Operation_IsNamed() => Assert.Equal("HttpClient.GetStringAsync", Of("while (true) { " + Try + " catch (HttpRequestException) { } }")!.Operation);

    [Fact]
    public void DeepAndLongCode_ComesToAnEnd()
    {
        var conditions = string.Concat(Enumerable.Range(0, 300).Select(i => $"if (name.Length == {i}) {{ pause++; }} "));
        Assert.NotNull(Of("while (true) { " + Try + " catch (HttpRequestException) { " + conditions + " } }"));
        var flags = string.Concat(Enumerable.Range(0, 12).Select(i => $"var f{i} = true; "));
        var tests = string.Concat(Enumerable.Range(0, 12).Select(i => $"if (f{i}) f{i} = !f{i}; "));
        Assert.NotNull(Of(flags + "while (true) { " + Try + " catch (HttpRequestException) { " + tests + " } }"));
    }

    /// <summary>Roslyn builds a control flow graph by recursion; the compiler itself does not promise to survive much longer chains on every thread.</summary>
    [Fact]
    public void ThousandChainedCalls_AreLeftAlone()
    {
        var chain = string.Concat(Enumerable.Repeat(".Append('a')", 1_000));
        Assert.Null(Of("while (true) { " + Try + " catch (HttpRequestException) { var text = new System.Text.StringBuilder()" + chain + "; } }"));
    }

    private static RetryLoop? OfRecursion(string handler, string call)
    {
        var test = ModelTest.Compile($$"""
            public class Client(HttpClient http, Client other)
            {
                private int _count;

                public async Task<string> LoadAsync(string name, int depth = 0, CancellationToken ct = default)
                {
                    {{Try}} catch (HttpRequestException) { {{handler}} return await {{call}}; }
                }

                public override string ToString() => http.ToString() + other + _count;
            }
            """);
        var self = test.Tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Last(node => node.Expression.ToString().EndsWith("LoadAsync", StringComparison.Ordinal));
        return Retries.Of(test.Model.SemanticModelOf(test.Tree)!.GetOperation(self)!, test.Model, CancellationToken.None);
    }

    private static RetryLoop? Of(string body)
    {
        var test = ModelTest.Compile($$"""
            public class Client(HttpClient http)
            {
                public async Task<string> LoadAsync(string name, int pause, CancellationToken ct)
                {
                    {{body}}
                }

                public override string ToString() => http.ToString() + "";
            }
            """);
        var loop = test.Tree.GetRoot().DescendantNodes().First(node => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax);
        return Retries.Of(test.Model.SemanticModelOf(test.Tree)!.GetOperation(loop)!, test.Model, CancellationToken.None);
    }
}
