using Markets.Api.Contracts;

namespace Markets.Api.Services;

public interface IArchiveService
{
    Task<IReadOnlyList<ArchivedMarket>> MarketsAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<ArchivedOutcome>> OutcomesAsync(int page, CancellationToken cancellationToken);

    Task<IReadOnlyList<ArchivedPosition>> PositionsAsync(int page, CancellationToken cancellationToken);

    Task<IReadOnlyList<PaymentReference>> PaymentsAsync(int page, int size, CancellationToken cancellationToken);
}
