using Microsoft.EntityFrameworkCore;

namespace ValidCode;

/// <summary>Trees with one query, or with no more than a few levels of them.</summary>
public class Trees(DbContext db)
{
    private const int Deepest = 3;

    public async Task<List<Branch>> AtOnce()
    {
        var byParent = (await db.Set<Branch>().ToListAsync()).ToLookup(branch => branch.ParentId);
        return Below(null);

        List<Branch> Below(int? parentId) => [.. byParent[parentId].SelectMany(branch => Below(branch.Id).Prepend(branch))];
    }

    public async Task<List<Branch>> FewLevels(int parentId, int level = 0)
    {
        var found = new List<Branch>();
        if (level == Deepest)
            return found;
        foreach (var branch in await db.Set<Branch>().Where(branch => branch.ParentId == parentId).ToListAsync())
        {
            found.Add(branch);
            found.AddRange(await FewLevels(branch.Id, level + 1));
        }

        return found;
    }
}

public class Branch
{
    public int Id { get; set; }

    public int? ParentId { get; set; }
}
