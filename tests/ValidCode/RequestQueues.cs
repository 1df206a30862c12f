using System.Threading.Channels;

namespace ValidCode;

/// <summary>Queues between requests and a worker that cannot grow for ever.</summary>
public class BoundedMailQueue
{
    private readonly Channel<int> _orders = Channel.CreateBounded<int>(new BoundedChannelOptions(500) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    public ValueTask AddAsync(int orderId, CancellationToken cancellationToken) => _orders.Writer.WriteAsync(orderId, cancellationToken);

    public IAsyncEnumerable<int> ReadAllAsync(CancellationToken cancellationToken) => _orders.Reader.ReadAllAsync(cancellationToken);
}

/// <summary>Unbounded, but nobody writes to it who has not got one of the places.</summary>
public class CountedMailQueue
{
    private readonly Channel<int> _orders = Channel.CreateUnbounded<int>();
    private readonly SemaphoreSlim _places = new(500);

    public async ValueTask AddAsync(int orderId, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        await _orders.Writer.WriteAsync(orderId, cancellationToken);
    }

    public async ValueTask<int> TakeAsync(CancellationToken cancellationToken)
    {
        var order = await _orders.Reader.ReadAsync(cancellationToken);
        _places.Release();
        return order;
    }
}

/// <summary>Written by a worker alone.</summary>
public class ProgressQueue
{
    private readonly Channel<int> _steps = Channel.CreateUnbounded<int>();

    public void Add(int step) => _steps.Writer.TryWrite(step);

    public IAsyncEnumerable<int> ReadAllAsync(CancellationToken cancellationToken) => _steps.Reader.ReadAllAsync(cancellationToken);
}

public static class RequestQueueEndpoints
{
    public static void MapRequestQueues(WebApplicationBuilder builder, WebApplication app)
    {
        builder.Services.AddSingleton<BoundedMailQueue>();
        builder.Services.AddSingleton<CountedMailQueue>();
        builder.Services.AddSingleton<ProgressQueue>();
        app.MapGet("/mail/{id:int}", async (int id, BoundedMailQueue queue, CancellationToken cancellationToken) => await queue.AddAsync(id, cancellationToken));
        app.MapGet("/counted/{id:int}", async (int id, CountedMailQueue queue, CancellationToken cancellationToken) => await queue.AddAsync(id, cancellationToken));
        app.MapGet("/lines", async (CancellationToken cancellationToken) =>
        {
            var lines = Channel.CreateUnbounded<string>();
            await lines.Writer.WriteAsync("first", cancellationToken);
            lines.Writer.Complete();
            return lines.Reader.ReadAllAsync(cancellationToken);
        });
    }
}
