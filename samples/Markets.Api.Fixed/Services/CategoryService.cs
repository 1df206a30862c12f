using Markets.Api.Contracts;
using Markets.Api.Data;
using Markets.Api.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Markets.Api.Services;

public sealed class CategoryService(MarketsDbContext db, IMemoryCache cache) : ICategoryService
{
    private const string CacheKey = "categories";

    public async Task<IReadOnlyList<CategoryDto>> ListAsync(CancellationToken cancellationToken) =>
        await cache.GetOrCreateAsync<IReadOnlyList<CategoryDto>>(CacheKey, async entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(5);
            return await db.Categories
                .OrderBy(x => x.SortOrder).ThenBy(x => x.Id)
                .Select(x => new CategoryDto { Id = x.Id, Slug = x.Slug, Name = x.Name, SortOrder = x.SortOrder })
                .ToListAsync(cancellationToken);
        }) ?? [];

    public async Task<CategoryDto?> CreateAsync(CreateCategory request, CancellationToken cancellationToken)
    {
        if (await db.Categories.AnyAsync(x => x.Slug == request.Slug, cancellationToken))
            return null;

        var last = await db.Categories.MaxAsync(x => (int?)x.SortOrder, cancellationToken) ?? -1;
        var category = new Category { Slug = request.Slug, Name = request.Name, SortOrder = last + 1 };
        db.Categories.Add(category);
        await db.SaveChangesAsync(cancellationToken);
        cache.Remove(CacheKey);
        return new CategoryDto { Id = category.Id, Slug = category.Slug, Name = category.Name, SortOrder = category.SortOrder };
    }

    public async Task<bool> DeleteAsync(int id, CancellationToken cancellationToken)
    {
        var deleted = await db.Categories
            .Where(x => x.Id == id && !db.Markets.Any(m => m.CategoryId == x.Id))
            .ExecuteDeleteAsync(cancellationToken);
        cache.Remove(CacheKey);
        return deleted > 0;
    }
}
