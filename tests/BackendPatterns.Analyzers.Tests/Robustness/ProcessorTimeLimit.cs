namespace BackendPatterns.Analyzers.Tests.Robustness;

/// <summary>
/// Cancels what has used the processor for too long. The time of the whole process counts, so that a busy machine, on which everything takes long, is not mistaken for a hang; work that
/// waits for something that never comes is cancelled by the clock, later.
/// </summary>
internal sealed class ProcessorTimeLimit : IDisposable
{
    /// <summary>A document takes milliseconds. What takes this long, with others beside it, hangs.</summary>
    public static readonly TimeSpan PerDocument = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    // How much longer than the processor the clock may take, on a machine that does much else.
    private const int Patience = 30;

    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Timer _timer;
    private readonly TimeSpan _started = Environment.CpuUsage.TotalTime;
    private readonly long _startedAt = Environment.TickCount64;
    private readonly TimeSpan _limit;

    public ProcessorTimeLimit(TimeSpan limit)
    {
        _limit = limit;
        _timer = new Timer(_ => Check(), null, Between, Between);
    }

    /// <summary>Cancelled when the time is over.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>Returns what the work returns.</summary>
    /// <exception cref="OperationCanceledException">The time is over, and the work noticed.</exception>
    /// <exception cref="TimeoutException">It is over twice, and the work did not: it runs on.</exception>
    public async Task<T> Run<T>(Func<CancellationToken, Task<T>> work)
    {
        var running = Task.Run(() => work(Token), CancellationToken.None);
        return await Task.WhenAny(running, _givenUp.Task) == running ? await running : throw new TimeoutException("It did not end when it was cancelled.");
    }

    public void Dispose()
    {
        _timer.Dispose();
        _cancellation.Dispose();
    }

    private void Check()
    {
        var used = Math.Max((Environment.CpuUsage.TotalTime - _started).TotalSeconds, (Environment.TickCount64 - _startedAt) / 1000.0 / Patience);
        if (used > _limit.TotalSeconds * 2)
            _givenUp.TrySetResult();
        else if (used > _limit.TotalSeconds && !_cancellation.IsCancellationRequested)
            _cancellation.Cancel();
    }
}
