namespace Markets.Api.Contracts;

public sealed record PaymentReference
{
    public required string Reference { get; init; }

    public required long AmountCents { get; init; }
}
