using Markets.Api.Data;
using Markets.Api.Entities;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Repositories;

public sealed class MarketRepository(MarketsDbContext db) : IMarketRepository
{
    public Task<Market?> FindAsync(int id, CancellationToken cancellationToken) =>
        db.Markets.SingleOrDefaultAsync(x => x.Id == id, cancellationToken);

    public Task<bool> SlugExistsAsync(string slug, CancellationToken cancellationToken) =>
        db.Markets.AnyAsync(x => x.Slug == slug, cancellationToken);

    public void Add(Market market) => db.Markets.Add(market);

    public Task SaveAsync(CancellationToken cancellationToken) => db.SaveChangesAsync(cancellationToken);
}
