using Markets.Api.Contracts;
using Markets.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class DeskTreeService(MarketsDbContext db) : IDeskTreeService
{
    public async Task<IReadOnlyList<DeskNode>> GetAsync(CancellationToken cancellationToken) => await LoadBelowAsync(null, cancellationToken);

    private async Task<List<DeskNode>> LoadBelowAsync(int? parentId, CancellationToken cancellationToken)
    {
        var desks = await db.Creators
            .Where(x => x.ParentId == parentId)
            .OrderBy(x => x.Id)
            .Select(x => new { x.Id, x.Name })
            .ToListAsync(cancellationToken);
        var nodes = new List<DeskNode>();
        foreach (var desk in desks)
        {
            var children = await LoadBelowAsync(desk.Id, cancellationToken);
            nodes.Add(new DeskNode { Id = desk.Id, Name = desk.Name, Children = children });
        }

        return nodes;
    }
}
