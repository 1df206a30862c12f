using Markets.Api.Contracts;
using Markets.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class CreatorService(MarketsDbContext db) : ICreatorService
{
    public async Task<IReadOnlyList<CreatorDto>> ListAsync(Paging paging, CancellationToken cancellationToken) =>
        await db.Creators
            .OrderBy(x => x.Name).ThenBy(x => x.Id)
            .Skip(paging.Skip())
            .Take(paging.Take())
            .Select(x => new CreatorDto
            {
                Id = x.Id,
                Slug = x.Slug,
                Name = x.Name,
                Bio = x.Bio,
                Website = x.Website,
                Country = x.Country,
                IsVerified = x.IsVerified,
            })
            .ToListAsync(cancellationToken);

    public Task<CreatorDto?> FindAsync(int id, CancellationToken cancellationToken) =>
        db.Creators
            .Where(x => x.Id == id)
            .Select(x => new CreatorDto
            {
                Id = x.Id,
                Slug = x.Slug,
                Name = x.Name,
                Bio = x.Bio,
                Website = x.Website,
                Country = x.Country,
                IsVerified = x.IsVerified,
            })
            .SingleOrDefaultAsync(cancellationToken);

    public async Task<bool> UpdateAsync(int id, UpdateCreator request, CancellationToken cancellationToken)
    {
        var creator = await db.Creators.SingleOrDefaultAsync(x => x.Id == id, cancellationToken);
        if (creator is null)
            return false;

        creator.Name = request.Name;
        creator.Bio = request.Bio;
        creator.Website = request.Website;
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}
