using Markets.Api.Contracts;

namespace Markets.Api.Services;

public interface IProfileService
{
    Task<ProfileDto?> FindAsync(int userId, CancellationToken cancellationToken);

    Task<bool> UpdateAsync(int userId, UpdateProfile request, CancellationToken cancellationToken);
}
