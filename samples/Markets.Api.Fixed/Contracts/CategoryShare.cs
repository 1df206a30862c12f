namespace Markets.Api.Contracts;

public sealed record CategoryShare
{
    public required string Category { get; init; }

    public required long VolumeCents { get; init; }

    public required long Percent { get; init; }
}
