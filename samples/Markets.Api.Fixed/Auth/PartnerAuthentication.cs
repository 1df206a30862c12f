using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace Markets.Api.Auth;

/// <summary>The scheme of partners, who sign their own tokens.</summary>
public static class PartnerAuthentication
{
    public const string Scheme = "partners";

    public static WebApplicationBuilder AddPartnerTokens(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PartnerDesk>();
        builder.Services.AddAuthentication().AddJwtBearer(Scheme, options =>
        {
            options.MapInboundClaims = false;
            options.RequireHttpsMetadata = !builder.Environment.IsDevelopment();
            options.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = "markets-partners",
                ValidAudience = "markets-api",
                IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(builder.Configuration["Jwt:SigningKey"] ?? throw new InvalidOperationException("Jwt:SigningKey is not configured."))),
                ValidateLifetime = true,
            };
        });
        return builder;
    }
}
