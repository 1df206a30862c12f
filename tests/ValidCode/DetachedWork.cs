using System.Threading.Channels;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace ValidCode;

/// <summary>Work that requests start and that stands on its own, or that they wait for.</summary>
[ApiController]
[Route("detached")]
public class DetachedWorkController(IServiceScopeFactory scopes, IDbContextFactory<ShopContext> contexts, ILogger<DetachedWorkController> logger) : ControllerBase
{
    [HttpGet("scope")]
    public IActionResult Scope(int id)
    {
        _ = Task.Run(async () =>
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<ShopContext>();
            logger.LogInformation("{Count} orders", await db.Orders.CountAsync(order => order.Id > id));
        });
        return Accepted();
    }

    [HttpGet("factory")]
    public IActionResult Factory()
    {
        _ = CountAsync();
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
        await using var db = await contexts.CreateDbContextAsync();
        var done = new TaskCompletionSource<int>();
        _ = Task.Run(async () => done.SetResult(await db.Orders.CountAsync()));
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

    private async Task CountAsync()
    {
        await using var db = await contexts.CreateDbContextAsync();
        logger.LogInformation("{Count} orders", await db.Orders.CountAsync());
    }
}

/// <summary>A stream: the hub and its scope live until the reader is done.</summary>
public class CountingHub(ShopContext db) : Microsoft.AspNetCore.SignalR.Hub
{
    public ChannelReader<int> Counts(CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<int>(16);
        _ = WriteAsync(channel.Writer, cancellationToken);
        return channel.Reader;
    }

    private async Task WriteAsync(ChannelWriter<int> writer, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(await db.Orders.CountAsync(cancellationToken), cancellationToken);
        writer.Complete();
    }
}
