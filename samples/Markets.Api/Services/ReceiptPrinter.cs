using Markets.Api.Entities;

namespace Markets.Api.Services;

public sealed class ReceiptPrinter(ILogger<ReceiptPrinter> logger)
{
    public void Print(Order order) => logger.LogInformation("Receipt of order {@Order}", order);
}
