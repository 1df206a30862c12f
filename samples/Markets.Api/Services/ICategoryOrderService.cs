namespace Markets.Api.Services;

public interface ICategoryOrderService
{
    Task ResetAsync(CancellationToken cancellationToken);
}
