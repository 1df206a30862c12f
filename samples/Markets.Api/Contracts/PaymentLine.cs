namespace Markets.Api.Contracts;

public sealed record PaymentLine
{
    public required string Reference { get; init; }

    public required string Payer { get; init; }

    public required long AmountCents { get; init; }

    public required DateTime ReceivedAt { get; init; }
}
