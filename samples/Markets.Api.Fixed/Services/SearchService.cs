using Markets.Api.Contracts;
using Markets.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class SearchService(MarketsDbContext db) : ISearchService
{
    public async Task<IReadOnlyList<SearchHit>> FindCreatorsAsync(string name, CancellationToken cancellationToken)
    {
        FormattableString sql = $"SELECT Id, Name FROM Creators WHERE Name LIKE {$"%{name}%"} ORDER BY Name, Id";
        return await db.Database.SqlQuery<SearchHit>(sql).ToListAsync(cancellationToken);
    }
}
