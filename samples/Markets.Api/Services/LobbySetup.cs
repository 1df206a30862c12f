using Markets.Api.Repositories;

namespace Markets.Api.Services;

public static class LobbySetup
{
    public static IServiceCollection AddLobby(this IServiceCollection services) => services
        .AddScoped<ICategoryRepository, CategoryRepository>()
        .AddScoped<ILobbyService, LobbyService>()
        .AddScoped<IGreetingService, GreetingService>();
}
