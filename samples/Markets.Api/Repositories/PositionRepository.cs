using Markets.Api.Data;
using Markets.Api.Entities;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Repositories;

public sealed class PositionRepository(MarketsDbContext db) : IPositionRepository
{
    public Task<Position?> FindAsync(int id, int userId, CancellationToken cancellationToken) =>
        db.Positions.AsNoTracking().SingleOrDefaultAsync(x => x.Id == id && x.UserId == userId, cancellationToken);

    public async Task<IReadOnlyList<Position>> ListAsync(int userId, CancellationToken cancellationToken) =>
        await db.Positions.AsNoTracking().Where(x => x.UserId == userId).OrderBy(x => x.Id).ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<Position>> ListByMarketAsync(int marketId, CancellationToken cancellationToken) =>
        await db.Positions.Where(x => x.MarketId == marketId).OrderBy(x => x.Id).ToListAsync(cancellationToken);
}
