using Markets.Api.Contracts;
using Markets.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class DeskTreeService(MarketsDbContext db) : IDeskTreeService
{
    public async Task<IReadOnlyList<DeskNode>> GetAsync(CancellationToken cancellationToken)
    {
        var desks = await db.Creators
            .OrderBy(x => x.Id)
            .Select(x => new { x.Id, x.ParentId, x.Name })
            .ToListAsync(cancellationToken);
        var byParent = desks.ToLookup(x => x.ParentId);
        return Below(null);

        List<DeskNode> Below(int? parentId) =>
            [.. byParent[parentId].Select(x => new DeskNode { Id = x.Id, Name = x.Name, Children = Below(x.Id) })];
    }
}
