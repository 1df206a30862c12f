namespace Markets.Api.Services;

public interface IGreetingService
{
    Task<string> GreetAsync(int userId, CancellationToken cancellationToken);
}
