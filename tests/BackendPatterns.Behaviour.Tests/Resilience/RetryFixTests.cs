namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>A retry after the fix, executed: how often it tries, how long it waits, what comes out in the end.</summary>
public class RetryFixTests
{
    private const string Bounded = "BoundAttempts";
    private const string Pipeline = "ResiliencePipeline";

    private static readonly RetryScenario Asynchronous = new(
        """
            public async Task<string> Run(CancellationToken ct)
            {
                while (true)
                {
                    try
                    {
                        return await http.GetStringAsync("/a", ct);
                    }
                    catch (Exception)
                    {
                        await Task.Delay(1000);
                    }
                }
            }
        """);

    private static readonly RetryScenario Synchronous = new(
        """
            public string Run()
            {
                while (true)
                {
                    try
                    {
                        return gateway.Call();
                    }
                    catch (HttpRequestException)
                    {
                        Thread.Sleep(1000);
                    }
                }
            }
        """);

    private static readonly RetryScenario Status = new(
        """
            public async Task<string> Run()
            {
                while (true)
                {
                    var response = await http.GetAsync("/status");
                    if (response.IsSuccessStatusCode)
                        return await response.Content.ReadAsStringAsync();
                    await Task.Delay(1000);
                }
            }
        """);

    private static readonly RetryScenario Flag = new(
        """
            public async Task<string?> Run()
            {
                string? text = null;
                bool again;
                do
                {
                    again = false;
                    try
                    {
                        text = await gateway.CallAsync();
                    }
                    catch (HttpRequestException)
                    {
                        again = true;
                    }
                }
                while (again);
                return text;
            }
        """);

    private static readonly RetryScenario SkippedStatus = new(
        """
            public async Task<string> Run()
            {
                while (true)
                {
                    var response = await http.GetAsync("/status");
                    if (!response.IsSuccessStatusCode)
                    {
                        await Task.Delay(1000);
                        continue;
                    }

                    return await response.Content.ReadAsStringAsync();
                }
            }
        """);

    private static readonly RetryScenario Recursion = new(
        """
            public async Task<string> Run(CancellationToken ct)
            {
                try
                {
                    return await gateway.CallAsync();
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(1000);
                    return await Run(ct);
                }
            }
        """);

    private static readonly RetryScenario SynchronousRecursion = new(
        """
            public string Run()
            {
                try
                {
                    return gateway.Call();
                }
                catch (HttpRequestException)
                {
                    return Run();
                }
            }
        """);

    private static readonly RetryScenario VoidRecursion = new(
        """
            public string Run()
            {
                Send("a");
                return "done";
            }

            private void Send(string text)
            {
                try
                {
                    gateway.Call();
                }
                catch (HttpRequestException)
                {
                    Thread.Sleep(1000);
                    Send(text);
                }
            }
        """);

    private static readonly RetryScenario RecursionWithoutResult = new(
        """
            public async Task<string> Run()
            {
                await SendAsync("a");
                return "done";
            }

            private async Task SendAsync(string text)
            {
                try
                {
                    await gateway.CallAsync();
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(1000);
                    await SendAsync(text);
                    return;
                }
            }
        """);

    private static readonly RetryScenario RecursionAfterTheTry = new(
        """
            public Task<string> Run()
            {
                return LoadAsync();

                async Task<string> LoadAsync()
                {
                    try
                    {
                        return await gateway.CallAsync();
                    }
                    catch (HttpRequestException)
                    {
                    }

                    await Task.Delay(1000);
                    return await LoadAsync();
                }
            }
        """);

    private static readonly RetryScenario RecursionOnStatus = new(
        """
            public async Task<string> Run()
            {
                var response = await http.GetAsync("/status");
                if (!response.IsSuccessStatusCode)
                {
                    await Task.Delay(1000);
                    return await Run();
                }

                return await response.Content.ReadAsStringAsync();
            }
        """);

    private static readonly RetryScenario RecursionOfGenericMethod = new(
        """
            public async Task<string> Run()
            {
                return await RetryAsync(() => gateway.CallAsync());
            }

            private static async Task<T> RetryAsync<T>(Func<Task<T>> work)
            {
                T result;
                try
                {
                    result = await work();
                }
                catch (HttpRequestException)
                {
                    return await RetryAsync(work);
                }

                return result;
            }
        """);

    private static readonly Dictionary<string, RetryScenario> Scenarios = new()
    {
        ["async"] = Asynchronous,
        ["sync"] = Synchronous,
        ["status"] = Status,
        ["flag"] = Flag,
        ["skipped status"] = SkippedStatus,
        ["recursion"] = Recursion,
        ["synchronous recursion"] = SynchronousRecursion,
        ["void recursion"] = VoidRecursion,
        ["recursion without result"] = RecursionWithoutResult,
        ["recursion after the try"] = RecursionAfterTheTry,
        ["recursion on status"] = RecursionOnStatus,
        ["recursion of a generic method"] = RecursionOfGenericMethod,
    };

