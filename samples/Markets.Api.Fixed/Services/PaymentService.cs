using Markets.Api.Contracts;
using Markets.Api.Data;
using Markets.Api.Entities;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class PaymentService(MarketsDbContext db, TimeProvider clock, ILogger<PaymentService> logger) : IPaymentService
{
    public async Task<IReadOnlyList<PaymentLine>> ListAsync(CancellationToken cancellationToken)
    {
        var payments = await db.Payments
            .OrderByDescending(x => x.ReceivedAt).ThenBy(x => x.Id)
            .Take(200)
            .Include(p => p.User)
            .ToListAsync(cancellationToken);

        return payments
            .Select(x => new PaymentLine
            {
                Reference = x.ProviderReference,
                Payer = x.User!.Handle,
                AmountCents = x.AmountCents,
                ReceivedAt = x.ReceivedAt,
            })
            .ToList();
    }

    public async Task RecordAsync(PaymentNotification payment, CancellationToken cancellationToken)
    {
        var user = await db.Users.SingleOrDefaultAsync(x => x.Id == payment.UserId, cancellationToken);
        if (user is null || await db.Payments.AnyAsync(x => x.ProviderReference == payment.Reference, cancellationToken))
        {
            logger.LogInformation("Payment {Reference} is known or has no account", payment.Reference);
            return;
        }

        db.Payments.Add(new Payment
        {
            UserId = user.Id,
            ProviderReference = payment.Reference,
            AmountCents = payment.AmountCents,
            ReceivedAt = clock.GetUtcNow().UtcDateTime,
        });
        user.BalanceCents += payment.AmountCents;
        user.Version++;
        await db.SaveChangesAsync(cancellationToken);
    }
}
