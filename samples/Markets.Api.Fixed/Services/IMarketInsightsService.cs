namespace Markets.Api.Services;

public interface IMarketInsightsService
{
    Task<bool> IsSlugTakenAsync(string slug, CancellationToken cancellationToken);

    Task<long> GetVolumeAsync(int creatorId, CancellationToken cancellationToken);

    Task<IReadOnlyList<string>> GetPopularAsync(int creatorId, long atLeastCents, CancellationToken cancellationToken);
}
