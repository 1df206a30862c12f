using Markets.Api.Data;
using Markets.Api.Entities;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Repositories;

public sealed class CategoryRepository(MarketsDbContext db) : ICategoryRepository
{
    public async Task<IReadOnlyList<Category>> InMenuOrderAsync(CancellationToken cancellationToken = default) => await db.Categories
        .AsNoTracking()
        .OrderBy(x => x.SortOrder).ThenBy(x => x.Id)
        .ToListAsync(cancellationToken);
}
