using Markets.Api.Contracts;
using Markets.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class ProfileService(MarketsDbContext db) : IProfileService
{
    public async Task<ProfileDto?> FindAsync(int userId, CancellationToken cancellationToken)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(x => x.Id == userId, cancellationToken);
        if (user is null)
            return null;

        return new ProfileDto
        {
            Handle = user.Handle,
            DisplayName = user.DisplayName,
            Bio = user.Bio,
            Country = user.Country,
            BalanceCents = user.BalanceCents,
        };
    }

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
