using Markets.Api.Contracts;
using Markets.Api.Data;
using Markets.Api.Entities;
using Markets.Api.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class OrderService(MarketsDbContext db, IOrderRepository repository, TimeProvider clock, ILogger<OrderService> logger)
    : IOrderService
{
    private const int MaxAttempts = 3;

    public async Task<IReadOnlyList<OrderHistoryLine>> GetHistoryAsync(int userId, Paging paging, CancellationToken cancellationToken) =>
        await db.Orders
            .Where(x => x.UserId == userId)
            .OrderByDescending(x => x.PlacedAt).ThenByDescending(x => x.Id)
            .Skip(paging.Skip())
            .Take(paging.Take())
            .Select(x => new OrderHistoryLine
            {
                Id = x.Id,
                MarketId = x.MarketId,
                Status = x.Status,
                Shares = x.Shares,
                PlacedAt = x.PlacedAt,
            })
            .ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<OrderDto>> ListOpenAsync(int userId, CancellationToken cancellationToken) =>
        [.. (await repository.ListOpenAsync(userId, cancellationToken)).Select(OrderMapping.ToDto)];

    public async Task<OrderDto?> FindAsync(int id, int userId, CancellationToken cancellationToken) =>
        await repository.FindAsync(id, userId, cancellationToken) is { } order ? OrderMapping.ToDto(order) : null;

    public async Task<IReadOnlyList<BookEntry>> GetBookAsync(int marketId, CancellationToken cancellationToken)
    {
        var orders = await db.Orders
            .Where(x => x.MarketId == marketId && x.Status == OrderStatus.Open)
            .OrderBy(x => x.LimitPriceCents).ThenBy(x => x.Id)
            .Take(200)
            .Select(x => new { x.Id, x.UserId, x.Side, x.Shares, x.FilledShares, x.LimitPriceCents })
            .ToListAsync(cancellationToken);

        var traders = await LoadTradersAsync(orders.Select(x => x.UserId).Distinct().ToList(), cancellationToken);

        var book = new List<BookEntry>();
        foreach (var order in orders)
        {
            var trader = traders[order.UserId];
            book.Add(new BookEntry
            {
                OrderId = order.Id,
                Side = order.Side,
                Shares = order.Shares - order.FilledShares,
                LimitPriceCents = order.LimitPriceCents,
                Trader = trader.Handle,
                Country = trader.Country,
            });
        }

        return book;
    }

    public async Task<OrderDto?> PlaceAsync(int userId, PlaceOrder request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryPlaceAsync(userId, request, cancellationToken);
            }
            catch (DbUpdateConcurrencyException) when (attempt < MaxAttempts)
            {
                logger.LogInformation("The balance of user {UserId} changed meanwhile (attempt {Attempt})", userId, attempt);
                db.ChangeTracker.Clear();
            }
        }
    }

    public async Task<bool> CancelAsync(int id, int userId, CancellationToken cancellationToken)
    {
        var order = await db.Orders.Include(x => x.User).SingleOrDefaultAsync(x => x.Id == id && x.UserId == userId, cancellationToken);
        if (order is not { Status: OrderStatus.Open, User: { } user })
            return false;

        var now = clock.GetUtcNow().UtcDateTime;
        order.Status = OrderStatus.Cancelled;
        order.CancelledAt = now;
        order.UpdatedAt = now;
        user.ReservedCents = Math.Max(0, user.ReservedCents - (long)order.Shares * order.LimitPriceCents);
        user.Version++;
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    private async Task<OrderDto?> TryPlaceAsync(int userId, PlaceOrder request, CancellationToken cancellationToken)
    {
        var isOpen = await db.Outcomes.AnyAsync(
            x => x.Id == request.OutcomeId && x.MarketId == request.MarketId && x.Market!.Status == MarketStatus.Open, cancellationToken);
        if (!isOpen)
            return null;

        var user = await db.Users.SingleAsync(x => x.Id == userId, cancellationToken);
        var cost = (long)request.Shares * request.LimitPriceCents;
        if (request.Side == OrderSide.Buy)
        {
            if (user.BalanceCents - user.ReservedCents < cost)
                return null;
            user.ReservedCents += cost;
            user.Version++;
        }
        else if (!await HoldsAsync(userId, request.OutcomeId, request.Shares, cancellationToken))
        {
            return null;
        }

        var order = NewOrder(userId, request, clock.GetUtcNow().UtcDateTime);
        db.Orders.Add(order);
        await db.SaveChangesAsync(cancellationToken);
        logger.LogInformation("Order {OrderId} placed by user {UserId} on market {MarketId}", order.Id, userId, request.MarketId);
        return OrderMapping.ToDto(order);
    }

    private Task<Dictionary<int, TraderName>> LoadTradersAsync(List<int> userIds, CancellationToken cancellationToken) =>
        db.Users
            .Where(x => userIds.Contains(x.Id))
            .Select(x => new { x.Id, Trader = new TraderName { Handle = x.Handle, Country = x.Country } })
            .ToDictionaryAsync(x => x.Id, x => x.Trader, cancellationToken);

    private Task<bool> HoldsAsync(int userId, int outcomeId, int shares, CancellationToken cancellationToken) =>
        db.Positions.AnyAsync(x => x.UserId == userId && x.OutcomeId == outcomeId && x.Shares >= shares, cancellationToken);

    private static Order NewOrder(int userId, PlaceOrder request, DateTime now) => new()
    {
        MarketId = request.MarketId,
        OutcomeId = request.OutcomeId,
        UserId = userId,
        Side = request.Side,
        Status = OrderStatus.Open,
        Shares = request.Shares,
        LimitPriceCents = request.LimitPriceCents,
        FeeCents = 5,
        ClientReference = request.ClientReference,
        Channel = "api",
        PlacedAt = now,
        UpdatedAt = now,
    };
}
