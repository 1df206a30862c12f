using Markets.Api.Contracts;

namespace Markets.Api.Services;

public interface IPaymentService
{
    Task<IReadOnlyList<PaymentLine>> ListAsync(CancellationToken cancellationToken);

    Task RecordAsync(PaymentNotification payment, CancellationToken cancellationToken);
}
