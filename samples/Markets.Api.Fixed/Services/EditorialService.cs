using Markets.Api.Contracts;
using Markets.Api.Data;
using Markets.Api.Entities;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class EditorialService(MarketsDbContext db) : IEditorialService
{
    public Task<EditorialCategory?> CategoryAsync(int id, CancellationToken cancellationToken = default) =>
        db.Categories.Where(x => x.Id == id).Select(x => new EditorialCategory(x.Id, x.Slug, x.Name, x.SortOrder)).FirstOrDefaultAsync(cancellationToken);

    public async Task AddAsync(AddCategory category, CancellationToken cancellationToken = default)
    {
        db.Categories.Add(new Category { Slug = category.Slug, Name = category.Name, SortOrder = category.SortOrder });
        await db.SaveChangesAsync(cancellationToken);
    }

    public Task<EditorialAccount?> AccountAsync(int id, CancellationToken cancellationToken = default) =>
        db.Users.Where(x => x.Id == id).Select(x => new EditorialAccount(x.Id, x.Handle, x.DisplayName, x.Role, x.IsSuspended)).FirstOrDefaultAsync(cancellationToken);
}
