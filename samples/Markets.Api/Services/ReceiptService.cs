using Hangfire;
using Markets.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class ReceiptService(MarketsDbContext db, IBackgroundJobClient jobs) : IReceiptService
{
    public async Task<bool> RequestAsync(int orderId, CancellationToken cancellationToken)
    {
        var order = await db.Orders.AsNoTracking().SingleOrDefaultAsync(x => x.Id == orderId, cancellationToken);
        if (order is null)
            return false;
        jobs.Enqueue<ReceiptPrinter>(printer => printer.Print(order));
        return true;
    }
}
