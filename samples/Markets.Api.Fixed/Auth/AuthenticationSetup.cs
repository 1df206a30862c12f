using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Markets.Api.Auth;

public static class AuthenticationSetup
{
    public static IServiceCollection AddTokenAuthentication(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<JwtOptions>(configuration.GetSection("Jwt"));
        services.AddSingleton<TokenIssuer>();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<IOptions<JwtOptions>>((bearer, jwt) =>
        {
            bearer.MapInboundClaims = false;
            bearer.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = jwt.Value.Issuer,
                ValidAudience = jwt.Value.Audience,
                IssuerSigningKey = jwt.Value.SecurityKey,
                NameClaimType = JwtRegisteredClaimNames.Name,
                RoleClaimType = "role",
            };
        });
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Administration, policy => policy.RequireRole(Roles.Admin))
            .AddPolicy(Policies.Publishing, policy => policy.RequireRole(Roles.Admin, Roles.Creator));
        return services;
    }
}
