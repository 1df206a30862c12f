using System.Globalization;
using System.Text;
using Markets.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class OrderExportService(MarketsDbContext db) : IOrderExportService
{
    private const int PageSize = 20;

    public async Task<string> ExportAsync(CancellationToken cancellationToken)
    {
        var csv = new StringBuilder("id,market,user,side,shares,limit\n");
        var lastId = 0;
        while (true)
        {
            var page = await db.Orders
                .Where(x => x.Id > lastId)
                .OrderBy(x => x.Id)
                .Take(PageSize)
                .Select(x => new { x.Id, x.MarketId, x.UserId, x.Side, x.Shares, x.LimitPriceCents })
                .ToListAsync(cancellationToken);
            foreach (var x in page)
                csv.Append(CultureInfo.InvariantCulture, $"{x.Id},{x.MarketId},{x.UserId},{x.Side},{x.Shares},{x.LimitPriceCents}\n");
            if (page.Count < PageSize)
                return csv.ToString();
            lastId = page[^1].Id;
        }
    }
}
