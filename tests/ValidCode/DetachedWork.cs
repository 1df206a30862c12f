using System.Threading.Channels;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace ValidCode;

/// <summary>Work that requests start and that stands on its own, or that they wait for.</summary>
[ApiController]
[Route("detached")]
public class DetachedWorkController(IServiceScopeFactory scopes, OrderCounter counter, ILogger<DetachedWorkController> logger) : ControllerBase
{
    [HttpGet("scope")]
    public IActionResult Scope(int id)
    {
        _ = Task.Run(async () =>
        {
            await using var scope = scopes.CreateAsyncScope();
            var own = scope.ServiceProvider.GetRequiredService<ScopedOrderCounter>();
            logger.LogInformation("{Count} orders after {Id}", await own.CountAsync(CancellationToken.None), id);
        });
        return Accepted();
    }

    [HttpGet("factory")]
    public IActionResult Factory()
    {
        _ = counter.LogAsync();
        return Accepted();
    }

    [HttpGet("copies")]
    public IActionResult Copies()
    {
        var path = Request.Path.Value;
        var user = User;
        ThreadPool.QueueUserWorkItem(_ => logger.LogInformation("{Path} by {Name}", path, user.Identity?.Name));
        return NoContent();
    }

    [HttpGet("waits")]
    public async Task<IActionResult> Waits()
    {
        var done = new TaskCompletionSource<int>();
        _ = Task.Run(async () => done.SetResult(await counter.CountAsync()));
        return Ok(await done.Task);
    }

    [HttpGet("completed")]
    public IActionResult Completed()
    {
        Response.OnCompleted(() =>
        {
            logger.LogInformation("{Status}", Response.StatusCode);
            return Task.CompletedTask;
        });
        return NoContent();
    }
}

/// <summary>Makes a context for each question.</summary>
public class OrderCounter(IDbContextFactory<ShopContext> contexts, ILogger<OrderCounter> logger)
{
    public async Task<int> CountAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Orders.CountAsync(cancellationToken);
    }

    public async Task LogAsync() => logger.LogInformation("{Count} orders", await CountAsync());
}

/// <summary>Counts in the context of its scope.</summary>
public class ScopedOrderCounter(ShopContext db)
{
    public Task<int> CountAsync(CancellationToken cancellationToken) => db.Orders.CountAsync(cancellationToken);
}

/// <summary>A stream: the hub and its scope live until the reader is done.</summary>
public class CountingHub(ScopedOrderCounter counter) : Microsoft.AspNetCore.SignalR.Hub
{
    public ChannelReader<int> Counts(CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<int>(16);
        _ = WriteAsync(channel.Writer, cancellationToken);
        return channel.Reader;
    }

    private async Task WriteAsync(ChannelWriter<int> writer, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(await counter.CountAsync(cancellationToken), cancellationToken);
        writer.Complete();
    }
}
