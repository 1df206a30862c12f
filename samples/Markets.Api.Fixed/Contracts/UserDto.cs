namespace Markets.Api.Contracts;

public sealed record UserDto
{
    public required int Id { get; init; }

    public required string Handle { get; init; }

    public required string Email { get; init; }

    public required string Role { get; init; }

    public required bool IsSuspended { get; init; }

    public required DateTime CreatedAt { get; init; }
}
