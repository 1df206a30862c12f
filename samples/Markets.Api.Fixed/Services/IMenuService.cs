namespace Markets.Api.Services;

public interface IMenuService
{
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken);
}
