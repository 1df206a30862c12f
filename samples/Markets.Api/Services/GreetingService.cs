using Markets.Api.Auth;
using Markets.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class GreetingService(MarketsDbContext db) : IGreetingService
{
    public async Task<string> GreetAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var userId = context.User.UserId();
        var handle = await db.Users.Where(x => x.Id == userId).Select(x => x.Handle).SingleOrDefaultAsync(cancellationToken);
        return $"Welcome back, {handle ?? "guest"}";
    }
}
