namespace Markets.Api.Auth;

public static class BrowserClients
{
    /// <summary>The pages that may call this application from a browser.</summary>
    public static IServiceCollection AddBrowserClients(this IServiceCollection services, IConfiguration configuration) =>
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins(configuration.GetSection("Cors:Origins").Get<string[]>() ?? ["http://localhost:5173"])
            .AllowAnyHeader()
            .AllowAnyMethod()));
}
