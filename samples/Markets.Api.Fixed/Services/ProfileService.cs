using Markets.Api.Contracts;
using Markets.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class ProfileService(MarketsDbContext db) : IProfileService
{
    public Task<ProfileDto?> FindAsync(int userId, CancellationToken cancellationToken) =>
        db.Users
            .Where(x => x.Id == userId)
            .Select(x => new ProfileDto
            {
                Handle = x.Handle,
                DisplayName = x.DisplayName,
                Bio = x.Bio,
                Country = x.Country,
                BalanceCents = x.BalanceCents,
            })
            .SingleOrDefaultAsync(cancellationToken);

    public async Task<bool> UpdateAsync(int userId, UpdateProfile request, CancellationToken cancellationToken)
    {
        var user = await db.Users.SingleOrDefaultAsync(x => x.Id == userId, cancellationToken);
        if (user is null)
            return false;

        user.DisplayName = request.DisplayName;
        user.Bio = request.Bio;
        user.MarketingConsent = request.MarketingConsent;
        user.Version++;
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}
