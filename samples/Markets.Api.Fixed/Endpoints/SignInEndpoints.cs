using Markets.Api.Auth;
using Markets.Api.Contracts;
using Markets.Api.Services;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Markets.Api.Endpoints;

/// <summary>The address that older clients sign in at.</summary>
public static class SignInEndpoints
{
    public static void MapSignInEndpoints(this WebApplication app) =>
        app.MapPost("/api/sign-in", SignInAsync).WithTags("Auth").RequireRateLimiting("sign-in");

    private static async Task<Results<Ok<TokenResponse>, UnauthorizedHttpResult>> SignInAsync(
        SignIn request, IAccountService accounts, CancellationToken cancellationToken) =>
        await accounts.SignInAsync(request, cancellationToken) is { } token ? TypedResults.Ok(token) : TypedResults.Unauthorized();
}
