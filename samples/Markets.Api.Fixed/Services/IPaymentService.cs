using Markets.Api.Contracts;

namespace Markets.Api.Services;

public interface IPaymentService
{
    Task RecordAsync(PaymentNotification payment, CancellationToken cancellationToken);
}
