using Markets.Api.Auth;
using Markets.Api.Contracts;
using Markets.Api.Services;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Markets.Api.Endpoints;

public static class AuthEndpoints
{
    public static void MapAuthEndpoints(this WebApplication app)
    {
        var auth = app.MapGroup("/auth").WithTags("Auth");

        auth.MapPost("/token", async Task<Results<Ok<TokenResponse>, UnauthorizedHttpResult>> (
                SignIn request, IAccountService accounts, CancellationToken cancellationToken) =>
            await accounts.SignInAsync(request, cancellationToken) is { } token ? TypedResults.Ok(token) : TypedResults.Unauthorized())
            .RequireRateLimiting(RateLimits.SignIn);

        auth.MapPost("/register", async Task<Results<Ok<TokenResponse>, Conflict>> (
                RegisterUser request, IAccountService accounts, CancellationToken cancellationToken) =>
            await accounts.RegisterAsync(request, cancellationToken) is { } token ? TypedResults.Ok(token) : TypedResults.Conflict());
    }
}
