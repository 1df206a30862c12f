using Markets.Api.Contracts;

namespace Markets.Api.Services;

public interface IArchiveService
{
    Task<IReadOnlyList<ArchivedOutcome>> OutcomesAsync(int page, CancellationToken cancellationToken);
}
