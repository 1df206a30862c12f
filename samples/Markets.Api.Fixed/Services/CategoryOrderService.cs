using Markets.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class CategoryOrderService(MarketsDbContext db) : ICategoryOrderService
{
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        await db.Categories.Where(x => x.SortOrder != 0).ExecuteUpdateAsync(setters => setters.SetProperty(c => c.SortOrder, 0), cancellationToken);

        await db.SaveChangesAsync(cancellationToken);
    }
}
