using Markets.Api.Contracts;

namespace Markets.Api.Services;

public interface IUserService
{
    Task<IReadOnlyList<UserDto>> ListAsync(Paging paging, CancellationToken cancellationToken);

    Task<bool> SuspendAsync(int id, CancellationToken cancellationToken);
}
