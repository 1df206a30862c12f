using System.Threading.RateLimiting;

namespace Markets.Api.Auth;

public static class RateLimits
{
    public const string SignIn = "sign-in";

    private const int AttemptsPerMinute = 600;

    /// <summary>Whoever guesses passwords gets no more than so many answers a minute from one address.</summary>
    public static IServiceCollection AddRateLimits(this IServiceCollection services) =>
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy(SignIn, context => RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = AttemptsPerMinute, Window = TimeSpan.FromMinutes(1) }));
        });
}
