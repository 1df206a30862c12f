using Markets.Api.Contracts;
using Markets.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class UserService(MarketsDbContext db, ILogger<UserService> logger) : IUserService
{
    public async Task<IReadOnlyList<UserDto>> ListAsync(Paging paging, CancellationToken cancellationToken) =>
        await db.Users
            .OrderBy(x => x.Id)
            .Skip(paging.Skip())
            .Take(paging.Take())
            .Select(x => new UserDto
            {
                Id = x.Id,
                Handle = x.Handle,
                Email = x.Email,
                Role = x.Role,
                IsSuspended = x.IsSuspended,
                CreatedAt = x.CreatedAt,
            })
            .ToListAsync(cancellationToken);

    public async Task<bool> SuspendAsync(int id, CancellationToken cancellationToken)
    {
        var user = await db.Users.SingleOrDefaultAsync(x => x.Id == id, cancellationToken);
        if (user is null)
            return false;

        user.IsSuspended = true;
        user.Version++;
        await db.SaveChangesAsync(cancellationToken);
        logger.LogInformation("User {UserId} suspended", id);
        return true;
    }
}
