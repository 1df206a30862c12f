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

    public static TheoryData<string> Shapes => ["async", "sync", "status", "flag"];

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

    private static RetryScenario Of(string shape) => shape switch
    {
        "async" => Asynchronous,
        "sync" => Synchronous,
        "status" => Status,
        _ => Flag,
    };
}
