using Markets.Api.Contracts;

namespace Markets.Api.Services;

public interface IOrderService
{
    Task<IReadOnlyList<OrderHistoryLine>> GetHistoryAsync(int userId, Paging paging, CancellationToken cancellationToken);

    Task<IReadOnlyList<OrderDto>> ListOpenAsync(int userId, CancellationToken cancellationToken);

    Task<OrderDto?> FindAsync(int id, int userId, CancellationToken cancellationToken);

    Task<IReadOnlyList<BookEntry>> GetBookAsync(int marketId, CancellationToken cancellationToken);

    Task<OrderDto?> PlaceAsync(int userId, PlaceOrder request, CancellationToken cancellationToken);

    Task<bool> CancelAsync(int id, int userId, CancellationToken cancellationToken);
}
