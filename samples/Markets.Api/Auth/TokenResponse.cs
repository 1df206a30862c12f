namespace Markets.Api.Auth;

public sealed record TokenResponse(string AccessToken, int ExpiresInSeconds);
