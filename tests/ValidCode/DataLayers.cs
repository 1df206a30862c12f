using System.Linq.Expressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace ValidCode;

/// <summary>Composition stays in the data layer: the base repository hands its query to the repositories that derive from it, and these load.</summary>
public abstract class RowRepository<T>(ShopContext db)
    where T : class
{
    protected IQueryable<T> Rows => db.Set<T>().AsNoTracking();

    public async Task<IReadOnlyList<T>> ListAsync(Expression<Func<T, bool>> filter, CancellationToken cancellationToken) => await Rows.Where(filter).ToListAsync(cancellationToken);
}

public sealed class RecentOrderRepository(ShopContext db) : RowRepository<Order>(db)
{
    public Task<List<string>> NumbersAsync(DateTime since, CancellationToken cancellationToken) =>
        Rows.PlacedSince(since).OrderBy(x => x.Id).Select(x => x.Number).Take(100).ToListAsync(cancellationToken);

    internal IQueryable<Order> OfToday() => Rows.PlacedSince(DateTime.UtcNow.Date);
}

public static class OrderFilters
{
    public static IQueryable<Order> PlacedSince(this IQueryable<Order> orders, DateTime since) => orders.Where(x => x.PlacedAt >= since);
}

/// <summary>A helper that pages what it is given: whoever brings the query has it already.</summary>
public sealed class PageService
{
    public IQueryable<T> Page<T>(IOrderedQueryable<T> rows, int page) => rows.Skip(Math.Max(page - 1, 0) * 50).Take(50);
}

/// <summary>Rows in memory that are queried as if they were in a database.</summary>
public sealed class CountryStore
{
    private readonly List<string> _names = ["Austria", "Germany", "Switzerland"];

    public IQueryable<string> Names => _names.AsQueryable();
}

public interface ICurrentUserService
{
    string? Name { get; }
}

/// <summary>It stands between the request and the application.</summary>
public sealed class CurrentUserService(IHttpContextAccessor accessor) : ICurrentUserService
{
    public string? Name => accessor.HttpContext?.User.Identity?.Name;
}

public sealed class CorrelationMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers["X-Correlation-Id"] = context.TraceIdentifier;
        return next(context);
    }
}

/// <summary>The endpoint reads the request; the service gets values.</summary>
public sealed class GreetingService(RecentOrderRepository orders, ICurrentUserService user)
{
    public async Task<string> GreetAsync(string language, CancellationToken cancellationToken)
    {
        var numbers = await orders.NumbersAsync(DateTime.UtcNow.AddDays(-7), cancellationToken);
        return language == "de" ? $"Willkommen {user.Name}: {numbers.Count}" : $"Welcome {user.Name}: {numbers.Count}";
    }
}

[ApiController]
[Authorize]
[Route("greeting")]
public sealed class GreetingController(GreetingService greetings) : ControllerBase
{
    [HttpGet]
    public async Task<IActionResult> Get(CancellationToken cancellationToken) =>
        Ok(await greetings.GreetAsync(HttpContext.Request.Headers.AcceptLanguage.ToString(), cancellationToken));
}
