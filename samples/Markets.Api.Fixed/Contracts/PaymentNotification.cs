using System.ComponentModel.DataAnnotations;

namespace Markets.Api.Contracts;

public sealed record PaymentNotification([Required] string Reference, int UserId, [Range(1, long.MaxValue)] long AmountCents);
