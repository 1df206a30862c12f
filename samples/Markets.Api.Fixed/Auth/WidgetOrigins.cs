using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Markets.Api.Auth;

public static class WidgetOrigins
{
    /// <summary>Widgets are embedded in pages of anyone and only read.</summary>
    public static IServiceCollection AddWidgetOrigins(this IServiceCollection services) =>
        services.Configure<CorsOptions>(cors => cors.AddPolicy("widgets", policy => policy.AllowAnyOrigin().WithMethods("GET")));
}
