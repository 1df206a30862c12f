using System.Globalization;
using Markets.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

/// <summary>The entries of the menu on the start page.</summary>
public sealed class MenuService(MarketsDbContext db) : IMenuService
{
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        var categories = await db.Categories
            .OrderBy(x => x.SortOrder)
            .ThenBy(x => x.Id)
            .ToListAsync(cancellationToken);

        return categories.Select(x => string.Create(CultureInfo.InvariantCulture, $"{x.SortOrder}. {x.Name} (/{x.Slug})")).ToList();
    }
}
