using Markets.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class GreetingService(MarketsDbContext db) : IGreetingService
{
    public async Task<string> GreetAsync(int userId, CancellationToken cancellationToken)
    {
        var handle = await db.Users.Where(x => x.Id == userId).Select(x => x.Handle).SingleOrDefaultAsync(cancellationToken);
        return $"Welcome back, {handle ?? "guest"}";
    }
}
