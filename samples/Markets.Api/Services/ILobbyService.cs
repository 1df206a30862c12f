namespace Markets.Api.Services;

public interface ILobbyService
{
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken);
}
