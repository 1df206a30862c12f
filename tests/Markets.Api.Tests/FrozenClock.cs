namespace Markets.Api.Tests;

/// <summary>The time at which the tests began, for both applications: timestamps and tokens come out equal.</summary>
public sealed class FrozenClock : TimeProvider
{
    public static readonly FrozenClock Instance = new();

    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    private FrozenClock()
    {
    }

    public override DateTimeOffset GetUtcNow() => _now;
}
