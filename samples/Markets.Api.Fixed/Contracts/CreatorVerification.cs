namespace Markets.Api.Contracts;

public sealed record CreatorVerification
{
    public required int CreatorId { get; init; }

    public required string Level { get; init; }
}
