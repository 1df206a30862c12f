namespace Markets.Api.Services;

public interface IReceiptService
{
    /// <summary>Has the receipt of an order printed later; false where there is no such order.</summary>
    Task<bool> RequestAsync(int orderId, CancellationToken cancellationToken);
}
