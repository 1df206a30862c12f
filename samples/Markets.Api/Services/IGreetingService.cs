namespace Markets.Api.Services;

public interface IGreetingService
{
    Task<string> GreetAsync(HttpContext context, CancellationToken cancellationToken);
}
