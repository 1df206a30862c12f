namespace Markets.Api.Services;

public sealed class ReceiptPrinter(ILogger<ReceiptPrinter> logger)
{
    public void Print(int orderId) => logger.LogInformation("Receipt of order {OrderId}", orderId);
}
