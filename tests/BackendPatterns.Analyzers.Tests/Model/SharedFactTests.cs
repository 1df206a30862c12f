using BackendPatterns.Analyzers.Model;

namespace BackendPatterns.Analyzers.Tests.Model;

/// <summary>Parts of the model that are computed once.</summary>
public class SharedFactTests
{
    [Fact]
    public async Task ManyThreads_ComputeOnce()
    {
        var computed = 0;
        using var started = new ManualResetEventSlim();
        var part = BackendModel.Once(() =>
        {
            started.Wait();
            return Interlocked.Increment(ref computed);
        });
        var asking = Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(() => part.Value, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        started.Set();

        Assert.All(await Task.WhenAll(asking), value => Assert.Equal(1, value));
        Assert.Equal(1, computed);
    }

    [Fact]
    public void CancelledComputation_IsNotKept()
    {
        var attempts = 0;
        var part = BackendModel.Once(() => ++attempts == 1 ? throw new OperationCanceledException() : attempts);

        Assert.Throws<OperationCanceledException>(() => part.Value);
        Assert.Equal(2, part.Value);
        Assert.Equal(2, part.Value);
    }

    [Fact]
    public void PartThatAsksForAnother_IsComputed()
    {
        var inner = BackendModel.Once(() => 20);
        var outer = BackendModel.Once(() => inner.Value + 1);

        Assert.Equal(21, outer.Value);
    }
}
