using Markets.Api.Data;
using Markets.Api.Entities;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Repositories;

public sealed class OrderRepository(MarketsDbContext db) : IOrderRepository
{
    public Task<Order?> FindAsync(int id, int userId, CancellationToken cancellationToken) =>
        db.Orders.AsNoTracking().SingleOrDefaultAsync(x => x.Id == id && x.UserId == userId, cancellationToken);

    public async Task<IReadOnlyList<Order>> ListOpenAsync(int userId, CancellationToken cancellationToken) =>
        await db.Orders
            .AsNoTracking()
            .Where(x => x.UserId == userId && x.Status == OrderStatus.Open)
            .OrderByDescending(x => x.PlacedAt).ThenByDescending(x => x.Id)
            .Take(200)
            .ToListAsync(cancellationToken);
}