    public static TheoryData<string> Shapes => [.. Scenarios.Keys];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task LastingFailure_EndsAfterFiveAttempts(string shape)
    {
        var run = await (await Of(shape).Fixed(Bounded)).Run();
        Assert.True(run.Ended);
        Assert.Equal(5, run.Calls);
        Assert.IsType<HttpRequestException>(run.Failure);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Waits_DoubleUpToTheJitter(string shape)
    {
        var run = await (await Of(shape).Fixed(Bounded)).Run();
        Assert.Equal([200, 400, 800, 1600], run.Waits);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task SuccessAfterTwoFailures_GivesTheSameResultAsBefore(string shape)
    {
        var conditions = new RetryConditions(FailuresBeforeSuccess: 2);
        var before = await Of(shape).Run(conditions);
        var after = await (await Of(shape).Fixed(Bounded)).Run(conditions);
        Assert.Equal("done", before.Result);
        Assert.Equal((before.Result, before.Calls), (after.Result, after.Calls));
    }

    [Fact]
    public async Task LastFailure_ComesOutWithItsStack()
    {
        var run = await (await Synchronous.Fixed(Bounded)).Run();
        Assert.Equal("failure 5", run.Failure!.Message);
        Assert.Contains("Gateway.Call", run.Failure.StackTrace);
    }

    [Fact]
    public async Task LastFailureOfRecursion_ComesOutWithItsStack()
    {
        var run = await (await SynchronousRecursion.Fixed(Bounded)).Run();
        Assert.Equal("failure 5", run.Failure!.Message);
        Assert.Equal(1, run.Failure.StackTrace!.Split("Gateway.Call").Length - 1);
    }

    [Fact]
    public async Task CancelledWaitOfRecursion_EndsTheRetry()
    {
        var run = await (await Recursion.Fixed(Bounded)).Run(new RetryConditions(CancelAt: 2));
        Assert.Equal(2, run.Calls);
        Assert.IsAssignableFrom<OperationCanceledException>(run.Failure);
    }

    [Fact]
    public async Task CancelledOperationOfRecursion_IsNotTriedAgain()
    {
        var scenario = new RetryScenario(
            """
                public async Task<string> Run(CancellationToken ct)
                {
                    try
                    {
                        return await http.GetStringAsync("/a", ct);
                    }
                    catch (Exception)
                    {
                        return await Run(ct);
                    }
                }
            """);
        var run = await (await scenario.Fixed(Bounded)).Run(new RetryConditions(CancelAt: 1));
        Assert.Equal(1, run.Calls);
        Assert.IsAssignableFrom<OperationCanceledException>(run.Failure);
    }

    [Fact]
    public async Task CancelledOperation_IsNotTriedAgain()
    {
        var run = await (await Asynchronous.Fixed(Bounded)).Run(new RetryConditions(CancelAt: 1));
        Assert.Equal(1, run.Calls);
        Assert.IsAssignableFrom<OperationCanceledException>(run.Failure);
    }

    [Fact]
    public async Task CancelledWait_EndsTheRetry()
    {
        var scenario = new RetryScenario(
            """
                public async Task<string> Run(CancellationToken ct)
                {
                    while (true)
                    {
                        try
                        {
                            return await gateway.CallAsync();
                        }
                        catch (HttpRequestException)
                        {
                            await Task.Delay(1000);
                        }
                    }
                }
            """);
        var run = await (await scenario.Fixed(Bounded)).Run(new RetryConditions(CancelAt: 2));
        Assert.Equal(2, run.Calls);
        Assert.IsAssignableFrom<OperationCanceledException>(run.Failure);
    }

    [Fact]
    public async Task Waits_AreCapped()
    {
        var scenario = await Synchronous.Fixed(Bounded);
        Assert.Contains("Math.Min(30_000, 100 * Math.Pow(2, attempt))", scenario.Text);
    }

    [Fact]
    public async Task Pipeline_EndsAfterFiveAttempts()
    {
        var run = await (await Asynchronous.Fixed(Pipeline)).Run();
        Assert.Equal(5, run.Calls);
        Assert.Equal("failure 5", run.Failure!.Message);
        Assert.Equal(4, run.Waits.Count);
    }

    [Fact]
    public async Task Pipeline_GivesTheResultOfTheThirdAttempt()
    {
        var run = await (await Asynchronous.Fixed(Pipeline)).Run(new RetryConditions(FailuresBeforeSuccess: 2));
        Assert.Equal(("done", 3), (run.Result, run.Calls));
    }

    [Fact]
    public async Task Pipeline_DoesNotRetryCancellation()
    {
        var run = await (await Asynchronous.Fixed(Pipeline)).Run(new RetryConditions(CancelAt: 1));
        Assert.Equal(1, run.Calls);
        Assert.IsAssignableFrom<OperationCanceledException>(run.Failure);
    }

    private static RetryScenario Of(string shape) => Scenarios[shape];
}
