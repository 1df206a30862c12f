using Markets.Api.Repositories;

namespace Markets.Api.Services;

/// <summary>What the lobby shows: the doors to the categories, in the order of the menu.</summary>
public sealed class LobbyService(ICategoryRepository repository) : ILobbyService
{
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        var categories = await repository.InMenuOrderAsync(cancellationToken);
        return categories.Select(x => $"{x.Name} (/{x.Slug})").ToList();
    }
}
