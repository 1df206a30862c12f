using Hangfire;
using Markets.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class ReceiptService(MarketsDbContext db, IBackgroundJobClient jobs) : IReceiptService
{
    public async Task<bool> RequestAsync(int orderId, CancellationToken cancellationToken)
    {
        if (!await db.Orders.AnyAsync(x => x.Id == orderId, cancellationToken))
            return false;
        jobs.Enqueue<ReceiptPrinter>(printer => printer.Print(orderId));
        return true;
    }
}
