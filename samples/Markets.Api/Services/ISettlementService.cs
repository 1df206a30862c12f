using Markets.Api.Contracts;

namespace Markets.Api.Services;

public interface ISettlementService
{
    Task<SettlementResult?> ResolveAsync(int marketId, int winningOutcomeId, CancellationToken cancellationToken);
}
