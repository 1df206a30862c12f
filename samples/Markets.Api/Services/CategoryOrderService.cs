using Markets.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class CategoryOrderService(MarketsDbContext db) : ICategoryOrderService
{
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        var categories = await db.Categories.Where(x => x.SortOrder != 0).ToListAsync(cancellationToken);
        foreach (var category in categories)
            category.SortOrder = 0;

        await db.SaveChangesAsync(cancellationToken);
    }
}
