using System.Threading.Channels;

namespace Markets.Api.Services;

/// <summary>Markets of which a snapshot is wanted.</summary>
public sealed class SnapshotQueue
{
    private readonly Channel<int> _markets = Channel.CreateUnbounded<int>(new UnboundedChannelOptions { SingleReader = true });

    public async ValueTask AddAsync(int marketId, CancellationToken cancellationToken) => await _markets.Writer.WriteAsync(marketId, cancellationToken);

    public IAsyncEnumerable<int> ReadAllAsync(CancellationToken cancellationToken) => _markets.Reader.ReadAllAsync(cancellationToken);
}
