using Markets.Api.Contracts;

namespace Markets.Api.Services;

public interface ISettlementService
{
    Task<SettlementResult?> ResolveAsync(int marketId, int winningOutcomeId, CancellationToken cancellationToken);

    Task<int> CancelOrdersAsync(int marketId, CancellationToken cancellationToken);
}
